"""YAML out: what is written is read back, by onex and by others (ONEX-R-11)."""

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from onex.core.patch import same
from onex.core.yaml import parse
from onex.core.yaml_writer import LONGEST_KEY, write

TRICKY = [
    "",
    "no",
    "~",
    "null",
    "1",
    "1e3",
    "0x1F",
    "2025-05-14T08:01:12Z",
    "=",
    "<<",
    "- a",
    "a: b",
    "#",
    "%",
    "'",
    '"',
    "\\",
    "\x85",
    "\u2028",
    "\ufeff",
    "\x00",
    "\x7f",
    "\n",
    " a ",
    "\U0001f600",
    "\uffff",
    "{",
    "*a",
    "&a",
    "!t",
]
TEXTS = st.sampled_from(TRICKY) | st.text(max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_written_is_read(value):
    """YAML → value equals the JSON export, whoever reads it."""
    text = write(value)

    assert same(parse(text.encode(), "a.yaml"), value)
    assert same(pyyaml.safe_load(text), value)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_equal_values_are_equal_bytes(value):
    """Order of keys in memory is no difference."""
    assert write(dict(reversed(value.items()))) == write(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}\n"),
        ([], "[]\n"),
        ("no", '"no"\n'),
        (1e16, "1.0e+16\n"),
        (1e-7, "1.0e-07\n"),
        (
            {"b": [1, {"c": None, "a": True}, []], "a": {"x": {}}},
            '"a":\n  "x": {}\n"b":\n  - 1\n  -\n    "a": true\n    "c": null\n  - []\n',
        ),
        ("\x85\u2028\U0001f600\ufeff", '"\\u0085\\u2028\U0001f600\\uFEFF"\n'),
        ("\U000e0001", '"\\U000E0001"\n'),
    ],
)
def test_form(value, text):
    """Block style, texts in double quotes, escapes for what does not print."""
    assert write(value) == text


@pytest.mark.parametrize("length", [1, LONGEST_KEY - 2, LONGEST_KEY - 1, 1022, 1023, 5000])
def test_a_long_key_is_read_back(length):
    """Readers look for the end of a key no further than 1024 characters."""
    value = {"a": [{"k" * length: {"b": 1}, "x": 2}]}

    assert parse(write(value).encode(), "a.yaml") == value
    assert pyyaml.safe_load(write(value)) == value
