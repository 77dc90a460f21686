"""Edits at a pointer: one value changes, and every other byte stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.canonical import escape
from onex.core.edit_at import Page
from onex.core.spans import apply
from onex.core.yaml import parse

TEXT = """\
# head
a: 1.10 # one
items:
  # first
  - code: X
    reason: |
      text

  - code: 'Y' # y
    n: {a: 1, "b": [1, 2, 3]}
empty:
z: "q"
"""


def page(text=TEXT, name="a.yaml"):
    """The page of a text."""
    return Page(text.encode(), name)


@pytest.mark.parametrize(
    ("pointer", "gone"),
    [
        ("/a", "a: 1.10 # one\n"),
        ("/items/0", "  - code: X\n    reason: |\n      text\n"),
        ("/items/1", "  - code: 'Y' # y\n    n: {a: 1, \"b\": [1, 2, 3]}\n"),
        ("/items/1/n/b/0", "1, 2"),
        ("/items/1/n/b/2", ", 3"),
        ("/items/1/n/a", 'a: 1, "b"'),
        ("/items/0/reason", "    reason: |\n      text\n"),
        ("/empty", "empty:\n"),
        ("/z", 'z: "q"\n'),
    ],
)
def test_remove(pointer, gone):
    """A value goes with its key and its lines, and takes no comment above it along."""
    left = apply(TEXT, page().remove(pointer))
    if pointer.startswith("/items/1/n/"):
        gone = {"/items/1/n/b/0": "1, ", "/items/1/n/b/2": ", 3", "/items/1/n/a": "a: 1, "}[pointer]
        start = TEXT.index(gone, TEXT.index("[1" if "b/0" in pointer else "{"))
        assert left == TEXT[:start] + TEXT[start + len(gone) :]
    else:
        assert left == TEXT.replace(gone, "", 1)


@pytest.mark.parametrize(
    ("call", "arguments", "old", "new"),
    [
        ("set", ("/a", "1.10"), "1.10 #", '"1.10" #'),
        ("set", ("/items/1/code", "it's"), "'Y'", "'it''s'"),
        ("set", ("/items/1/n/b/1", 7), ", 2,", ", 7,"),
        ("set", ("/z", "r"), '"q"', '"r"'),
        ("rename", ("/items", "parts"), "items:", "parts:"),
        ("rename", ("/items/1/n/b", "c"), '"b"', '"c"'),
        ("rename", ("/a", "no"), "a: 1.10", '"no": 1.10'),
    ],
)
def test_set_and_rename(call, arguments, old, new):
    """What is written is quoted as what was there, where that says the same."""
    assert apply(TEXT, getattr(page(), call)(*arguments)) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("set", ("/items", 1)),
        ("set", ("/empty", 1)),
        ("set", ("/no", 1)),
        ("rename", ("/items/0", "a")),
        ("rename", ("/no", "a")),
        ("remove", ("",)),
        ("remove", ("/no",)),
        ("remove", ("/items/7",)),
        ("insert", ("/items", 0, "a")),
    ],
)
def test_what_cannot_be_edited_is_left_alone(call, arguments):
    """Where there is nothing to edit, or no safe way, there are no edits."""
    assert getattr(page(), call)(*arguments) == []


def test_a_text_is_told_as_it_is_written():
    """A number keeps the zeros that its value lost."""
    assert page().written("/a") == "1.10"
    assert page().written("/items") is None
    assert page().written("/no") is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("e:\n# x\n- a/ # y\n- b/\n", [3, 16, 21]),
        ("e:\r\n- a/\r\n", [4, 10]),
        ("e:\n- a/", [3, 7]),
        ("e:\n", [3]),
        ("e: [a/]\n", None),
        ("f: 1\n", None),
    ],
)
def test_lines_of_a_list(text, lines):
    """The lines of an item begin with the comments above it."""
    assert page(text).lines_of("/e") == lines


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("e: []", 0, "e: [x/]"),
        ("e: [a/, b/]", 0, "e: [x/, a/, b/]"),
        ("e: [a/, b/]", 1, "e: [a/, x/, b/]"),
        ("e: [a/, b/]", 2, "e: [a/, b/, x/]"),
    ],
)
def test_insert_into_brackets(text, number, wanted):
    """An item goes in front of the one that bears its number."""
    assert apply(text, page(text).insert("/e", number, "x/")) == wanted


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text("ab: #'\"\n", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab~/", min_size=1), inner, max_size=3)
    ),
    max_leaves=8,
)


def pointers(value, base=""):
    """The pointers of all values in ``value``."""
    yield base
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, item in items:
        yield from pointers(item, f"{base}/{escape(str(name))}")


@given(st.dictionaries(st.text("ab~/", min_size=1), VALUES, min_size=1, max_size=3), st.data())
def test_any_value_of_any_document(value, data):
    """Any single value can be set, any other removed, and the rest says what it said (JSON, flow)."""
    text = json.dumps(value)
    pointer = data.draw(st.sampled_from([*pointers(value)][1:]))

    removed = parse(apply(text, page(text).remove(pointer)).encode(), "a.yaml")
    reset = parse(apply(text, page(text).set(pointer, "new")).encode(), "a.yaml")

    assert len([*pointers(removed)]) < len([*pointers(value)])
    assert pointer not in {*pointers(removed)} or pointer.rpartition("/")[2].isdecimal()
    assert {*pointers(reset)} == {*pointers(value)}
