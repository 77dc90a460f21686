"""A case compares values as JSON has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.proof.cases import differences

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("expected", "found", "message"),
    [
        ({"a": 1}, {"a": 1.0}, ""),
        ({"a": 1}, {"a": True}, "/a is true; expected 1"),
        ({"a": 0}, {"a": False}, "/a is false; expected 0"),
        ({"a": [1, 2]}, {"a": [1]}, "/a has 1 items; expected 2"),
        ({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "y"}]}, "/a/1/b is 'y'; expected 'x'"),
        ({"a": 1}, {}, "/a is missing; expected 1"),
        ({}, {"a": 1}, "/a was not expected: 1"),
        ({"a": None}, {}, "/a is missing; expected null"),
        ({"a": {}}, {"a": []}, "/a is []; expected {}"),
        ({"a": 1}, None, 'the output is null; expected {"a": 1}'),
    ],
)
def test_the_first_difference_is_told(expected, found, message):
    """Where, what was found, what was expected."""
    assert differences(expected, found) == message


@given(VALUES)
def test_a_value_equals_itself(value):
    """No value differs from itself."""
    assert differences(value, value) == ""


@given(VALUES, VALUES)
def test_a_difference_works_both_ways(left, right):
    """Two values are equal in both directions or in neither."""
    assert bool(differences(left, right)) == bool(differences(right, left))
