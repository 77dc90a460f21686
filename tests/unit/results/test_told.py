"""What exports tell of a unit: a code, a line and an identity, whatever the unit holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile import runs, texts, units
from tests.sample_run import Facts, error, sample_run

from onex.results.told import LONGEST, MOST, block, code, few, identities, line, told_units

SAMPLE = {unit["unit_id"]: unit for unit in sample_run()["units"]}
CLEAN, COUNT, CHECK = (
    SAMPLE["demo.text.clean"],
    SAMPLE["demo.text.count"],
    SAMPLE["nightly::row_count"],
)

CODES = [
    (COUNT, "exception"),
    (CHECK, "failure"),
    ({**CHECK, "reason": "no-rows"}, "no-rows"),
    ({**CHECK, "reason": "there were no rows"}, "failure"),
    (CLEAN, "success"),
]


@pytest.mark.parametrize(
    ("unit", "word"), CODES, ids=["error", "status", "reason", "text", "success"]
)
def test_code(unit, word):
    """A reason is a code only when it looks like one."""
    assert code(unit) == word


LINES = [
    (COUNT, "KeyError: 'text'"),
    (CHECK, "rows=0"),
    (CLEAN, "trimmed 2 characters"),
    ({**CLEAN, "status": "partial"}, "the text was short"),
    ({**CLEAN, "summary": None}, "success"),
    ({**COUNT, "errors": [error(message=" \n ")]}, "failure"),
    ({**COUNT, "errors": [error(message="a\nb\x1b[0m")]}, "a\\nb\\x1b[0m"),
]


@pytest.mark.parametrize(
    ("unit", "text"), LINES, ids="error detail summary warning status blank control".split()
)
def test_line(unit, text):
    """A unit that did not succeed says why, any other what it did."""
    assert line(unit) == text


@given(units())
def test_line_is_never_empty_and_prints(unit):
    """Every format may put the line anywhere on a row."""
    assert line(unit).strip()
    assert line(unit).isprintable()


def test_long_lines_are_cut_visibly():
    """A message of a megabyte is a row all the same."""
    told = line({**COUNT, "errors": [error(message="x" * 1_000_000)]})

    assert told == "x" * (LONGEST - 1) + "…"


def test_few():
    """What is left out is counted."""
    assert few(map(str, range(MOST))) == [str(n) for n in range(MOST)]
    assert few(map(str, range(MOST + 2)))[MOST:] == ["… and 2 more"]


@given(texts())
def test_block_holds_no_control_character_but_line_ends_and_tabs(text):
    """What a process wrote moves no cursor, and XML 1.0 takes it."""
    assert block(text).replace("\n", "").replace("\t", "").isprintable()
    assert block(block(text)) == block(text)


def test_block_keeps_what_prints():
    """Lines stay lines, whatever ends them."""
    assert block("a\tb\r\nc\rd\x00\n") == "a\tb\nc\nd\\x00\n"


@given(st.lists(units()))
def test_identities_are_unique(several):
    """Readers drop a finding with an identity that they have seen (also of units of equal names)."""
    assert len(set(identities([*several, *several]))) == 2 * len(several)


@given(units(), units(), texts())
def test_identity_is_of_name_and_code_alone(unit, other, text):
    """Neither what a message counts nor what else there is makes a finding a new one."""
    changed = {**unit, "detail": text, "duration_us": 9}
    if (other["unit_id"], code(other)) == (unit["unit_id"], code(unit)):
        return

    assert identities([unit]) == identities([changed]) == identities([other, unit])[1:]


def test_identity_is_known():
    """Changing how it is made would show every finding as a new one."""
    assert identities([COUNT]) == [
        "6ec3de17a92306965312afa3974f3ac9426019d0b960dd9f3062179751f9b070"
    ]


UNEXPLAINED = [
    ([], "failure", None, "run-failure", "the run ended as failure: there was nothing to run"),
    (["success"], "error", "interrupted", "interrupted", "the run ended as error: interrupted"),
    (["failure"], "error", "no disk", "run-error", "the run ended as error: no disk"),
    (
        ["skipped"],
        "failure",
        None,
        "run-failure",
        "the run ended as failure: its units do not say why",
    ),
    (
        ["success"],
        "partial",
        None,
        "run-partial",
        "the run ended as partial: its units do not say why",
    ),
]


@pytest.mark.parametrize(
    ("statuses", "outcome", "reason", "word", "text"),
    UNEXPLAINED,
    ids="empty cut-off worse skipped good".split(),
)
def test_run_that_its_units_do_not_explain(statuses, outcome, reason, word, text):
    """A run that was cut off, or of nothing, is a failure for readers of units too (AMB-02)."""
    few_units = [{**CLEAN, "status": status} for status in statuses]
    told = told_units({**sample_run(), "units": few_units, "outcome": outcome, "reason": reason})

    assert told[:-1] == few_units
    assert told[-1]["unit_id"] == "nodes::outcome"
    assert told[-1]["status"] == outcome
    assert (code(told[-1]), line(told[-1])) == (word, text)


def test_run_that_its_units_explain():
    """Nothing is added to what the units say."""
    run = sample_run()

    assert told_units(run) is run["units"]


def test_run_that_was_cut_off_before_its_plan():
    """A journal of two facts is no success."""
    run = Facts([]).run()

    assert [(unit["unit_id"], unit["status"]) for unit in told_units(run)] == [
        ("nodes::outcome", "error")
    ]


@given(runs())
def test_no_bad_run_looks_good(run):
    """The worst of the units is as bad as the run (only a lie in its outcome is not ours to find)."""
    rank = ["success", "skipped", "blocked", "partial", "failure", "error"]
    bad = {"success": "success", "partial": "skipped", "failure": "failure", "error": "error"}
    worst = max((rank.index(unit["status"]) for unit in told_units(run)), default=0)

    assert worst >= rank.index(bad[run["outcome"]])
