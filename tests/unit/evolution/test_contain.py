"""How an answer comes about: what is proven, what is shown, and what is neither."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies_pairs import SCHEMAS, VALUES

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.evolution.schemas import contain as module
from onex.evolution.schemas import reference
from onex.evolution.schemas.algebra import canonical, covers, without
from onex.evolution.schemas.contain import Answer, contain, guess_witness
from onex.evolution.schemas.inhabit import Look
from onex.evolution.schemas.judge import Judge

CLOSED = {"type": "object", "additionalProperties": False, "properties": {"a": {"type": "string"}}}
OPEN = {"type": "object", "properties": {"a": {"type": "string"}}}

LISTS = {"t": {"type": "array", "items": {"$ref": "#/$defs/t"}}}
STEPS = {"t": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/t"}}}}
HARD = (
    {"$defs": LISTS, "properties": {"l": {"$ref": "#/$defs/t"}, "a": {"type": "integer"}}},
    {"$defs": STEPS, "properties": {"l": {"type": "array", "items": {"$ref": "#/$defs/t"}}, "a": {"type": "number"}}},
)  # fmt: skip


def test_one_part_that_is_not_proven_leaves_the_whole_undecided():
    """However many others are."""
    assert contain(*map(Judge, HARD)).verdict == "undecided"


@pytest.mark.parametrize("said", [None, True])
def test_what_the_second_engine_does_not_confirm_is_no_witness(monkeypatch, said):
    """Whether it contradicts or has no answer."""
    monkeypatch.setattr(reference, "accepts", lambda *_: said)

    assert contain(Judge(OPEN), Judge(CLOSED)).verdict == "undecided"


def test_what_is_proven_is_doubted_all_the_same(monkeypatch):
    """A state that shows the contrary stands against any proof."""
    monkeypatch.setattr(module, "covers", lambda *_: True)
    answer = contain(Judge(OPEN), Judge({**OPEN, "required": ["a"]}))

    assert (answer.verdict, answer.witness) == ("no", [{}])


def test_states_are_objects():
    """Whatever else a schema would take."""
    judge = Judge({})

    assert [judge.accepts(value) for value in ({}, [], "", None, 1, True)] == [True] + [False] * 5


def test_a_guess_shows_harm_without_reasoning():
    """Where there is too much to reason about."""
    assert guess_witness(Judge(OPEN), Judge(CLOSED)).verdict == "no"
    assert guess_witness(Judge(CLOSED), Judge(OPEN)) == Answer("undecided", reason=module.INTRICATE)


TEXT, NUMBER = {"type": "string"}, {"type": "number"}
LEFT = [
    ({"type": "array", "contains": TEXT}, {"type": "array", "contains": TEXT, "minItems": 2}, False),
    ({"type": "array", "items": NUMBER, "minItems": 1}, {"type": "array", "contains": NUMBER}, True),
    ({"type": "array", "prefixItems": [TEXT, {"pattern": "^a"}], "minItems": 2}, {"type": "array", "prefixItems": [True, {"pattern": "a"}]}, True),
    ({"type": "array", "items": {"pattern": "^a", "type": "string"}}, {"type": "array", "items": {"pattern": "^b"}}, False),
    ({"type": "array", "items": {"pattern": "^ab", "type": "string"}}, {"type": "array", "items": {"pattern": "^a"}}, True),
    ({"type": "object", "additionalProperties": {"multipleOf": 6, "type": "integer"}}, {"additionalProperties": {"multipleOf": 3}}, True),
    ({"type": "object", "patternProperties": {"^a": NUMBER}, "additionalProperties": TEXT}, {"additionalProperties": TEXT}, False),
    ({"type": "object", "patternProperties": {"^ab": TEXT}, "additionalProperties": False}, {"patternProperties": {"^a": TEXT}, "additionalProperties": False}, True),
    ({"type": "object", "patternProperties": {"^a": NUMBER}, "additionalProperties": TEXT}, {"patternProperties": {"^b": TEXT}}, True),
    ({"type": "object", "properties": {"ab": NUMBER}, "additionalProperties": TEXT}, {"patternProperties": {"^a": TEXT}}, False),
    ({"type": "object", "propertyNames": {"pattern": "^b"}, "additionalProperties": NUMBER}, {"patternProperties": {"^a": TEXT}}, True),
    ({"type": "object", "required": ["a"], "properties": {"a": {"pattern": "^ab", "type": "string"}}}, {"properties": {"a": {"pattern": "^a"}}}, True),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "none"), LEFT)
def test_what_is_left_of_one_without_the_other(old, new, none):
    """Nothing is said to be left only where that is so; else there is a value among those that are found."""
    left, right = canonical(old), canonical(new)
    rest = without(left, right)
    found = Look().at(rest)
    before, after = StateSchema(old), StateSchema(new)

    assert found.none is none
    assert any(before.is_valid(v) and not after.is_valid(v) for v in found.values) is not none


@given(SCHEMAS, st.lists(VALUES, min_size=10, max_size=20))
def test_where_nothing_is_said_to_be_no_value_is_taken(schema, values):
    """The proof that a schema takes nothing holds for every value."""
    whole = {"allOf": [schema]}
    try:
        judge = StateSchema(whole)
    except SchemaRefusedError:
        assume(False)  # noqa: FBT003
    form = canonical(whole)
    if form is None or not Look().at(form).none:
        return

    assert [value for value in values if judge.is_valid(value)] == []


def test_the_algebra_has_no_answer_for_what_it_does_not_model():
    """No exception of the engine gets through."""
    raw = canonical(
        {
            "type": "array",
            "contains": {"type": "integer"},
            "minContains": 2,
            "maxContains": 9,
            "unevaluatedItems": False,
        }
    )
    other = canonical(
        {"not": {"$dynamicRef": "#t"}, "$defs": {"t": {"$dynamicAnchor": "t", "minimum": 0}}}
    )

    assert covers(raw, other) is False
    assert without(raw, other) is None or Look().at(without(raw, other)).none is False
