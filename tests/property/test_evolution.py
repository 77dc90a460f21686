"""Laws of evolution: a yes that an instance gainsays is wrong, and so is a no without a witness."""

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies_pairs import STATES, pairs

from onex.core.contract import SchemaRefusedError
from onex.evolution.schemas import reference
from onex.evolution.schemas.contain import contain
from onex.evolution.schemas.judge import Judge


def judges(pair):
    """The judges of two schemas that the contract lint accepts."""
    try:
        return [Judge(schema) for schema in pair]
    except SchemaRefusedError:
        assume(False)  # noqa: FBT003
        raise


@given(pairs(), st.lists(STATES, min_size=20, max_size=40))
def test_what_is_contained_refuses_nothing(pair, states):
    """Where the new one is said to take all that the old one did, no state shows the contrary."""
    old, new = judges(pair)
    answer = contain(old, new)
    if answer.verdict != "yes":
        return

    assert [state for state in states if old.accepts(state) and not new.accepts(state)] == []


@given(pairs())
def test_a_no_has_a_witness_that_two_engines_confirm(pair):
    """Whoever is told no can see why."""
    old, new = judges(pair)
    answer = contain(old, new)
    assume(answer.verdict == "no")
    (state,) = answer.witness

    assert reference.accepts(old.schema, state) is True
    assert reference.accepts(new.schema, state) is False
    assert (old.accepts(state), new.accepts(state)) == (True, False)


@given(pairs())
def test_nothing_is_lost_against_oneself(pair):
    """Every schema takes what it takes."""
    old, _ = judges(pair)

    assert contain(old, Judge(old.schema)).verdict == "yes"
