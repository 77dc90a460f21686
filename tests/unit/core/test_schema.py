"""What a schema has against a value, in words."""

import pytest

from onex.core.schema import MOST, problems
from onex.core.words import kind_of, name_of, nearest, shorten, suggest
from onex_contract import registry


def told(schema, value):
    """Pointer, message and hint of every problem."""
    found = problems(registry.compile_schema(schema), schema, value)
    return [(problem.pointer, problem.message, problem.hint) for problem in found]


CLOSED = {
    "required": ["name", "size"],
    "additionalProperties": False,
    "properties": {"name": {"description": "Its name."}, "size": {"type": "integer"}},
}


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (CLOSED, {"nme": 1, "size": 1}, [("/nme", "unknown key 'nme'", "did you mean 'name'?")]),
        (
            CLOSED,
            {"zzz": 1, "size": 1},
            [("/name", "missing key 'name'", None), ("/zzz", "unknown key 'zzz'", None)],
        ),
        (
            CLOSED,
            {"name": 1, "size": 1, "sizes": 2},
            [("/sizes", "unknown key 'sizes'", "did you mean 'size'?")],
        ),
        (
            {
                "required": ["name"],
                "properties": {"name": {}, "names": {}},
                "additionalProperties": False,
            },
            {"names": 1, "namess": 1},
            [("/namess", "unknown key 'namess'", "did you mean 'name'?")],
        ),
        ({"items": CLOSED}, [{"name": 1}], [("/0/size", "missing key 'size' in item [0]", None)]),
        (
            {"properties": {"a": CLOSED}},
            {"a": {"name": 1}},
            [("/a/size", "missing key 'size' in a", None)],
        ),
        (
            {"properties": {"a/~": {"type": "null"}}},
            {"a/~": 1},
            [("/a~1~0", "a/~ must be null, but is an integer: 1", None)],
        ),
        (
            {"type": ["array", "object"]},
            True,
            [("", "the document must be an array or an object, but is a boolean: true", None)],
        ),
        ({"type": "string"}, None, [("", "the document must be a string, but is null", None)]),
        (
            {"enum": ["draft", 3, None]},
            "drft",
            [("", "the document 'drft' is not one of draft, 3, null", "did you mean 'draft'?")],
        ),
        ({"const": "a"}, "b", [("", "the document must be 'a', but is 'b'", None)]),
        ({"minItems": 1}, [], [("", "the document must have at least 1 item, but is []", None)]),
        (
            {"maxLength": 2},
            "abc",
            [("", "the document must have at most 2 characters, but is 'abc'", None)],
        ),
        ({"pattern": "^a$"}, "b", [("", "the document 'b' does not have the form ^a$", None)]),
        (
            {"pattern": f"^({'a|' * 60}b)$"},
            "c",
            [("", "the document 'c' does not have the form that is wanted", None)],
        ),
        ({"format": "date"}, "x", [("", "the document 'x' is not of the format date", None)]),
        (
            {"uniqueItems": True},
            [1, 2, 2],
            [("/2", "the document holds 2 twice", "remove one of them")],
        ),
        (
            {"propertyNames": {"pattern": "^a"}},
            {"b": 1},
            [("/b", "the key 'b' is not a name that belongs here", None)],
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "array"}]},
            1,
            [("", "the document must be a string or an array, but is an integer: 1", None)],
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "array", "items": CLOSED}]},
            [{"name": 1}],
            [("/0/size", "missing key 'size' in item [0]", None)],
        ),
        (
            {"anyOf": [{"type": "string"}, {"enum": [1]}]},
            2,
            [("", "the document 2 is not one of 1", None)],
        ),
        (
            {"anyOf": [{"minimum": 3}, {"maximum": 1}]},
            2,
            [("", "the document has none of the forms that are allowed here: 2", None)],
        ),
        (
            {"oneOf": [{"minimum": 1}, {"maximum": 3}]},
            2,
            [("", "the document fits more than one of the forms of which it must have one", None)],
        ),
        (
            {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {},
            [("", "the document must have exactly one of the keys 'a' and 'b'", None)],
        ),
        (
            {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"a": 1, "b": 1},
            [("", "the document must have exactly one of the keys 'a' and 'b'", None)],
        ),
        (
            {"type": "integer"},
            "\x1b[0m\u202e",
            [("", "the document must be an integer, but is a string: '\\x1b[0m\\u202e'", None)],
        ),
    ],
)
def test_problem_says_what_was_expected_and_found(schema, value, expected):
    """The nearest place, plain words, and what was probably meant; one problem is told once."""
    assert told(schema, value) == expected


def test_what_the_schema_says_of_the_place():
    """A problem carries the description of its place, or of the nearest one around it."""
    schema = {"properties": {"a": {"description": "Some texts.", "items": {"type": "string"}}}}
    (item,) = problems(registry.compile_schema(schema), schema, {"a": [1]})
    (missing,) = problems(registry.compile_schema(CLOSED), CLOSED, {"size": 1})

    assert item.about == "Some texts."
    assert missing.about == "Its name."
    assert (item.at_key, missing.at_key) == (False, True)


def test_many_problems_are_cut_off():
    """A value that is wrong everywhere does not fill the screen."""
    schema = {"items": {"type": "string"}}

    assert len(told(schema, list(range(10 * MOST)))) == MOST


def test_i3_many_unknown_keys_are_cut_off_before_they_are_compared(monkeypatch):
    """Thirty thousand of them took a minute to find what was meant by each."""
    compared = []
    monkeypatch.setattr("onex.core.schema.nearest", lambda word, _: compared.append(word))

    assert len(told(CLOSED, {"name": 1, "size": 1} | {f"n{i}": 1 for i in range(999)})) == MOST
    assert len(compared) <= 2 * MOST


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ([], "the document"),
        (["a"], "a"),
        (["a", 0], "a[0]"),
        (["a", 0, 1], "a[0][1]"),
        ([0], "item [0]"),
        (["a", 0, "b"], "b"),
        (["a\n"], "a\\n"),
    ],
)
def test_name_of_a_place(path, name):
    """A place is called after its key, with indexes behind it."""
    assert name_of(path) == name


def test_words():
    """Values are shown short, kinds with an article, and guesses only when they are near."""
    assert shorten("x" * 100) == f"'{'x' * 58}…"
    assert [kind_of(value) for value in (None, True, 1, 1.5, "", [], {})] == [
        "null",
        "a boolean",
        "an integer",
        "a number",
        "a string",
        "an array",
        "an object",
    ]
    assert suggest("lifecyle", ["name", "lifecycle"]) == "did you mean 'lifecycle'?"
    assert suggest("zzz", ["name"]) is None
    assert nearest("", ["name"]) is None
