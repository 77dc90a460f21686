"""Filters show less of a run and change nothing that is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import sample_run

from onex.errors import UsageError
from onex.report.look import Look
from onex.report.select import only_failed, only_named
from onex.report.since import since
from onex.report.text import lines
from onex.report.verdict import verdict

RUN = sample_run()
NOW_US = 1_768_660_252_000_000


def test_only_failed_keeps_exactly_what_did_not_succeed():
    """Skipped and blocked units did not succeed either (ONEX-R-10)."""
    kept = only_failed(RUN["units"])

    assert [(unit["unit_id"], unit["status"]) for unit in kept] == [
        ("demo.text.count", "failure"),
        ("demo.text.strict", "failure"),
        ("demo.text.absent", "error"),
        ("demo.text.later", "blocked"),
        ("demo.text.unwanted", "skipped"),
        ("nightly::row_count", "failure"),
        ("gate::coverage", "failure"),
    ]


@given(st.lists(st.sampled_from(RUN["units"])), st.sets(st.sampled_from(RUN["units"]).map(str)))
def test_a_filter_keeps_order_and_every_unit_that_passes(units, names):
    """What is kept and what is left out make up the whole."""
    kept = only_failed(units)

    assert [unit for unit in units if unit in kept] == kept
    assert len(kept) + [unit["status"] for unit in units].count("success") == len(units)
    assert only_named(kept, {unit["unit_id"] for unit in units}) == kept
    assert only_named(units, names) == []


@pytest.mark.parametrize("failed", [False, True])
@pytest.mark.parametrize("summary", [False, True])
def test_no_filter_changes_the_verdict(failed, summary):
    """The first line counts all units, whatever is shown (ONEX-R-10)."""
    view = Look(failed=failed, summary=summary).at(RUN)

    assert next(lines([view])) == verdict(RUN)


@pytest.mark.parametrize(
    ("text", "at_us"),
    [
        ("0m", NOW_US),
        ("30m", NOW_US - 1_800_000_000),
        ("12h", NOW_US - 43_200_000_000),
        ("7d", NOW_US - 604_800_000_000),
        ("2w", NOW_US - 1_209_600_000_000),
        ("999999999w", 0),
        ("2026-01-17", 1_768_608_000_000_000),
        ("2026-01-17T14:30:52Z", 1_768_660_252_000_000),
        ("2026-01-17T15:30:52.5+01:00", 1_768_660_252_500_000),
    ],
)
def test_since(text, at_us):
    """A span back from now, a day of UTC, or a moment."""
    assert since(text, NOW_US) == at_us


@pytest.mark.parametrize(
    "text", ["", "7", "d", "-7d", "7 d", "7y", "\u0667d", "2026-02-30", "1969-12-31", "yesterday"]
)
def test_since_nothing(text):
    """What names no moment is refused, with the forms that do."""
    with pytest.raises(UsageError, match="no span of time and no moment") as refused:
        since(text, NOW_US)

    assert "7d" in refused.value.help
