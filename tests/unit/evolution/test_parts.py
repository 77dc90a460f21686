"""Taking two schemas apart: only where each part may be judged by itself."""

import pytest

from onex.evolution.schemas.lift import lift
from onex.evolution.schemas.parts import parts
from onex.evolution.schemas.plain import plain, same

INTEGER, NUMBER = {"type": "integer"}, {"type": "number"}
DEFS = {"$defs": {"t": INTEGER}}, {"$defs": {"t": NUMBER}}
REF = {"$ref": "#/$defs/t"}

WAYS = [
    ({"properties": {"a": INTEGER}}, {"properties": {"a": NUMBER}}, ["properties/a"]),
    ({"items": {"allOf": [INTEGER]}}, {"items": {"allOf": [NUMBER]}}, ["items/allOf/0"]),
    ({"anyOf": [INTEGER]}, {"anyOf": [NUMBER]}, ["anyOf/0"]),
    ({"anyOf": [INTEGER]}, {"anyOf": [INTEGER, NUMBER]}, [""]),
    ({"oneOf": [INTEGER]}, {"oneOf": [NUMBER]}, [""]),
    ({"not": INTEGER}, {"not": NUMBER}, [""]),
    ({"contains": INTEGER}, {"contains": NUMBER}, ["contains"]),
    ({"contains": INTEGER, "maxContains": 1}, {"contains": NUMBER, "maxContains": 1}, [""]),
    ({"if": INTEGER, "then": INTEGER}, {"if": INTEGER, "then": NUMBER}, ["then"]),
    ({"if": INTEGER, "then": True}, {"if": NUMBER, "then": True}, [""]),
    ({"items": INTEGER, "minItems": 1}, {"items": NUMBER}, ["", "items"]),
    (
        {"properties": {"a": INTEGER}},
        {"properties": {"a": NUMBER, "b": True}},
        ["", "properties/a"],
    ),
    ({"properties": {"a": REF}, **DEFS[0]}, {"properties": {"a": REF}, **DEFS[1]}, ["$defs/t"]),
    ({"items": True}, {"items": INTEGER}, ["items"]),
    ({"items": INTEGER}, {"items": {**INTEGER, "title": "t"}}, []),
]


@pytest.mark.parametrize(("old", "new", "ways"), WAYS)
def test_parts(old, new, ways):
    """Each part is told with the way to it; a twisting keyword ends the way."""
    told = [
        "/".join(str(key) for step in part.steps for key in step if key is not None)
        for part in parts(old, new)
    ]

    assert told == ways


WHOLE = [
    ({"not": REF, **DEFS[0]}, {"not": REF, **DEFS[1]}),
    ({"oneOf": [{"properties": {"a": REF}}], **DEFS[0]}, {"oneOf": [{"properties": {"a": REF}}], **DEFS[1]}),
    ({"if": REF, **DEFS[0]}, {"if": REF, **DEFS[1]}),
    ({"contains": REF, "maxContains": 1, **DEFS[0]}, {"contains": REF, "maxContains": 1, **DEFS[1]}),
    ({"properties": {"a": INTEGER}, "unevaluatedProperties": False}, {"unevaluatedProperties": False}),
    ({"allOf": [{"unevaluatedItems": False, "items": INTEGER}]}, {"allOf": [{"unevaluatedItems": False}]}),
    ({"$dynamicRef": "#t"}, {"$dynamicRef": "#u"}),
    ({"properties": {"a": {"$ref": "#/properties/b"}, "b": INTEGER}}, {"properties": {"a": {"$ref": "#/properties/b"}, "b": NUMBER}}),
    ({"not": {"properties": {"a": {"$ref": "#"}}}}, {"not": {"properties": {"a": {"$ref": "#"}}}, "minProperties": 1}),
    (True, INTEGER),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), WHOLE)
def test_what_cannot_be_taken_apart(old, new):
    """A wider part does not make these wider, or what it means hangs on what stands elsewhere."""
    assert parts(old, new) is None


LIFTED = [
    ({"type": "object", "required": ["k"], "properties": {"k": INTEGER, "a": INTEGER}}, (("properties", "a"),), {"k": 0, "a": "w"}),
    ({"type": "array", "items": INTEGER, "minItems": 2}, (("items", None),), ["w", "w"]),
    ({"type": "array", "prefixItems": [INTEGER, NUMBER]}, (("prefixItems", 1),), [0, "w"]),
    ({"patternProperties": {"^x-": INTEGER}}, (("patternProperties", "^x-"),), {"x-": "w"}),
    ({"additionalProperties": INTEGER, "properties": {"a": True}}, (("additionalProperties", None),), {"extra": "w"}),
    ({"properties": {"a": REF}, **DEFS[0]}, (("$defs", "t"),), {"a": "w"}),
    ({"allOf": [{"properties": {"a": INTEGER}}]}, (("allOf", 0), ("properties", "a")), {"a": "w"}),
    ({"propertyNames": {"maxLength": 3}}, (("propertyNames", None),), {"w": None}),
]  # fmt: skip


@pytest.mark.parametrize(("root", "steps", "whole"), LIFTED)
def test_lift(root, steps, whole):
    """Around a value for the part, among others, this whole is made."""
    assert whole in lift(root, steps, ["w"])


def test_no_way_to_what_nothing_refers_to():
    """A definition that is not used is in no value."""
    assert lift({"properties": {"a": INTEGER}, **DEFS[0]}, (("$defs", "t"),), [1]) == []


SAME = [
    (1, 1.0, True), (True, 1, False), (False, 0, False), ([1], [True], False), ({"a": 1}, {"a": 1.0}, True),
    ({"a": 1}, {"a": 1, "b": 1}, False), ("1", 1, False), (None, False, False), ([], {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "expected"), SAME)
def test_same(left, right, expected):
    """As JSON Schema has equality, not as Python has it."""
    assert same(left, right) is expected


def test_plain_leaves_members_alone():
    """A member may be called as a keyword is."""
    schema = {"properties": {"title": {"title": "x", "type": "string"}}, "title": "y", "x-a": 1}

    assert plain(schema) == {"properties": {"title": {"type": "string"}}}
