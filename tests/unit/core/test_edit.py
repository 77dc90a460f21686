"""Setting members: the member changes, and nothing else does."""

import pytest

from onex.core import document
from onex.core.edit import set_members
from onex.errors import DocumentError

DIGEST = "0" * 63 + "1"


def edited(text: str, path: str = "node.onex", /, **members) -> str:
    return set_members(text.encode(), members, path).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hash: x", 'hash: "0"'),
        ("# a\nhash:   'x'  # c\n\nb: 1\n", "# a\nhash:   '0'  # c\n\nb: 1\n"),
        ("hash:\nb: 1\n", 'hash: "0"\nb: 1\n'),
        ("hash: # c\nb: 1\n", 'hash: "0" # c\nb: 1\n'),
        ("hash:\n  x\nb: 1\n", 'hash: "0"\nb: 1\n'),
        ("hash:\n  # a\n  b: 1 # c\n\n# d\nb: 1\n", 'hash: "0"\n  # a\n   # c\n\n# d\nb: 1\n'),
        ("b: 1\nhash:\n  c: 1", 'b: 1\nhash: "0"'),
        ("b: 1\r\nhash:\r\n- c", 'b: 1\r\nhash: "0"'),
        ("hash: |\n  x\n\n# c\nb: 1\n", 'hash: "0"\n\n# c\nb: 1\n'),
        ("hash: x\n  y\nb: 1\n", 'hash: "0"\nb: 1\n'),
        ("hash: [1,\n  2] # c\nb: 1\n", 'hash: "0" # c\nb: 1\n'),
        ("b: 1\n", 'b: 1\nhash: "0"\n'),
        ("b: 1", 'b: 1\nhash: "0"'),
        ("b: 1 # c\n# d\n", 'b: 1 # c\nhash: "0"\n# d\n'),
        ("  b: 1\r\n...\r\n", '  b: 1\r\n  hash: "0"\r\n...\r\n'),
        ("b: |+\n  x\n\n# c\n", 'b: |+\n  x\n\nhash: "0"\n# c\n'),
        ("a: 1\nb: |\n  x", 'a: 1\nhash: "0"\nb: |\n  x'),
        ("b:\n  c: >\n    x\n", 'b:\n  c: >\n    x\nhash: "0"\n'),
        ("b:\n-\n- c:\n", 'b:\n-\n- c:\nhash: "0"\n'),
        ("\ufeffé: ü\rhash: x\r", '\ufeffé: ü\rhash: "0"\r'),
        ("{hash: x, b: 1}", '{hash: "0", b: 1}'),
        ("{b, hash, c}", '{b, hash: "0", c}'),
        ("{b, hash: , c: 1}", '{b, hash:  "0", c: 1}'),
        ("{}", '{hash: "0"}'),
        ("{ }", '{hash: "0" }'),
        ("b: 1\rhash:\r  c: 1\r", 'b: 1\rhash: "0"\r'),
        ("hash:\n  x\t\nb: 1\n", 'hash: "0"\nb: 1\n'),
        ("\nhash:\n  x\n", '\nhash: "0"\n'),
        ("{ b: 1 }\n", '{ b: 1, hash: "0" }\n'),
        ("{b: 1,}", '{b: 1, hash: "0",}'),
        ("{\n  b: 1 # c\n}\n", '{\n  b: 1, # c\n  hash: "0"\n}\n'),
        ("{\n  b: 1,\n}\n", '{\n  b: 1,\n  hash: "0",\n}\n'),
        ("{\n  b: 1 }\n", '{\n  b: 1,\n  hash: "0" }\n'),
        ("{\n  b: 1 # c\n  ,\n}\n", '{\n  b: 1, # c\n  hash: "0"\n  ,\n}\n'),
        ('{"b": 1}', '{"b": 1, "hash": "0"}'),
    ],
)
def test_scalar_is_set(before, after):
    """Comments, order, line ends, indentation and marks are kept."""
    assert edited(before, hash="0") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("files: {} # c\n\nb: 1\n",
         f'files: # c\n  .a: "{DIGEST}"\n  b/c.py: "{DIGEST}"\n\nb: 1\n'),
        ("files: \t{}\n", f'files:\n  .a: "{DIGEST}"\n  b/c.py: "{DIGEST}"\n'),
        ("files: {}\r\n", f'files:\r\n  .a: "{DIGEST}"\r\n  b/c.py: "{DIGEST}"\r\n'),
        ("b: 1\nfiles:", f'b: 1\nfiles:\n  .a: "{DIGEST}"\n  b/c.py: "{DIGEST}"'),
        ("files: # c\n    # d\n    b: x # e\n\n# f\nb: 1\n",
         f'files: # c\n    # d\n    .a: "{DIGEST}"\n    b/c.py: "{DIGEST}" # e\n\n# f\nb: 1\n'),
        ("files:\n- a\nb: 1\n", f'files:\n  .a: "{DIGEST}"\n  b/c.py: "{DIGEST}"\nb: 1\n'),
        ("b: 1\n", f'b: 1\nfiles:\n  .a: "{DIGEST}"\n  b/c.py: "{DIGEST}"\n'),
        ("{b: 1}", f'{{b: 1, files: {{".a": "{DIGEST}", "b/c.py": "{DIGEST}"}}}}'),
        ("{\n  b: 1\n}\n",
         f'{{\n  b: 1,\n  files: {{\n    ".a": "{DIGEST}",\n    "b/c.py": "{DIGEST}"\n  }}\n}}\n'),
    ],
)  # fmt: skip
def test_mapping_is_set(before, after):
    """One sorted entry a line, quoted where it must be; digests are always in quotes."""
    # A leading dot needs quotes: `.a` is text, but `.5` is not.
    after = after.replace("  .a:", '  ".a":')

    assert edited(before, files={"b/c.py": DIGEST, ".a": DIGEST}) == after


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "a: null"),
        (True, "a: true"),
        (12, "a: 12"),
        (1.5, "a: 1.5"),
        ("", 'a: ""'),
        ("active", "a: active"),
        ("null", 'a: "null"'),
        ("Yes", 'a: "Yes"'),
        ("1.0.0", 'a: "1.0.0"'),
        ('é\n\u2028\x85\ufeff𝄞"\\', 'a: "é\\n\\u2028\\u0085\\ufeff𝄞\\"\\\\"'),
        ([], "a: []"),
        ({}, "a: {}"),
        ([1, {"b": []}], 'a: [1, {"b": []}]'),
        ({"c": {"d": 1, "b c": {}}, "b": [1]}, 'a:\n  b: [1]\n  c:\n    "b c": {}\n    d: 1'),
    ],
)
def test_value_is_spelled(value, line):
    """Each kind of value has one spelling, which reads as the value."""
    assert edited("a: draft", a=value) == line


def test_quotes_of_the_author_are_kept():
    """A text replaces a text in the same quotes, unless it cannot stand there."""
    assert edited("a: 'x'\n", a="it's") == "a: 'it''s'\n"
    assert edited("a: 'x'\n", a="b\nc") == 'a: "b\\nc"\n'
    assert edited('a: "x"\n', a="active") == 'a: "active"\n'


def test_equal_value_is_left_as_it_is_written():
    """Nothing is normalised: only a difference is written. 1 and true and 1.0 differ."""
    text = "a: 'x' # c\nb: {d: 1, c: [2]}\nn: 1\n"

    assert edited(text, a="x", b={"c": [2], "d": 1}, n=1) == text
    assert edited(text, n=True) == text.replace("n: 1", "n: true")
    assert edited(text, n=1.0) == text.replace("n: 1", "n: 1.0")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{"a": "active", "b": {"c": 1}}'),
        ('{"a":"draft","x":[1]}\n', '{"a":"active","x":[1], "b": {"c": 1}}\n'),
        ('{\r\n\t"a": 1\r\n}', '{\r\n\t"a": "active", "b": {"c": 1}\r\n}'),
        ('{\n    "b": {},\n    "a": "\\ud834\\udd1e"\n}\n',
         '{\n    "b": {\n      "c": 1\n    },\n    "a": "active"\n}\n'),
    ],
)  # fmt: skip
def test_json_stays_json(before, after):
    """JSON is edited as JSON: keys in quotes, escapes as they are, its own layout."""
    assert edited(before, "a.json", a="active", b={"c": 1}) == after


@pytest.mark.parametrize("value", ["0", {"a": "b"}])
@pytest.mark.parametrize("text", ["? hash\n? b\n", "? hash\n# a: b\n: x\n"])
def test_what_cannot_be_edited_is_refused(text, value):
    """A file is never broken: where the style is beyond the function, it says so."""
    with pytest.raises(DocumentError) as caught:
        edited(text, hash=value)

    problem = "the member 'hash' cannot be set in a file that is written this way"
    assert (caught.value.problem, caught.value.help) == (
        problem,
        "write `hash` in the form `key: value`, then run the command again",
    )


@pytest.mark.parametrize("text", ["- a\n", "text", "a: [", ""])
def test_text_must_be_a_mapping(text):
    """There is no member to set in anything else."""
    with pytest.raises(DocumentError):
        edited(text, a=1)


def test_value_must_be_json():
    """What has no spelling is the caller's fault, and nothing is written."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        edited("a: 1\n", a=float("nan"))


def test_result_that_is_too_large_is_refused():
    """The result must be readable again, so the limits of reading hold for it too."""
    with pytest.raises(DocumentError, match="cannot be set"):
        edited("a: 1\n", a="x" * document.MAX_BYTES)
