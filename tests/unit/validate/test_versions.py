"""Ranges of versions: which versions lie in which, by the table of Semantic Versioning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.validate.versions import admits, parse_range

ORDER = "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0"
"""The example of Semantic Versioning 2.0.0, section 11, from the least to the greatest."""

TABLE = [
    ("*", "0.0.1 1.0.0 9.9.9", "1.0.0-a"),
    ("1", "1.0.0 1.9.9", "0.9.9 2.0.0 1.0.0-a"),
    ("1.2", "1.2.0 1.2.9", "1.1.9 1.3.0"),
    ("=1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.3-a"),
    ("!=1.2", "1.1.9 1.3.0", "1.2.0 1.2.9"),
    (">=1.2,<2", "1.2.0 1.9.9", "1.1.9 2.0.0 2.0.0-a"),
    (">= 1.2 , < 2", "1.2.0", "2.0.0"),
    (">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9"),
    (">1.2.3", "1.2.4", "1.2.3"),
    ("<=1.2", "1.2.9 0.1.0", "1.3.0"),
    ("<=1.2.3", "1.2.3", "1.2.4"),
    ("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0"),
    ("^0.2.3", "0.2.3 0.2.9", "0.3.0 1.0.0"),
    ("^0.0.3", "0.0.3", "0.0.4"),
    ("^0.0", "0.0.9", "0.1.0"),
    ("^0", "0.9.9", "1.0.0"),
    ("~1.2.3", "1.2.3 1.2.9", "1.3.0"),
    ("~1.2", "1.2.0 1.2.9", "1.3.0"),
    ("~1", "1.0.0 1.9.9", "2.0.0"),
    ("^1.2.3-rc.2", "1.2.3-rc.2 1.2.3-rc.10 1.2.3 1.3.0", "1.2.3-rc.1 1.2.4-rc.3"),
    (">=1,<3,!=2", "1.9.9", "2.0.0 2.9.9 3.0.0"),
]


@pytest.mark.parametrize(("text", "within", "outside"), TABLE)
def test_range(text, within, outside):
    """Versions within a range, and versions outside of it."""
    conditions = parse_range(text)

    assert [v for v in within.split() if not admits(conditions, v)] == []
    assert [v for v in outside.split() if admits(conditions, v)] == []


def test_versions_before_a_release_are_in_the_order_of_the_specification():
    """Each is less than all that follow it."""
    versions = ORDER.split()

    for index, version in enumerate(versions):
        less = [v for v in versions if admits(parse_range(f"<{version},>=1.0.0-0"), v)]
        assert less == versions[:index]


@pytest.mark.parametrize(
    "text",
    ["", "a", "1.2.3.4", ">>1", "01.2", "1.", ">=", "1 2", "1,", "=>1", "v1", "9" * 40, "1.2-a"],
)
def test_text_that_is_no_range(text):
    """What cannot be read is refused, and not taken for all versions."""
    assert parse_range(text) is None


VERSIONS = st.tuples(*[st.integers(0, 3)] * 3).map(lambda v: ".".join(map(str, v)))


@given(VERSIONS, st.sampled_from([1, 2, 3]), VERSIONS)
def test_signs_agree(named, size, version):
    """Less, within and more exclude each other, and the signs are made of them."""
    short = ".".join(named.split(".")[:size])
    said = {
        sign: admits(parse_range(f"{sign}{short}"), version)
        for sign in ("=", "!=", "<", "<=", ">", ">=")
    }

    assert [said["<"], said["="], said[">"]].count(True) == 1
    assert (said["!="], said["<="], said[">="]) == (not said["="], not said[">"], not said["<"])


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_texts_are_judged(text, version):
    """Whatever a document says, there is an answer."""
    conditions = parse_range(text)

    assert conditions is None or admits(conditions, version) in {True, False}
