"""The house form: each decision by example, and what it leaves alone."""

import json
from pathlib import Path

import pytest

from onex.core import house, tidy
from onex.core.house import WIDTH, house_form
from onex.errors import DocumentError

ORDER = ("name", "version", "files", "hash")
SCHEMAS = Path(__file__).parents[3] / "schemas"


def formatted(text: str, path: str = "node.onex") -> str:
    return house_form(text.encode(), path, ORDER).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeffa: 1\r\nb: 2", "a: 1\nb: 2\n"),
        ("a: 1  \n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("a:\n    b:\n         c: 1\n", "a:\n  b:\n    c: 1\n"),
        ("a:\n- 1\n-   b: 1\n    c: 2\n", "a:\n  - 1\n  - b: 1\n    c: 2\n"),
        ("a:\n-\n  - 1\n  - - 2\n-\n", "a:\n  - - 1\n    - - 2\n  -\n"),
        ("version: 1\nname: 2\nx-a: 3\n", "name: 2\nversion: 1\nx-a: 3\n"),
        ("hash: 1\nx-b: 2\nfiles: 3\nx-a: 4\n", "x-b: 2\nx-a: 4\nfiles: 3\nhash: 1\n"),
        ("# v\nversion: 1 # w\n# n\nname: 2\n", "# n\nname: 2\n# v\nversion: 1 # w\n"),
        ("# top\n\nversion: 1\nname: 2\n", "# top\n\nname: 2\nversion: 1\n"),
        ("version: 1\nname: 2\n# end\n", "name: 2\nversion: 1\n# end\n"),
        (
            "a:\n  b: 1\n  # below b\n# above c\nc: 1\n",
            "a:\n  b: 1\n  # below b\n# above c\nc: 1\n",
        ),
        ("a: # a\n  b: 1\n", "a: # a\n  b: 1\n"),
        ("a:\n  # above 1\n  1 # beside 1\n", "# above 1\na: 1 # beside 1\n"),
        ("a: 1      # one\nbb: 2     # two\n", "a: 1      # one\nbb: 2     # two\n"),
        ("a: 1\t# one\n", "a: 1 # one\n"),
        ("a: {b: 1,c: [ 1,2 ]}\n", "a: {b: 1, c: [1, 2]}\n"),
        ("a: {\n  b: 1,\n}\n", "a:\n  b: 1\n"),
        ("a: [1,\n  2]\n", "a: [1, 2]\n"),
        ("a: [1, # one\n  2] # two\n", "a:\n  - 1 # one\n  - 2\n  # two\n"),
        ("a: { # none\n  }\n", "# none\na: {}\n"),
        ("a: [b: 1, {c}, 'd\n  e']\n", 'a: [{b: 1}, {c: null}, "d e"]\n'),
        ("? a\n: b\n", "a: b\n"),
        ("a:\nb: ''\n", "a:\nb: ''\n"),
        (
            "a: no\nb: 'no'\nc: 12:30:45\nd: 2026-01-31\n",
            'a: "no"\nb: \'no\'\nc: "12:30:45"\nd: "2026-01-31"\n',
        ),
        ("on: [yes, null, true, 1, 1_0]\n", '"on": ["yes", null, true, 1, "1_0"]\n'),
        ("a: b\n    c\n\n    d\n", "a: b\n  c\n\n  d\n"),
        ('a: "b\n    c \\\n    d"\n', 'a: "b\n  c \\\n  d"\n'),
        ("a: |  # c\n     b\n      c\n", "a: | # c\n  b\n   c\n"),
        ("a: |4-\n      b\n", "a: |2-\n    b\n"),
        ("a: |\n  b", "a: |-\n  b\n"),
        ("a: |+\n  b\n\n\nc: 1\n", "a: |+\n  b\n\n\nc: 1\n"),
        ("a: |\n  b  \n", "a: |\n  b  \n"),
        ("a: >-\n   b\n   c\n\n# d\n", "a: >-\n  b\n  c\n\n# d\n"),
        ("{version: 1, name: 2}\n", "{\n  name: 2,\n  version: 1\n}\n"),
        ("{ # top\n  b: 1, # b\n  # c\n  c: 2 }\n", "{\n  # top\n  b: 1, # b\n  # c\n  c: 2\n}\n"),
        ("{}\n", "{}\n"),
        ("a:\n- |+\n  b\n\n# c\n- d\n", "a:\n  - |+\n    b\n\n  # c\n  - d\n"),
        ("a:\n- [\n  # c\n  b]\n", "a:\n  # c\n  - - b\n"),
        (f"? {'k' * 1001}\n: 1\n", f"? {'k' * 1001}\n: 1\n"),
    ],
)
def test_yaml(before, after):
    """Order, indentation, comments, brackets, quotes, line ends."""
    assert formatted(before) == after
    assert formatted(after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"version":1,"name":{"a":[1,2.50],"b":{}}}', '{\n  "name": {"a": [1, 2.50], "b": {}},\n  "version": 1\n}\n'),
        ('{"a": {\n"b": 1}}', '{\n  "a": {\n    "b": 1\n  }\n}\n'),
        ('{"a": "\\u00e9"}', '{\n  "a": "\\u00e9"\n}\n'),
        (
            json.dumps({"a": {"b": "x" * WIDTH}}),
            '{\n  "a": {\n    "b": "' + "x" * WIDTH + '"\n  }\n}\n',
        ),
    ],
)  # fmt: skip
def test_json(before, after):
    """JSON stays JSON; what is too wide or was spread is spread."""
    assert formatted(before, "state_contract.json") == after
    assert formatted(after, "state_contract.json") == after


@pytest.mark.parametrize("width", [WIDTH, WIDTH + 1])
def test_brackets_reach_to_the_edge_and_no_further(width):
    """The last column is inside."""
    line = f"a: [{'x' * (width - 8)}, b]"

    assert (formatted(line) == f"{line}\n") is (width == WIDTH)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", "not YAML"),
        ("- a", "a mapping was expected at the top level"),
        ("a: &x 1", "anchors"),
    ],
)
def test_what_cannot_be_read_is_refused(text, problem):
    """The reader's own words, with the place."""
    with pytest.raises(DocumentError, match=problem):
        formatted(text)


@pytest.mark.parametrize("written", [b"a: 2\n", b"a: [\n"])
def test_what_would_say_something_else_is_not_handed_back(monkeypatch, written):
    """The last thing that is looked at is what the new text says."""
    monkeypatch.setattr(house, "write", lambda *_, **__: written)

    with pytest.raises(DocumentError, match="cannot be brought into house form"):
        formatted("a: 1")


def test_the_order_is_that_of_the_schema():
    """Nobody keeps a second list of the keys."""
    contract = json.loads((SCHEMAS / "state_contract.schema.json").read_text())
    node = [
        line.strip(" :")
        for line in (SCHEMAS / "onex_node.yaml")
        .read_text()
        .partition("\nproperties:\n")[2]
        .split("\n")
        if line.startswith("  ") and line[2] != " " and line.endswith(":")
    ]

    assert list(tidy.CONTRACT_KEYS) == list(contract["properties"])
    assert list(tidy.NODE_KEYS) == node
