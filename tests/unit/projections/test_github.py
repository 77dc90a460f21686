"""GitHub: whole outputs, and nodes that would like to give commands or markup of their own."""

import re

import pytest
from hypothesis import given
from tests.exports import golden
from tests.hostile import runs
from tests.readers import tokens, unescape
from tests.sample_run import error, sample_run

from onex.core.workflow import LIMIT, MOST
from onex.projections.github import annotations, step_summary
from onex.results.told import told_units

UNITS = sample_run()["units"]
COUNT = UNITS[1]
COMMAND = re.compile(r"::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)").fullmatch
MARKUP = {
    "html_inline",
    "html_block",
    "link_open",
    "image",
    "em_open",
    "strong_open",
    "code_inline",
}


def many(count, **changes):
    """A run of so many units."""
    units = [{**COUNT, "unit_id": f"demo.n{n}", **changes} for n in range(count)]
    return {**sample_run(), "outcome": "failure", "units": units}


def test_annotations_of_the_sample():
    """The worst first, each with the command that shows it again; the last counts."""
    assert annotations(sample_run()) == golden("annotations.txt")


def test_step_summary_of_the_sample():
    """The counts, then every unit, the worst first."""
    assert step_summary(sample_run()) == golden("step_summary.md")


@given(runs())
def test_every_row_is_a_command_of_ours(run):
    """A node's output starts no row, and so no command; the worst nine are shown."""
    rows = annotations(run).split("\n")
    bad = [unit for unit in told_units(run) if unit["status"] != "success"]

    assert rows.pop() == ""
    assert all(COMMAND(row) for row in rows)
    assert len(rows) == min(len(bad), MOST) + 1
    assert len(annotations(run).splitlines()) == len(rows)


@pytest.mark.parametrize(
    ("count", "rows", "more"),
    [(0, 2, None), (9, 10, None), (10, 10, "1 more"), (500, 10, "491 more")],
    ids=["none", "nine", "ten", "many"],
)
def test_never_more_than_ten(count, rows, more):
    """GitHub drops what is above ten without a word; the last of ours says how many there are."""
    written = annotations(many(count)).splitlines()

    assert len(written) == rows
    assert written[-1].startswith("::notice title=onex nodes::")
    assert ("in the summary of this step" in written[-1]) == bool(more)
    assert more is None or f"; {more} are in" in written[-1]


def test_escapes():
    """Of a message the percent sign and line ends, of a property also colon and comma."""
    unit = {
        **COUNT,
        "unit_id": "a:b,c%\n::error::x",
        "errors": [error(message="50%\r\n::error::x")],
    }
    first = annotations({**many(0), "units": [{**unit, "reproduce": None}]}).splitlines()[0]

    assert first == (
        "::error title=a%3Ab%2Cc%25\\n%3A%3Aerror%3A%3Ax::exception: 50%25\\r\\n::error::x"
    )
    assert unescape(first) == "::error title=a:b,c%\\n::error::x::exception: 50%\\r\\n::error::x"


def test_worst_come_first():
    """What is left out is never worse than what is shown."""
    words = ["skipped", "blocked", "partial", "failure", "error"]
    units = [{**COUNT, "unit_id": word, "status": word, "warnings": []} for word in words]
    rows = annotations({**sample_run(), "units": units}).splitlines()

    assert [COMMAND(row).group(1, 2) for row in rows] == [
        ("error", "error"),
        ("error", "failure"),
        ("warning", "partial"),
        ("notice", "blocked"),
        ("notice", "skipped"),
        ("notice", "onex nodes"),
    ]


@given(runs())
def test_table_keeps_its_columns(run):
    """Four cells in each row, a row for each unit, and no markup but our own."""
    read = tokens(step_summary(run))
    kinds = [token.type for token in read]
    units = len(told_units(run))

    assert kinds.count("tr_open") == units + 1
    assert kinds.count("th_open") == 4
    assert kinds.count("td_open") == 4 * units
    assert kinds.count("heading_open") == 1
    # The one piece of code is the place of the record, and nothing is text of another kind.
    assert [kind for kind in kinds if kind in MARKUP] == ["code_inline"]


@given(runs())
def test_no_text_becomes_a_link_or_html(run):
    """GitHub makes links of bare addresses, mentions, issues and formulas too."""
    written = step_summary(run).replace("## ", "", 1)
    # What stands in a code span is shown as it is.
    written, spans = re.subn("`[^`]*`", "", written)

    assert (spans, "`" in written) == (1, False)
    assert re.search(r"[<>@$\\]|www\.|://|&(?!#\d+;)|#(?!\d+;)", written) is None


def test_cell_shows_what_was_said():
    """A reader sees the characters themselves."""
    said = "a|b `c` <b>&amp; [d](e) \\| *f* ~~g~~ $h$ @i #1 :j: www.k"
    read = tokens(step_summary(many(1, errors=[error(message=said)])))
    shown = ["".join(child.content for child in token.children or []) for token in read]

    assert f"exception: {said}" in shown


def test_summary_is_cut_below_the_limit_visibly():
    """GitHub takes no summary above 1 MiB; units that succeeded are left out first."""
    run = many(12_000, errors=[error(message="|" * 400)])
    run["units"].append({**COUNT, "unit_id": "demo.bad", "status": "error"})
    written = step_summary(run)
    rows = [row for row in written.splitlines() if row.startswith(("| failure", "| error"))]

    assert len(written.encode()) <= LIMIT
    assert rows[0].startswith("| error | demo.bad |")
    assert f"\n**{12_001 - len(rows)} units more** left out for their size.\n" in written


def test_coverage_is_as_it_was_counted():
    """A coverage of nearly all is not all."""
    run = {**many(1), "coverage": {"active": 20_000, "covered": 19_999, "percent": 99.99}}

    assert " Coverage 99.99 %." in step_summary(run)
    assert "Coverage" not in step_summary({**run, "coverage": None})
    assert "Coverage" not in step_summary(
        {**run, "coverage": {"active": 0, "covered": 0, "percent": None}}
    )


def test_reason_and_unknown_duration():
    """Why a run ended as it did is said; a time that is not known is left open."""
    run = {**many(1, duration_us=None), "outcome": "error", "reason": "cut off"}

    assert " Reason: cut off." in step_summary(run)
    assert "| failure | demo.n0 |  | exception: KeyError&#58; 'text' |" in step_summary(run)


def test_run_of_nothing_is_told():
    """A step that looked at nothing does not look like one that found nothing (AMB-02)."""
    run = {**many(0), "outcome": "failure"}

    assert annotations(run).startswith("::error title=nodes%3A%3Aoutcome::run-failure: ")
    assert "there was nothing to run" in step_summary(run)
