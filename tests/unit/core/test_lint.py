"""What the contract lint says, and where; the hostile rows stand in tests/faults/test_schemas.py."""

import pytest

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.lint import lint


@pytest.mark.parametrize(
    ("schema", "pointer", "message", "key"),
    [
        ({"a/b~": 1}, "/a~1b~0", "'a/b~' is not a keyword of JSON Schema 2020-12", True),
        (
            {"properties": {"a": 1}},
            "/properties/a",
            "a schema is an object or a boolean, not an integer: 1",
            False,
        ),
        (
            {"allOf": [True, "string"]},
            "/allOf/1",
            "a schema is an object or a boolean, not a string: 'string'",
            False,
        ),
        (
            {"items": {"type": "int"}},
            "/items/type",
            "there is no type 'int'; types are array, boolean, integer, null, number, object, string",
            False,
        ),
        (
            {"type": {"type": "string"}},
            "/type",
            'there is no type {"type": "string"}; types are array, boolean, integer, null, number, object, string',
            False,
        ),
        (
            {"type": ["string", ["null"]]},
            "/type",
            'there is no type ["null"]; types are array, boolean, integer, null, number, object, string',
            False,
        ),
        (
            {"format": ["date"]},
            "/format",
            'the format ["date"] is not one of JSON Schema 2020-12',
            False,
        ),
        (
            {"not": {"$id": "a"}},
            "/not/$id",
            "'$id' below the root would change what references mean",
            True,
        ),
        ({"$ref": 3}, "/$ref", "the reference 3 leaves the document", False),
        (
            {"items": {"pattern": "(a+)+\\1"}},
            "/items/pattern",
            "the pattern '(a+)+\\1' holds a reference back, '\\1'",
            False,
        ),
        (
            {"patternProperties": {"a/(": {}}},
            "/patternProperties/a~1(",
            "the pattern 'a/(' holds a '(' that nothing closes",
            True,
        ),
        (
            {"$defs": {"a": {"$anchor": "x"}, "b": {"$dynamicAnchor": "x"}}},
            "/$defs/a/$anchor",
            "the anchor 'x' stands twice",
            False,
        ),
    ],
)
def test_problem_is_named_at_its_place(schema, pointer, message, key):
    """One problem, its pointer, and whether the key or the value is at fault."""
    (problem,) = lint(schema)

    assert (problem.pointer, problem.message, problem.key) == (pointer, message, key)


@pytest.mark.parametrize("base", ["/input", "/state_contract/output"])
def test_pointers_begin_where_the_schema_stands(base):
    """A schema inside a document is linted at its place, and its references stay its own."""
    schema = {"$ref": "#/$defs/a", "$defs": {"a": {"typ": 1}}}

    assert [problem.pointer for problem in lint(schema, base)] == [f"{base}/$defs/a/typ"]


@pytest.mark.parametrize(
    "schema",
    [
        True,
        False,
        {},
        {"type": ["string", "null"], "x-own": {"customTypePath": 1}},
        {
            "properties": {"next": {"$ref": "#"}, "all": {"items": {"$ref": "#a"}}},
            "$defs": {"n": {"$anchor": "a"}},
        },
        {"$id": "https://example.org/s", "$ref": "#/$defs/a%20b", "$defs": {"a b": True}},
        {
            "enum": [{"customTypePath": 1}],
            "const": {"$ref": "http://x"},
            "default": {"type": "x"},
            "examples": [{"$id": 1}],
        },
    ],
)
def test_schema_that_is_accepted(schema):
    """What stands in data, or is an author's own, is none of the lint's affair."""
    assert lint(schema) == []
    StateSchema(schema)


@pytest.mark.parametrize(
    ("schema", "pointer", "message", "key"),
    [
        ({"minimum": "3"}, "/minimum", "minimum must be a number, but is a string: '3'", False),
        (
            {"properties": []},
            "/properties",
            "properties must be an object, but is an array: []",
            False,
        ),
        ({"required": ["a", "b", "a"]}, "/required/2", "required holds 'a' twice", False),
        ({"multipleOf": 0}, "/multipleOf", "multipleOf must be more than 0, but is 0", False),
        (
            {"pattern": "^(\\w{1000}){900}$"},
            "/pattern",
            "the pattern '^(\\\\w{1000}){900}$' is not one that a search in linear time can take",
            False,
        ),
        (
            {"patternProperties": {"a/\\p{sc=Nowhere}": {}}},
            "/patternProperties/a~1\\p{sc=Nowhere}",
            "the pattern 'a/\\\\p{sc=Nowhere}' is not one that a search in linear time can take",
            True,
        ),
        (
            {"$anchor": "a b"},
            "/$anchor",
            "$anchor 'a b' does not have the form ^[A-Za-z_][-A-Za-z0-9._]*$",
            False,
        ),
    ],
)
def test_engine_refuses_what_is_no_schema(schema, pointer, message, key):
    """What the meta-schema has against a schema is said like everything else."""
    with pytest.raises(SchemaRefusedError) as caught:
        StateSchema(schema)

    (problem,) = caught.value.problems
    assert (problem.pointer, problem.message, problem.key) == (
        pointer,
        message.replace("\\\\", "\\"),
        key,
    )
    assert problem.hint
