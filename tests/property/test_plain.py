"""The law of plain YAML: it is read as all YAML is, or left alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.strategies_yaml import MAPPINGS, Author

from onex.core import plain, yaml
from onex.errors import DocumentError

DOCUMENT = """\
# A node as onex and people write it.
metadata_version: "1.0.0"
name: clean   # the folder
owner: data team, at 12:30
lifecycle: draft

entrypoint:
  type: cli
  args: [--sort, {input: file}, {input: limit, flag: "--lines"}]
dependencies:
- {node: demo.clean, version: ">=1.0"}
tags:
  - a
  - "b: c"
  - -1.5
trust:
  minimum: null
  snapshot: {score: null, samples: 0, level: unrated}
files:
  node.py: "7f6dd54f"
  "a b.txt": "598b4767"
"""

VALUE = {
    "metadata_version": "1.0.0",
    "name": "clean",
    "owner": "data team, at 12:30",
    "lifecycle": "draft",
    "entrypoint": {
        "type": "cli",
        "args": ["--sort", {"input": "file"}, {"input": "limit", "flag": "--lines"}],
    },
    "dependencies": [{"node": "demo.clean", "version": ">=1.0"}],
    "tags": ["a", "b: c", -1.5],
    "trust": {
        "minimum": None,
        "snapshot": {"score": None, "samples": 0, "level": "unrated"},
    },
    "files": {"node.py": "7f6dd54f", "a b.txt": "598b4767"},
}

HEADS = "a|b|c|'a'|\"\"|true|1|$r|a b|é|x-y|/a|.a|<<|# c|&a a|? a|-|- a|- - a|%a|...|---|\ufeffa"
SIGNS = (
    ": |:|, |,| |  |\n|\n  |\n- |#| #|- |-|{|}|[|]|\"|'||>|&|*|!|%|@|`|?|\\|~|null|true|1|-1|1.5"
    "|01|0x1|1e400|.5|.inf|a|é|x y|1:30|2026-01-31|a: b|a:b|\"b\"|'c'|{a: b}|[a, b]|\t|\r|\x7f|\0"
    "|\x85|\u2028|\xa0"
)

head = st.sampled_from(HEADS.split("|"))
sign = st.sampled_from(SIGNS.split("|"))
space = st.sampled_from(["", "", "", " ", "  ", "  ", "    "])
line = st.builds("{}{}:{}{}".format, space, head, space, st.lists(sign, max_size=4).map("".join))


@st.composite
def spoilt(draw):
    """A few lines of a plain document, with other signs in some places."""
    lines = DOCUMENT.split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[start : start + draw(st.integers(1, 8))])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(sign) + text[at + draw(st.integers(0, 3)) :]
    return text


def is_read_alike(text):
    """Whether a text that plain YAML reads has the same value, kinds included, for all YAML."""
    data = text.encode()
    found = plain.read(data)
    if found is None:
        return True
    try:
        return repr(found) == repr(yaml.parse(data, "a.yaml"))
    except DocumentError:
        return False


def test_plain_yaml_is_read_without_a_parser():
    """What nodes are written in is plain."""
    assert plain.read(DOCUMENT.encode()) == VALUE == yaml.parse(DOCUMENT.encode(), "a.yaml")


@pytest.mark.parametrize(
    "text",
    ["", "# a\n", "a", "- a\n", "a: 1\na: 2", "a: {b: 1, b: 2}", "a: 01", "a: 'b'", "a: |\n  b"],
)
def test_all_else_is_left_to_the_parser(text):
    """What is empty, wrong, or written in another way is not plain."""
    assert plain.read(text.encode()) is None


@settings(max_examples=500)  # they are cheap, and few are both plain and strange
@given(spoilt() | st.lists(line, max_size=6).map("\n".join))
@example('"":')
@example("a:\n- b\nc: {d : e}")
@example("a: b\n  c")
@example("a: b\r  c")
@example("a: b\t")
@example("a: b\x7f")
@example("a: b é\u2028c")
@example("null: a")
@example("a:\nb: 1")
@example("a:\nb:\n  c:\n- d")
@example("a:\n-\n  b: 1")
@example("a: {b:c}")
@example("a: b: c")
@example("a:\n  b: c\n- d")
def test_what_is_read_as_plain_is_read_alike_by_the_parser(text):
    """Nothing is read in another way, and nothing that is refused."""
    assert is_read_alike(text)


@given(MAPPINGS, st.data())
def test_documents_of_people_are_read_alike_too(value, data):
    """In any of the styles of the language."""
    assert is_read_alike(Author(data).document(value))
