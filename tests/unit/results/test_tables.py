"""The tables of statuses lose nothing: word and extension give the status back (CF-01, CF-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.results.status import at_least, is_too_good, outcome
from onex.results.tables import BATCH, CHECK, OUTCOMES, STEP, exact

STATUSES = ["success", "partial", "failure", "skipped", "blocked", "error"]
OUTCOME = ["success", "partial", "failure", "error"]
TABLES = {"batch": BATCH, "step": STEP, "check": CHECK}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_word_and_extension_give_the_status_back(table):
    """Whatever the extension says beside a word that is not its own, the word decides."""
    assert sorted(table) == sorted(STATUSES)
    for status, (word, is_exact) in table.items():
        assert exact(table, word, None if is_exact else status) == status
        plain = exact(table, word, None)
        assert table[plain] == (word, True)
        for told in (*STATUSES, "nonsense", None, 5, []):
            assert table[exact(table, word, told)][0] == word


def test_outcomes():
    """Bijections on the three that the formats share."""
    assert OUTCOMES == {"success": "success", "failed": "failure", "partial": "partial"}


@given(st.lists(st.sampled_from(STATUSES)), st.sampled_from(OUTCOME))
def test_what_claims_more_than_its_units(statuses, told):
    """A run may end worse than its units, or with none of them; never better."""
    amounts = outcome(statuses)

    assert is_too_good(told, statuses) is (
        bool(statuses) and OUTCOME.index(told) < OUTCOME.index(amounts)
    )
    assert not is_too_good(amounts, statuses)
    assert OUTCOME.index(at_least(told, statuses)) == max(map(OUTCOME.index, (told, amounts)))
