"""What the code of a node calls: by the names of its imports, and never by running it."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.validate import calls
from onex.validate.code import MOST_BYTES

# A file, and what it imports and calls.
FILES = {
    "import": ("import a.b.c\na.b.c.d()", ["a.b.c", "a.b.c.d"]),
    "as": ("import a.b as c\nc.d()", ["a.b", "a.b.d"]),
    "from": ("from a.b import c as d\nd.e()", ["a.b.c", "a.b.c.e"]),
    "star": ("from a import *\nb()", ["a.*"]),
    "relative": ("from . import a\nfrom .a import b\na.c()\nb()", [".c"]),
    "in a function": ("def f():\n  import a\n  a.b()", ["a", "a.b"]),
    "bound otherwise": ("import a\ndef f(a): a.b()", ["a", ".b"]),
    "assigned otherwise": ("import a\na = 1\na.b()", ["a", ".b"]),
    "built in": ("open('x')", ["open"]),
    "built in, bound": ("def open(x): ...\nopen('x')", []),
    "method of a call": ("import a\na.b().c()", ["a", ".c", "a.b"]),
    "for types": ("from typing import TYPE_CHECKING\nif TYPE_CHECKING: import a", None),
    "for types, else": ("import t\nif t.TYPE_CHECKING:\n import a\nelse:\n import b", ["t", "b"]),
    "as a script": ("if __name__ == '__main__':\n import a\n a.b()", []),
    "unparsable": ("import a\ndef", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_imported_and_called(name):
    """A name stands for what its import says, unless the file binds it in another way as well."""
    text, expected = FILES[name]
    found = [use.name for use in calls.uses(text.encode()).all]

    assert found == (["typing.TYPE_CHECKING"] if expected is None else expected)


BEGINNINGS = [
    ("'/a'", "/a"),
    ("'/a' + x + '/b'", "/a"),
    ("f'/a/{x}'", "/a/"),
    ("f'{x}/a'", None),
    ("'/a/%s' % x", "/a/%s"),
    ("P('/a') / x / 'b'", "/a"),
    ("P('/a').joinpath(x)", "/a"),
    ("P.home() / x", "~"),
    ("os.path.join('/a', x)", "/a"),
    ("os.path.expanduser(ONCE)", "~/a"),
    ("ONCE", "~/a"),
    ("TWICE", None),
    ("ROUND", None),
    ("x", None),
    ("b'/a'", None),
    ("7", None),
]

HEAD = """\
import os
from pathlib import Path as P
ONCE = "~/a"
TWICE = "/a"
ROUND = ROUND + "/a"
def f(): global TWICE; TWICE = "/b"
"""


@pytest.mark.parametrize(("text", "expected"), BEGINNINGS)
def test_how_a_path_begins(text, expected):
    """As far as it stands there; what is not known is not guessed."""
    expression = ast.parse(text, mode="eval").body

    assert calls.uses(HEAD.encode()).beginning(expression) == expected


@pytest.mark.parametrize(
    "text",
    ["a = 1\n", "a.", "open(", "f(f(", "import a\n", "if x:\n ", "a+", "[", "\0", "x=x\n", "a/b/"],
)
def test_hostile_code_is_read_in_time_or_not_at_all(text):
    """Whatever a large file holds: an answer, and no more than its length asks for."""
    data = (text * MOST_BYTES)[: MOST_BYTES // 4].encode()

    assert len(calls.uses(data).all) <= len(data)


@given(st.text(alphabet="abopen().=:\n '/_,[]{}fimprt*", max_size=80))
def test_any_text_has_an_answer(text):
    """No text of a file is a fault of onex, and each use has a place in it."""
    for use in calls.uses(text.encode()).all:
        assert 1 <= use.at[0] <= text.count("\n") + 1
        assert use.at[1] >= 1
