"""The parts of a page: what each shows of a run, and how much of it."""

import copy
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import sample_run as samples
from tests.sample_run import process

from onex.report.figures import fine_duration
from onex.report.layers import HEIGHT, WIDTH
from onex.report.page.details import details
from onex.report.page.failures import ending, failure, message
from onex.report.page.gates import gates
from onex.report.page.graph import MOST, graph
from onex.report.page.provenance import headline, provenance
from onex.report.page.record import log, raw
from onex.report.page.rows import Budget
from onex.report.page.statuses import counts
from onex.report.page.texts import block, cut, cut_start, tail
from onex.report.page.timeline import SCALE, timeline


def sample_run():
    """The sample run, none of which is shared: a test may change it as it likes."""
    return copy.deepcopy(samples.sample_run())


def run_of(*units):
    """The sample run with other units; each is the first of the sample, with some members changed."""
    run = sample_run()
    run["units"] = [{**run["units"][0], **unit} for unit in units]
    return run


def chain(needs):
    """A run of units named by numbers, which need each other as told."""
    return run_of(
        *({"unit_id": str(number), "needs": list(names)} for number, names in enumerate(needs))
    )


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (None, "—"),
        (0, "0 µs"),
        (999, "999 µs"),
        (1_000, "1 ms"),
        (4_507, "4.5 ms"),
        (45_999, "45.9 ms"),
        (999_999, "999 ms"),
        (1_256_000, "1.25 s"),
        (59_999_999, "59.9 s"),
        (60_000_000, "1 min 00 s"),
        (3_599_999_999, "59 min 59 s"),
        (3_660_000_000, "1 h 01 min"),
    ],
)
def test_durations_have_about_three_digits(us, text):
    """They are rounded down, so that nothing seems to have taken longer than it did."""
    assert fine_duration(us) == text


@given(st.text(), st.integers(2, 50))
def test_a_cut_text_is_printable_and_bounded(text, most):
    """A short printable text stays as it is; of a longer one the cut end is marked."""
    for shown, mark in ((cut(text, most), -1), (cut_start(text, most), 0)):
        assert shown.isprintable()
        assert len(shown) <= most
        assert shown == text or not text.isprintable() or shown[mark] == "…"


def test_output_is_shown_in_rows():
    """Line ends of all systems end a row; what only a terminal understands is left out."""
    assert block("a\tb\r\nc\rd\x1b[31m!\x1b[0m\x00") == ["a   b", "c", "d!\\x00"]
    assert block("") == []
    assert tail("1\n2\n3\n\n", 2) == ["2", "3"]


def test_counts_make_up_the_whole_bar():
    """The parts stand side by side, from end to end."""
    parts = counts(sample_run()["units"])

    assert [(part.status, part.number) for part in parts] == [
        ("success", 4),
        ("skipped", 1),
        ("blocked", 1),
        ("failure", 4),
        ("error", 1),
    ]
    ends = [part.start + part.length for part in parts]
    assert [0, *ends] == [*(part.start for part in parts), 1000]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"summary": "done"}, "done"),
        (
            {
                "status": "failure",
                "errors": [{"code": "c", "message": "m", "details": {}, "hint": None}],
            },
            "m",
        ),
        ({"status": "failure", "asserts": [{"status": "fail", "msg": "no"}], "detail": "d"}, "no"),
        ({"status": "failure", "asserts": [{"status": "pass", "msg": "yes"}], "detail": "d"}, "d"),
        (
            {"status": "skipped", "summary": None, "detail": None, "reason": "not today"},
            "not today",
        ),
        ({"summary": None, "reason": None}, ""),
    ],
)
def test_a_row_says_why_or_what(members, told):
    """An error before a failed assert, before what else there is to say."""
    (unit,) = run_of(members)["units"]

    assert message(unit) == told


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({}, None),
        ({"exit": 3}, "exit status 3"),
        ({"exit": None, "signal": 9}, "signal 9 ended the process"),
        ({"exit": None, "signal": 9, "timed_out": True}, "the time limit ended the process"),
    ],
)
def test_the_end_of_a_process_is_told(members, told):
    """Unless it ended well, or there was none."""
    assert ending(process() | members) == told
    assert ending(None) is None


def test_the_frame_is_the_last_traceback():
    """What a program wrote before it is in the log; without a traceback, the end is shown."""
    text = 'noise\nTraceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n'
    (unit,) = run_of({"status": "failure", "process": process("out\n", text * 2)})["units"]

    assert failure(0, unit).frame == (
        "stderr",
        [
            ("Traceback (most recent call last):", ""),
            ('  File "a.py", line 1', "place"),
            ("KeyError: 1", "exception"),
        ],
    )
    unit["process"] = process("out\n", " \n")
    assert failure(0, unit).frame == ("stdout", [("out", "")])
    unit["process"] = process()
    assert failure(0, unit).frame is None


@pytest.mark.parametrize("needs", [[[], []], [["0"]], [["nowhere"], []]])
def test_there_is_no_graph_where_no_unit_needs_another(needs):
    """Itself is no other, and what is not there is none."""
    assert graph(chain(needs)) is None


def test_a_unit_stands_right_of_what_it_needs():
    """Layer by layer; what stands alone is counted, not drawn."""
    drawn = graph(chain([[], ["0"], ["0"], ["1", "2"], []]))

    columns = {box.number: box.x for box in drawn.boxes}
    assert columns[0] < columns[1] == columns[2] < columns[3]
    assert (drawn.layers, drawn.alone, drawn.left_out, len(drawn.edges)) == (3, 1, 0, 4)


@given(st.lists(st.lists(st.integers(0, 30), max_size=4), max_size=30))
def test_every_graph_can_be_drawn(needs):
    """Whoever needs whom, in circles too: no box covers another, and all lie within the drawing."""
    drawn = graph(chain([[str(name) for name in names] for names in needs]))

    if drawn is not None:
        places = [(box.x, box.y) for box in drawn.boxes]
        assert all(
            0 <= x <= drawn.width - WIDTH and 0 <= y <= drawn.height - HEIGHT for x, y in places
        )
        for column in {x for x, _ in places}:
            rows = sorted(y for x, y in places if x == column)
            assert all(below - above >= HEIGHT for above, below in itertools.pairwise(rows))


def test_a_large_graph_is_drawn_in_part():
    """Two hundred units are drawn, and the others counted."""
    drawn = graph(chain([[], *([str(number)] for number in range(MOST + 9))]))

    assert (len(drawn.boxes), drawn.left_out) == (MOST, 10)


def test_the_timeline_has_the_real_order():
    """Of what was started at all; bars lie within the run, even where clocks disagree."""
    begin = sample_run()["started_us"]
    drawn = timeline(
        run_of(
            {"seq_exec": 2, "started_us": begin + 90, "duration_us": 10},
            {"seq_exec": 0, "started_us": begin - 50, "duration_us": 100},
            {"seq_exec": 3, "executed": False},
            {"seq_exec": 1, "started_us": begin + 150, "duration_us": 0},
            {"seq_exec": 4, "duration_us": None},
        )
    )

    assert [bar.number for bar in drawn.bars] == [1, 3, 0]
    assert [(bar.start, bar.length) for bar in drawn.bars] == [(0, 5000), (9970, 30), (7000, 500)]
    assert all(bar.start + bar.length <= SCALE for bar in drawn.bars)
    assert drawn.ticks == ["0 µs", "50 µs", "100 µs", "150 µs", "200 µs"]


def test_a_run_that_started_nothing_has_no_timeline():
    """Nor has one whose times are not known."""
    assert timeline(run_of({"executed": False})) is None
    assert timeline(run_of({"started_us": None})) is None


def test_details_are_bounded():
    """The first twenty lines of each kind, and the number of the others."""
    (unit,) = run_of(
        {
            "warnings": ["w" * 1000] * 25,
            "metrics": {str(number): number for number in range(30)},
            "process": process("row\n" * 100),
        }
    )["units"]

    groups = {group.title: group.lines for group in details(unit)}

    assert [len(groups[title]) for title in ("Warnings", "Metrics", "Standard output")] == [
        21,
        21,
        8,
    ]
    assert groups["Warnings"][-1].text == "and 5 more"
    assert len(groups["Warnings"][0].text) == 240


def test_what_a_unit_says_twice_is_told_once():
    """A summary that repeats the error adds nothing."""
    error = {"code": "c", "message": "m", "details": {}, "hint": "c: m"}
    (unit,) = run_of({"summary": "c: m", "detail": None, "errors": [error]})["units"]

    assert [line.text for line in details(unit)[0].lines] == ["c: m"]


def test_the_end_of_the_log_is_shown():
    """The last two hundred lines, of any length; a line that has no time has none here."""
    run = sample_run()
    run["log"] = [{"at_us": None, "text": f"{number} {'x' * 500}"} for number in range(300)]

    shown = log(run)

    assert (len(shown.lines), shown.total, shown.lines[0][:4]) == (200, 300, "100 ")
    assert max(map(len, shown.lines)) == 240


def test_the_json_leaves_out_the_largest_members():
    """As many as have to go, and it says which."""
    run = sample_run()
    run["artifacts"] *= 2000
    run["inputs"] = [{"type": "file", "ref": "a"}] * 10_000

    shown = raw(run)

    assert shown.left_out == ["artifacts", "inputs"]
    assert '"units"' in shown.text
    assert len(shown.text) <= 150_000


def test_what_is_not_known_is_not_told():
    """A commit of zeros is none, and a label without a value says nothing."""
    run = sample_run()
    run["git"] = {"sha": None, "sha7": "0000000", "ref": None}
    run["onex_version"] = None
    run["trigger"]["actor"] = None

    labels = [entry.label for entry in provenance(run)]

    assert headline(run) == ["2026-01-17 14:30 UTC", "took 60 ms", "local_cli"]
    assert not {"Commit", "Branch or tag", "Recorded by", "Tree digest", "Inputs"} & set(labels)


def test_provenance_is_bounded():
    """A hundred values of each kind."""
    run = sample_run()
    run["env"]["present"] = [f"NAME_{number}" for number in range(150)]

    (names,) = (entry.values for entry in provenance(run) if entry.label == "Environment set")

    assert (len(names), names[-1]) == (101, "and 50 more")


def test_a_budget_is_never_overdrawn():
    """What does not fit is refused and costs nothing."""
    budget = Budget(1000)

    assert budget.takes("é" * 450)
    assert not budget.takes("x" * 101)
    assert budget.left == 100
    assert budget.is_spent


def test_details_tell_what_was_attempted_and_how_it_ended():
    """Failures that were expected are marked, and isolation that was not in force is named."""
    run = sample_run()
    fail = {"kind": "timeout", "msg": "no answer"}
    node = run["units"][0]["node"]
    isolation = {"requested": "strict", "effective": "process", "degraded": ["no seccomp"]}
    (unit,) = run_of(
        {
            "actions": [
                {"action": "tcp", "status": "fail", "args": None, "fail": fail, "handled": True}
            ],
            "asserts": [{"status": "fail", "msg": "no"}],
            "artifacts": [
                {"action_ix": 0, "name": "a", "event": "check", "kind": "k", "status": "fail"}
            ],
            "extracts": [
                {"action_ix": 0, "source_artifact": "a", "format": "json", "status": "fail"}
            ],
            "node": {**node, "locked": False, "isolation": isolation},
        }
    )["units"]

    told = {group.title: [line.text for line in group.lines] for group in details(unit)}

    assert told["Actions"] == ["tcp → timeout: no answer (expected)"]
    assert told["Asserts"] == ["no"]
    assert told["Artifacts"] == ["check a (k)"]
    assert told["Extractions"] == ["json of a"]
    assert told["Node"][1:4] == [
        "not locked: it is not what its lock says",
        "isolation: process (strict asked for)",
        "not in force: no seccomp",
    ]


def test_the_policy_is_told():
    """Beside the counts where it is not the usual one, and among what the run was held to."""
    run = sample_run()
    run["policy"] = {
        "name": "nightly",
        "triggered_by": "the release train",
        "trust_enforced": True,
        "minimum_coverage_required": 90,
        "criticality": "all",
    }
    run["trust"] = {"delta": 0.25, "notes": "a first run"}

    told = {entry.label: entry.values for entry in provenance(run)}

    assert gates(run)[1] == (
        "Policy",
        "nightly",
        "critical: all; asked for by the release train; too little trust fails the run",
        None,
    )
    assert told["Policy"] == [
        "nightly; critical: all",
        "asked for by the release train",
        "coverage of at least 90 %",
        "too little trust fails the run",
    ]
    assert told["Trust"] == ["changed by 0.25", "a first run"]
