"""JSON in: what RFC 8259 says, and nothing that two readers would read differently."""

import pytest

from onex.core import json
from onex.errors import DocumentError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, -0.5, 1e3, true, false, null, ""]}', {"a": [1, -0.5, 1e3, True, False, None, ""]}),
        (' \t\r\n"x"\n', "x"),
        ('"\\ud834\\udd1e\\u0000\\/"', "𝄞\0/"),
        ('"\u2028 \x7f \ufeff"', "\u2028 \x7f \ufeff"),
        ("9007199254740993", 9007199254740993),
        ("1" * 4300, int("1" * 4300)),
        ("[" * 64 + "]" * 64, None),
        ('["' + "[" * 100 + '"]', ["[" * 100]),
    ],
)  # fmt: skip
def test_text_has_one_value(text, value):
    """Numbers keep their kind, and integers all their digits."""
    found = json.parse(text.encode(), "case.json")

    assert value is None or (found, repr(found)) == (value, repr(value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: not JSON: the file is empty"),
        ("\n \n", "3:1: not JSON: the file is empty"),
        ("\ufeff{}", "1:1: a byte order mark, which JSON does not have;"
         " save the file as UTF-8 without it"),
        ('{"a": 1,\n "b": {"a": 2},\r\n "\\u0061": 3}', "3:2: the key 'a' stands twice,"
         " on lines 1 and 3"),
        ("[NaN]", "1:2: NaN is no number of JSON; write null, or a text"),
        ("[\r-Infinity]", "2:1: -Infinity is no number of JSON; write null, or a text"),
        ("[1, 1e400]", "1:5: '1e400' is too large for a number; quote it if it is text"),
        ("1" * 4301, "1:1: a number of 4301 characters; at most 4300 are read"),
        ('["é", "\\uD800"]', "1:7: half of a surrogate pair;"
         " a character beyond U+FFFF takes two \\u escapes"),
        ('{"\\udc00": 1}', "1:2: half of a surrogate pair;"
         " a character beyond U+FFFF takes two \\u escapes"),
        ("[" * 65 + "]" * 65, "1:65: nested deeper than 64 levels"),
        ("[1,]", "1:3: not JSON: the ',' before a ']' is one too many"),
        ('{"a": 1 ,\n }', "1:9: not JSON: the ',' before a '}' is one too many"),
        ("[01]", "1:3: not JSON: a ',' was expected, '1' stands here"),
        ('{"a" 1}', "1:6: not JSON: a ':' was expected, '1' stands here"),
        ("{a: 1}", "1:2: not JSON: a key in double quotes was expected, 'a' stands here"),
        ("[1", "1:3: not JSON: a ',' was expected, the end stands here"),
        ('["a\nb"]', "1:4: not JSON: a control character inside quotes; write it as an escape"),
        ('["\\x"]', "1:3: not JSON: no such escape in JSON; double the '\\'"),
        ('["\\u12"]', "1:4: not JSON: a \\u needs four hexadecimal digits"),
        ("5e365ec2", "1:1: '5e365' is too large for a number; quote it if it is text"),
        ('["a', "1:2: not JSON: the quotes that open here are never closed"),
        ("1 2", "1:3: not JSON: something stands behind the end of the value"),
        ("[1}", "1:3: not JSON: a ',' was expected, '}' stands here"),
        ("[1,x]", "1:4: not JSON: a value was expected, 'x' stands here"),
        ('[{"a": ' * 32 + "[]", "1:225: nested deeper than 64 levels"),
        ('{"a": ' * 65 + "1" + "}" * 65, "1:385: nested deeper than 64 levels"),
        ('[{"a": ' * 33 + "1" + "}]" * 33, "1:225: nested deeper than 64 levels"),
        ("[" + "[]," * 70 + "NaN]", "1:212: NaN is no number of JSON; write null, or a text"),
        ("[" + "{}," * 70 + "NaN]", "1:212: NaN is no number of JSON; write null, or a text"),
        ("[[1][2]]" * 13, "1:5: not JSON: a ',' was expected, '[' stands here"),
        ('{"a": ' * 70 + '"\\x"', "1:385: nested deeper than 64 levels"),
        ('["\\x", ' + "[" * 65, "1:3: not JSON: no such escape in JSON; double the '\\'"),
        ('["\\x", "\\ud834\\udd1e"]', "1:3: not JSON: no such escape in JSON; double the '\\'"),
    ],
)  # fmt: skip
def test_refusal_says_where_and_why(text, message):
    """The place is that of the offence, whatever the parser saw last."""
    with pytest.raises(DocumentError) as caught:
        json.parse(text.encode(), "case.json")

    assert str(caught.value) == f"case.json:{message}"


def test_most_values_are_counted():
    """The limit is on values, whatever they are."""
    assert json.parse(b"[" + b"1," * 99_998 + b"1]", "p") == [1] * 99_999
    with pytest.raises(DocumentError, match="1:200000: more than 100000 values"):
        json.parse(b"[" + b"1," * 99_999 + b"1]", "p")


FULL = [
    "[1,1,1,1,1]",
    "[[],[],[],[],[]]",
    "[{},{},{},{},{}]",
    "[[[[[[]]]]]]",
    '{"a":{"a":{"a":{"a":{"a":{}}}}}}',
    '{"a":1,"b":1,"c":1,"d":1,"e":1}',
    '[{"a":[]},{"a":[]},1]',
]
"""Six values each."""


@pytest.mark.parametrize("text", FULL)
def test_each_kind_of_value_counts_once(text, monkeypatch):
    """Collections count as one, and so do their members; keys and ends do not."""
    monkeypatch.setattr(json, "MAX_NODES", 6)
    assert json.parse(text.encode(), "p") is not None
    monkeypatch.setattr(json, "MAX_NODES", 5)
    with pytest.raises(DocumentError, match="more than 5 values"):
        json.parse(text.encode(), "p")


def test_positions_lead_to_keys_and_values():
    """Every value has a place, and its key has one if it is a member."""
    spots = json.positions('{"é": 1,\r\n "b": ["\\"[", {}]}'.encode())
    found = {
        pointer: (spots.find(pointer).key, spots.find(pointer).value)
        for pointer in ("", "/é", "/b", "/b/0", "/b/1")
    }

    assert found == {
        "": (None, (1, 1)),
        "/é": ((1, 2), (1, 7)),
        "/b": ((2, 2), (2, 7)),
        "/b/0": (None, (2, 8)),
        "/b/1": (None, (2, 15)),
    }


def test_state_may_be_larger_than_a_document():
    """A state is as strict, but the limit on values is for documents alone."""
    data = b'["\\ud834\\udd1e"' + b",1" * 100_000 + b"]"

    assert json.parse_state(data, "p") == ["𝄞", *[1] * 100_000]
    with pytest.raises(DocumentError, match="1:65: nested deeper than 64 levels"):
        json.parse_state(b"[" * 65 + b"]" * 65, "p")
