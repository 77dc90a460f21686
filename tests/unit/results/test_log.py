"""The log: a line for each thing that happened, and no line that a node makes up."""

import pytest
from hypothesis import given
from tests.sample_run import Facts, process, sample_run
from tests.strategies_runs import journals

from onex.results import run_facts
from onex.results.log import lines

TABLE = [
    (run_facts.logged(1, "stdout", "a\r\nb\rc\n"), ["a", "b", "c", ""]),
    (run_facts.logged(1, "run", ""), [""]),
    (run_facts.logged(1, "run", "\x1b[31m\x00\u2028\u202e"), ["\\x1b[31m\\x00\\u2028\\u202e"]),
    (run_facts.run_planned(1, []), ["0 units planned"]),
    (run_facts.run_input(1, {"type": "table", "ref": "a\nb"}), ["input: table a\\nb"]),
    (run_facts.run_output(1, {"type": "file", "ref": "t.csv"}, None), ["output: file t.csv"]),
    (run_facts.run_finished(1, outcome="success", duration_us=1), ["finished: success"]),
    (
        run_facts.run_finished(1, outcome="error", duration_us=1, reason="cut\noff"),
        ["finished: error: cut\\noff"],
    ),
]


@pytest.mark.parametrize(("fact", "texts"), TABLE)
def test_lines(fact, texts):
    """OVC-05: what was said, line by line, with escapes for what does not print."""
    assert list(lines(fact, "")) == texts


def test_streams():
    """What a process wrote stands behind its name; what was left out is said."""
    told = process("one\ntwo\n", "\x1b[2Jx")
    told["stdout"] |= {"bytes": 5000, "truncated": True}
    fact = next(
        f
        for f in Facts([run_facts.plan_item("demo.a", "run", "node")]).node(0, process=told).facts
        if f["kind"] == "unit_process"
    )

    assert list(lines(fact, "demo.a")) == [
        "demo.a stdout| (5000 bytes, of which the end follows)",
        "demo.a stdout| one",
        "demo.a stdout| two",
        "demo.a stderr| \\x1b[2Jx",
    ]


@given(journals())
def test_every_line_is_one_row_that_prints(told):
    """A node can neither start a line of its own nor move the cursor of a terminal."""
    for fact in told:
        assert all(line.isprintable() for line in lines(fact, "name"))


def test_sample():
    """Each unit says how it ended."""
    said = [line["text"] for line in sample_run()["log"]]

    assert "demo.text.count: failure: exception: KeyError: 'text'" in said
    assert "demo.text.later: blocked: blocked: demo.text.count did not succeed" in said
    assert "nightly::row_count: failure: rows=0" in said
    assert "demo.text.clean::trims both ends: pass: the expected output came" in said
    assert said[-1] == "finished: error"
