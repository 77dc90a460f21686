"""Patches: what `diff` makes turns one value into the other, to the digit, and nothing else fits."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.patch import apply, diff, same

KEYS = st.sampled_from(["", "a", "/", "~", "~1", "a/b", "é", "0"])
SCALARS = st.sampled_from([None, True, False, 0, 1, 1.0, 0.0, -0.0, 2**70, "", "1", "a"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_a_patch_makes_the_one_of_the_other(before, after):
    """F: a document of others comes back to the digit; neither value is touched."""
    told = copy.deepcopy((before, after))
    patch = diff(before, after)
    made = apply(before, patch)

    assert repr(made) == repr(after) or (made == after and same(made, after))
    assert repr((before, after)) == repr(told)


@given(VALUES, VALUES)
def test_a_patch_is_empty_when_nothing_differs(before, after):
    """1, 1.0 and true differ, and so do the zeros."""
    assert (diff(before, after) == []) is same(before, after)
    assert same(before, copy.deepcopy(before))
    assert (repr(before) == repr(after)) <= same(before, after)


@given(VALUES, VALUES)
def test_a_patch_is_not_changed_by_its_use(before, after):
    """What a later step changes inside a value of the patch is a copy."""
    patch = diff(before, after)
    patch += [
        {"op": "replace", "path": "", "value": {"a": [0]}},
        {"op": "replace", "path": "/a/0", "value": 1},
    ]
    told = copy.deepcopy(patch)

    assert apply(before, patch) == {"a": [1]}
    assert patch == told


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, 1.0), (1, True), (0, False), (0.0, -0.0), ("1", 1), ([], {}), (None, False)],
)
def test_what_equals_in_python_alone_is_not_the_same(left, right):
    """A digest is over the digits."""
    assert not same({"a": [left]}, {"a": [right]})


@pytest.mark.parametrize(
    ("patch", "told"),
    [
        (None, "a list of steps"),
        ({}, "a list of steps"),
        (["x"], "a step of a patch is an object"),
        ([{}], "adds or replaces"),
        ([{"op": "move", "path": "/a", "value": 1}], "adds or replaces"),
        ([{"op": ["add"], "path": "/a", "value": 1}], "adds or replaces"),
        ([{"op": "add", "path": "/a"}], "adds or replaces"),
        ([{"op": "remove", "path": "/a", "value": 1}], "adds or replaces"),
        ([{"op": "add", "path": 1, "value": 1}], "a JSON pointer"),
        ([{"op": "add", "path": "a", "value": 1}], "a JSON pointer"),
        ([{"op": "remove", "path": ""}], "a JSON pointer"),
        ([{"op": "replace", "path": "/b", "value": 1}], "there is no /b"),
        ([{"op": "remove", "path": "/b"}], "there is no /b"),
        ([{"op": "add", "path": "/b/c", "value": 1}], "there is no /b/c"),
        ([{"op": "replace", "path": "/a/2", "value": 1}], "there is no /a/2"),
        ([{"op": "replace", "path": "/a/01", "value": 1}], "there is no /a/01"),
        ([{"op": "replace", "path": "/a/-", "value": 1}], "there is no /a/-"),
        ([{"op": "replace", "path": f"/a/{'1' * 5000}", "value": 1}], "there is no /a/1"),
        ([{"op": "replace", "path": "/a/\u0660", "value": 1}], "there is no"),
        ([{"op": "remove", "path": "/a/0"}], "can only be replaced"),
        ([{"op": "add", "path": "/a/0", "value": 1}], "can only be replaced"),
        ([{"op": "add", "path": "/c/0", "value": 1}], "there is no /c/0"),
    ],
)
def test_what_does_not_fit_is_refused(patch, told):
    """A patch comes out of a file that anybody may have written."""
    with pytest.raises(ValueError, match=told):
        apply({"a": [1, {}], "c": "text"}, patch)
