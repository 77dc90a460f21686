"""The version that a change asks for (Semantic Versioning 2.0.0, 4, 7 to 9 and 11)."""

import itertools

import pytest

from onex.evolution.change import WEIGHTS
from onex.evolution.version import comes_before, is_enough, needed

NEEDED = [
    ("1.2.3", ["2.0.0", "1.3.0", "1.3.0", "1.2.4", None]),
    ("0.2.3", ["0.3.0", "0.2.4", "0.2.4", "0.2.4", None]),
    ("0.0.0", ["0.1.0", "0.0.1", "0.0.1", "0.0.1", None]),
    ("2.0.0-rc.1", ["2.0.0", "2.0.0", "2.0.0", "2.0.0", None]),
    ("1.2.3+build.5", ["2.0.0", "1.3.0", "1.3.0", "1.2.4", None]),
]


@pytest.mark.parametrize(("before", "versions"), NEEDED)
def test_needed(before, versions):
    """Breaking, escalating, compatible, code-only, metadata."""
    assert [needed(before, verdict) for verdict in WEIGHTS[:5]] == versions


ENOUGH = [
    ("1.2.3", "2.0.0", "2.0.0", True),
    ("1.2.3", "2.1.0", "2.0.0", True),
    ("1.2.3", "2.0.0-rc.1", "2.0.0", True),
    ("1.2.3", "1.9.9", "2.0.0", False),
    ("1.2.3", "1.2.3", "1.2.4", False),
    ("1.2.3", "1.2.3+new", "1.2.4", False),
    ("2.0.0-rc.1", "2.0.0-rc.2", "2.0.0", True),
    ("2.0.0-rc.2", "2.0.0-rc.1", "2.0.0", False),
    ("1.2.3", "1.2.3", None, True),
    ("1.2.3", "1.3.0", None, True),
    ("1.2.3", "1.2.2", None, False),
]


@pytest.mark.parametrize(("before", "after", "least", "enough"), ENOUGH)
def test_is_enough(before, after, least, enough):
    """A version has to come behind the one before it, and to reach the least."""
    assert is_enough(before, after, least) is enough


ORDER = "0.9.9 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 10.0.0".split()


def test_the_order_of_the_specification():
    """Semantic Versioning 2.0.0, 11."""
    pairs = [*itertools.product(enumerate(ORDER), repeat=2)]

    assert all(comes_before(left, right) == (i < j) for (i, left), (j, right) in pairs)
