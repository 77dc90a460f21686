"""Defaults: an input is filled in before it is checked, so what has one may be left out."""

import pytest

from onex.evolution.schemas.contain import HELD, contain
from onex.evolution.schemas.defaults import HeldError, fills, loosened, same_fills
from onex.evolution.schemas.judge import Judge

OLD = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"type": "string"}},
    "additionalProperties": False,
}


def with_b(b, **more):
    """The old schema with a member ``b`` that must be given."""
    return {**OLD, "required": ["a", "b"], "properties": {**OLD["properties"], "b": b}, **more}


FILLED = [
    ("a default for what must be given", with_b({"type": "integer", "default": 3}), "yes"),
    ("a default beside limits", with_b({"type": "integer", "minimum": 1, "default": 3}), "yes"),
    ("no default", with_b({"type": "integer"}), "no"),
    ("a default that breaks its own schema", with_b({"type": "integer", "default": "x"}), "no"),
    ("a default that makes too many members", with_b({"default": 3}, maxProperties=1), "no"),
    ("a default that asks for more", with_b({"default": 3}, dependentRequired={"b": ["c"]}), "no"),
    (
        "a default where others depend on it",
        with_b({"type": "integer", "default": 3}, minProperties=1),
        "undecided",
    ),
]


@pytest.mark.parametrize(
    ("new", "verdict"), [row[1:] for row in FILLED], ids=[row[0] for row in FILLED]
)
def test_filled(new, verdict):
    """An old input is judged as the runtime does it."""
    answer = contain(Judge(OLD, filled=True), Judge(new, filled=True))

    assert answer.verdict == verdict
    assert answer.reason == (HELD if verdict == "undecided" else "")


def test_output_is_not_filled():
    """What a node gives has to be whole."""
    new = with_b({"type": "integer", "default": 3})

    assert contain(Judge(OLD), Judge(new)).verdict == "no"


def test_a_default_below_a_member():
    """Members of members are filled in, too."""
    inner = {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}}
    old = {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"x": {"type": "integer"}}}},
    }
    new = {
        "type": "object",
        "properties": {"a": {**inner, "properties": {"x": {"type": "integer", "default": 0}}}},
    }

    assert contain(Judge(old, filled=True), Judge(new, filled=True)).verdict == "yes"
    assert contain(Judge(old), Judge(new)).verdict == "no"


def test_what_is_filled_in_may_be_asked_for():
    """The same default on both sides: who left the member out still may."""
    new = with_b({"type": "integer", "default": 3})
    old = {**new, "required": ["a"]}

    assert contain(Judge(old, filled=True), Judge(new, filled=True)).verdict == "yes"
    assert contain(Judge(old), Judge(new)).verdict == "no"


def test_the_same_defaults_on_both_sides_decide_by_the_rest():
    """Where both fill in the same, nothing else has to be known of it."""
    old = with_b({"type": "integer", "default": 3}, minProperties=1)
    new = {**old, "properties": {**old["properties"], "a": {"type": ["string", "null"]}}}

    assert same_fills(old, new)
    assert contain(Judge(old, filled=True), Judge(new, filled=True)).verdict == "yes"
    assert contain(Judge(new, filled=True), Judge(old, filled=True)).verdict == "no"


HELD_SCHEMAS = [
    {"properties": {"a": {"default": 1}}, "minProperties": 1},
    {"properties": {"a": {"default": 1}}, "patternProperties": {"a": {"type": "string"}}},
    {"properties": {"a": {"default": 1, "type": "string"}}},
    {"properties": {"a": {"$ref": "#/$defs/t"}}, "$defs": {"t": {"default": 1}}},
    {"$ref": "#/$defs/t", "$defs": {"t": {"properties": {"a": {"default": 1}}}}},
]


@pytest.mark.parametrize("schema", HELD_SCHEMAS)
def test_held(schema):
    """Where a default concerns more than its member, no schema says the same without it."""
    with pytest.raises(HeldError):
        loosened(schema)


FREE = [
    {"properties": {"a": {"type": "string"}}, "minProperties": 1},
    {"items": {"properties": {"a": {"default": 1}}}, "minItems": 1},
    {"allOf": [{"properties": {"a": {"default": 1}}}]},
    {"properties": {"default": {"type": "string"}}, "minProperties": 1},
]


@pytest.mark.parametrize("schema", FREE)
def test_a_default_that_is_not_filled_in_is_only_words(schema):
    """Items and branches are not filled in."""
    assert [*fills(schema)] == []
    assert loosened(schema) == schema
