"""JSON over several lines is that of the standard library, to the byte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.layout import indented, pretty

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES, st.booleans())
def test_the_bytes_are_those_of_the_standard_library(value, ascii_only):
    """OVC-13: indent=2, sort_keys=True."""
    told = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=ascii_only)

    assert indented(value, ascii_only=ascii_only) == told


def test_pretty_ends_its_last_line():
    """A file of text ends with a line end."""
    assert pretty({"é": [1, {}], "a": []}) == '{\n  "a": [],\n  "é": [\n    1,\n    {}\n  ]\n}\n'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_of_json_is_refused(number):
    """ONEX-R-08: no reader could read it."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        indented({"a": [number]})
