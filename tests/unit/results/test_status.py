"""The outcome of a run, from the statuses of its units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.results.status import outcome

STATUSES = ["success", "partial", "failure", "skipped", "blocked", "error"]
ROWS = [
    ([], "failure"),  # AMB-02: a run of nothing has not passed
    (["success"], "success"),
    (["success", "success"], "success"),
    (["success", "failure"], "partial"),  # ONEX-R-06
    (["success", "skipped"], "partial"),
    (["success", "blocked"], "partial"),
    (["success", "partial"], "partial"),
    (["partial"], "partial"),
    (["partial", "failure"], "partial"),
    (["failure"], "failure"),
    (["failure", "skipped"], "failure"),
    (["failure", "blocked"], "failure"),
    (["skipped"], "partial"),  # AMB-02
    (["blocked"], "partial"),
    (["error"], "error"),
    (["success", "error"], "error"),
    (["failure", "error"], "error"),
]


@pytest.mark.parametrize(
    ("statuses", "expected"), ROWS, ids=["+".join(row[0]) or "none" for row in ROWS]
)
def test_outcome(statuses, expected):
    """Each row of the rule gives its outcome."""
    assert outcome(statuses) == expected


@given(st.lists(st.sampled_from(STATUSES)), st.randoms())
def test_outcome_depends_on_which_statuses_occur_alone(statuses, random):
    """Neither order nor number of units changes the outcome."""
    shuffled = statuses * 2
    random.shuffle(shuffled)

    assert outcome(shuffled) == outcome(sorted(set(statuses)))
