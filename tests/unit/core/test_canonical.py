"""The one spelling of a value; the laws stand in tests/property/test_lock.py."""

import pytest

from onex.core.canonical import (
    canonical_bytes,
    digest,
    escape,
    find_float,
    golden_bytes,
    state_digest,
)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ({"b": 1, "a": [None, True]}, b'{"a":[null,true],"b":1}'),
        ({"\ue000": 1, "\U00010000": 2}, '{"\U00010000":2,"\ue000":1}'.encode()),
        ([1.0, -0.0, 1e21, 1e-7, 0.1], b"[1,0,1e+21,1e-7,0.1]"),
        ("\u2028\x7f\x1f", b'"\xe2\x80\xa8\x7f\\u001f"'),
        (2**53 - 1, b"9007199254740991"),
        (1 - 2**53, b"-9007199254740991"),
        ({"a": {"b": 1.0}}, b'{"a":{"b":1}}'),
    ],
)
def test_spelling_is_that_of_rfc_8785(value, data):
    """Keys sort by UTF-16 units, numbers are written as ECMAScript does."""
    assert canonical_bytes(value) == data


@pytest.mark.parametrize(
    "value", [2**53, -(2**53), {"a": 2**53}, float("nan"), float("inf"), "\ud800", {"\udfff": 1}]
)
def test_value_without_a_spelling_is_refused(value):
    """What readers do not agree on has no digest."""
    with pytest.raises(ValueError, match=r"."):
        digest([value])


def test_golden_spelling():
    """Integers of any size, keys by code point, floats as they are, nothing that is not finite."""
    assert golden_bytes({"\U00010000": 2**70, "\ue000": 1.0}) == (
        '{"\ue000":1.0,"\U00010000":1180591620717411303424}'.encode()
    )
    assert state_digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    with pytest.raises(ValueError, match="not JSON compliant"):
        golden_bytes(float("nan"))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a/~": [1, 2.0]}, "/a~1~0/1"),
        (1.5, ""),
        ({"a": 1.5, "b": [1], "c": {"d": 1}}, "/a"),
        ([1.5, [1], {"d": 1}], "/0"),
        ({"a": [1, "2.0", True, None]}, None),
    ],
)
def test_float_is_found(value, place):
    """A document holds no floats; the one that it does hold is named."""
    assert find_float(value) == place


def test_pointer_token():
    """RFC 6901: `~` before `/`."""
    assert escape("a/b~1") == "a~1b~01"
