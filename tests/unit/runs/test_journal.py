"""A journal is read as strictly as it is written, and the results follow from it alone."""

import json

import pytest
from tests.sample_run import sample_facts

from onex.errors import DocumentError
from onex.results.execution import fold
from onex.runs.journal import read
from onex.runs.sequence import Sequence

STARTED = json.dumps(
    {
        "v": "1.0",
        "kind": "run_started",
        "at_us": 1,
        "run_id": "r",
        "pipeline_id": "p",
        "onex_version": "1\u2028",
        "git_sha7": "0000000",
    },
    ensure_ascii=False,
).encode()
FINISHED = b'{"v":"1.0","kind":"run_finished","at_us":2,"outcome":"success","duration_us":1}'


def test_the_results_of_a_run_are_a_fold_over_its_journal(onex, workspace):
    """ONEX-M2-07: execution_result.json says nothing that the journal does not say."""
    onex("run", "demo.text.clean", "--set", "text=x")
    onex("run", "demo.text.clean", "--input", '{"text": 1}')
    onex("test", "demo.text.clean")
    folders = sorted((workspace / "reports/runs").glob("*__*"))

    for folder in folders:
        results = fold(read(str(folder / "journal.jsonl")))
        written = [json.loads(path.read_text()) for path in sorted(folder.glob("nodes/*/*.json"))]
        assert results == written
    assert len(folders) == 4  # the scaffold, two runs, and the test


def test_i12_a_line_separator_of_unicode_ends_no_line(tmp_path):
    """U+2028 stands in a text like any other character."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(STARTED + b"\n" + FINISHED + b"\n")

    assert [fact["kind"] for fact in read(str(path))] == ["run_started", "run_finished"]


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (STARTED + b"\n" + FINISHED[:20], "2:1", "is torn: it has no end"),
        (STARTED + b"\n" + FINISHED, "2:1", "is torn: it has no end"),
        (
            STARTED + FINISHED + b"\n",
            "1:",
            "is not one JSON value: not JSON: something stands behind",
        ),
        (STARTED + b"\n\0\0\0\n", "2:1", "is not one JSON value: not JSON: "),
        (STARTED + b"\n\n", "2:1", "is not one JSON value: not JSON: the file is empty"),
        (STARTED + b"\n{}\n", "2:1", "is JSON, but not a fact"),
        (STARTED + b'\n{"a":1,"a":2}\n', "2:8", "is not one JSON value: the key 'a' stands twice"),
        (STARTED + b"\n\xff\n", "2:1", "is not one JSON value: byte 0xFF is not UTF-8"),
    ],
    ids=["torn", "unended", "glued", "hole", "empty", "foreign", "twice", "bytes"],
)
def test_i12_a_broken_journal_is_named_by_line_and_byte(tmp_path, data, place, words):
    """What a crash or a copy did to it is said where it is."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(data)

    with pytest.raises(DocumentError) as caught:
        read(str(path))

    assert caught.value.message.startswith(f"{path}:{place}")
    assert words in caught.value.message
    assert f"from byte {0 if place.startswith('1:') else len(STARTED) + 1}," in caught.value.message


SEQUENCES = {
    "a run without a beginning": (["run_planned"], "a journal begins with run_started"),
    "a run that begins twice": (["run_started", "run_started"], "run_started happens once"),
    "a plan too late": (["run_started", "unit_planned", "run_planned"], "planned before its units"),
    "something after the end": (["run_started", "run_finished", "logged"], "after run_finished"),
    "a step of nothing": (["run_started", "unit_step lock"], "comes before unit_planned"),
    "a start of nothing": (["run_started", "unit_started"], "comes before unit_planned"),
    "an end of nothing": (["run_started", "unit_finished"], "comes before unit_planned"),
    "a process of nothing": (
        ["run_started", "unit_planned", "unit_process"],
        "before unit_started",
    ),
    "a result of nothing": (["run_started", "unit_planned", "unit_result"], "before unit_started"),
    "a step twice": (
        ["run_started", "unit_planned", "unit_step lock", "unit_step gate", "unit_step lock"],
        "step lock of unit 0 happens once",
    ),
    "an expectation too early": (
        ["run_started", "unit_planned", "unit_started", "unit_expected"],
        "comes before unit_finished",
    ),
    "an end after the end": (
        ["run_started", "unit_planned", "unit_refused", "unit_finished"],
        "unit_finished of unit 0 comes after its end",
    ),
    "an expectation twice": (
        ["run_started", "unit_planned", "unit_finished", "unit_expected", "unit_expected"],
        "unit_expected of unit 0 happens once",
    ),
}


def fact_of(words):
    """As much of a fact as its place depends on."""
    kind, _, step = words.partition(" ")
    return {
        "kind": kind,
        **({"unit": 0} if kind.startswith("unit") else {}),
        "step": {"step": step},
    }


@pytest.mark.parametrize(("kinds", "said"), SEQUENCES.values(), ids=list(SEQUENCES))
def test_i12_facts_that_cannot_have_happened_in_this_order_are_refused(kinds, said):
    """The last of them is one too many; all before it are well."""
    sequence = Sequence()
    for kind in kinds[:-1]:
        sequence.take(fact_of(kind))

    with pytest.raises(ValueError, match=said):
        sequence.take(fact_of(kinds[-1]))


def test_every_fact_of_a_run_has_its_place():
    """One unit of every kind and status."""
    sequence, facts = Sequence(), sample_facts().facts
    for fact in facts:
        sequence.take(fact)

    assert {"unit_refused", "unit_expected", "unit_checked"} <= {fact["kind"] for fact in facts}
    # It keeps what it took: the last fact has no place a second time.
    with pytest.raises(ValueError, match="nothing happens after run_finished"):
        sequence.take(facts[-1])
