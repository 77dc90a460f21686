"""How two schemas differ, in words; and each difference made by itself."""

import pytest
from hypothesis import given
from tests.strategies_pairs import pairs

from onex.evolution.differences import alone, differences
from onex.evolution.schemas.plain import plain, same

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


def with_a(**keywords):
    return {**OBJECT, "properties": {"a": {"type": "string", **keywords}}}


ROWS = [
    (OBJECT, {**OBJECT, "required": ["a", "b"]}, [("/required", "'b' must be given now", False)]),
    (OBJECT, {**OBJECT, "required": []}, [("/required", "'a' need not be given any more", False)]),
    ({}, {"required": ["a", "b"]}, [("/required", "'a' and 'b' must be given now", False)]),
    ({"enum": ["a", 1]}, {"enum": ["a", "b", None]}, [("/enum", "'b' and null is taken now; 1 is not taken any more", False)]),
    ({"enum": [1, 2]}, {"enum": [2, 1]}, []),
    ({"type": "integer"}, {"type": ["integer", "null"]}, [("/type", "'null' is a type that is taken now", False)]),
    ({"type": ["integer"]}, {"type": "integer"}, []),
    (with_a(), with_a(minLength=1), [("/properties/a/minLength", "`minLength` is new: 1", False)]),
    (with_a(minLength=1), with_a(), [("/properties/a", "`minLength` is gone; it was 1", False)]),
    (with_a(minLength=1), with_a(minLength=2), [("/properties/a/minLength", "`minLength` was 1, and is 2", False)]),
    (with_a(title="x"), with_a(title="y"), [("/properties/a/title", "`title` was 'x', and is 'y'", True)]),
    (with_a(), with_a(description="y"), [("/properties/a/description", "`description` is new: 'y'", True)]),
    (with_a(), with_a(**{"x-own": 1}), [("/properties/a/x-own", "`x-own` is new: 1", True)]),
    (with_a(default="x"), with_a(default="y"), [("/properties/a/default", "`default` was 'x', and is 'y'", False)]),
    (OBJECT, {**OBJECT, "properties": {"b/c": True}}, [("/properties", "the property 'a' is gone", False), ("/properties/b~1c", "the property 'b/c' is new", False)]),
    ({"$defs": {}}, {"$defs": {"t": {}}}, [("/$defs/t", "the definition 't' is new", True)]),
    ({"anyOf": [True]}, {"anyOf": [True, False]}, [("/anyOf", "`anyOf` was [true], and is [true, false]", False)]),
    ({"anyOf": [True]}, {"anyOf": [False]}, [("/anyOf/0", "was true, and is false", False)]),
    ({"items": {"minimum": 1}}, {"items": {"minimum": 1.0}}, []),
    (True, OBJECT, [("", 'was true, and is {"type": "object", "properties": {"a": {"type": "string"}},…', False)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), ROWS)
def test_differences(old, new, told):
    """What was and what is, where it is now; what is gone is told where it was missed."""
    assert [(one.pointer, one.message, one.words) for one in differences(old, new)] == told


def test_alone():
    """One difference is made, and nothing else; what it refers to comes with it."""
    old = {"properties": {"a": {}, "b": {}}, "minProperties": 1}
    new = {
        "properties": {"a": {"$ref": "#/$defs/t"}, "c": {}},
        "maxProperties": 2,
        "$defs": {"t": {}},
    }
    made = {one.message: alone(old, new, one) for one in differences(old, new)}

    defs = {"$defs": {"t": {}}}
    assert made == {
        "`$ref` is new: '#/$defs/t'": {
            **old,
            "properties": {"a": {"$ref": "#/$defs/t"}, "b": {}},
            **defs,
        },
        "the property 'b' is gone": {**old, "properties": {"a": {}}, **defs},
        "the property 'c' is new": {**old, "properties": {"a": {}, "b": {}, "c": {}}, **defs},
        "`minProperties` is gone; it was 1": {"properties": {"a": {}, "b": {}}, **defs},
        '`$defs` is new: {"t": {}}': {**old, **defs},
        "`maxProperties` is new: 2": {**old, "maxProperties": 2, **defs},
    }


def test_one_place_is_changed_though_two_are_one_object():
    """A definition that stands in two places is changed in one."""
    shared = {"properties": {"a": {"$ref": "#/$defs/r"}}}
    old = {"$defs": {"r": shared}, "allOf": [shared]}
    new = {"$defs": {"r": shared}, "allOf": [{"properties": {"a": {}}}]}
    (one,) = differences(old, new)

    assert alone(old, {}, one) == new


MOST_STEPS = 500
"""More differences than two drawn schemas have."""


@given(pairs())
def test_all_differences_together_are_the_whole(pair):
    """One after the other they lead from the old schema to the new one."""
    old, new = pair
    made = old
    for _ in range(MOST_STEPS):
        one = next(differences(made, new), None)
        if one is None:
            break
        made = alone(made, {}, one)

    assert same(plain(made), plain(new))
