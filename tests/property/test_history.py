"""What `validate --against` finds and what `onex diff` lets pass are two views of one thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.node_states import make_contract, make_state

from onex.core.lifecycle import MOVES
from onex.validate.history import NodePair
from onex.validate.rules import RULES

STAGES = list(MOVES)

NARROWER = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "maxLength": 2}},
}

CONTRACTS = [
    make_contract(),
    make_contract(input=NARROWER),
    make_contract(input={"type": "object"}),
]


def found(before, after):
    """The codes of what the rules have against a change."""
    pair = NodePair(before, after, "HEAD", ".tree", "2026-01-17")
    rows = [row for rule in RULES if rule.history for row in rule.history(pair)]
    assert all(row["node_id"] for row in rows)
    return pair, [row["code"] for row in rows]


# ONEX-M1-07
@pytest.mark.parametrize("before", STAGES)
@pytest.mark.parametrize("after", STAGES)
def test_moves_are_those_of_lifecycle(before, after):
    """Each of the sixteen, as `onex lifecycle` would make it or not."""
    allowed = before == after or after in MOVES[before]

    assert found(make_state(lifecycle=before), make_state(lifecycle=after))[1] == (
        [] if allowed else ["ONX505"]
    )


PARTS = {
    "contract": st.sampled_from(CONTRACTS),
    "lifecycle": st.sampled_from(["active", "active", *STAGES]),
    "version": st.sampled_from(["0.9.0", "1.2.0", "1.2.1", "1.3.0", "2.0.0-rc.1", "2.0.0"]),
    "name": st.sampled_from(["clean", "tidy"]),
    "uuid": st.sampled_from([f"00000000-0000-4000-8000-00000000000{n}" for n in range(2)]),
    "effects": st.sampled_from([None, {"network": True}]),
}

parts = st.fixed_dictionaries(PARTS)
changes = st.sets(st.sampled_from([*PARTS]), min_size=1, max_size=2).flatmap(
    lambda names: st.fixed_dictionaries({name: PARTS[name] for name in names})
)


@settings(max_examples=150)
@given(parts, changes)
def test_what_diff_does_not_let_pass_is_found(given_parts, changed):
    """Whatever `onex diff` refuses, some rule tells; what changes nothing, none does.

    A deprecated node may go after its date, which `onex diff` does not look at.
    """
    before = make_state(**given_parts)
    pair, codes = found(before, make_state(**{**given_parts, **changed}))

    if pair.change["fails"] and before.node.lifecycle != "deprecated":
        assert codes
    if not pair.change["changes"]:
        assert codes == []


@pytest.mark.parametrize("stage", STAGES)
def test_only_what_others_rely_on_is_missed(stage):
    """A draft may go, and what was deprecated without a date."""
    state = make_state(lifecycle=stage)
    expected = ["ONX506"] if state.node.lifecycle in {"review", "active"} else []

    assert found(state, None)[1] == expected
