"""Numbers between bounds: what is found is within them, and what is said to be empty is."""

import itertools
from fractions import Fraction

import pytest

from onex.evolution.schemas.numbers import Bounds, exact, sample
from onex.evolution.schemas.samples import UNKNOWN


def bounds(low=None, high=None, steps=(), not_steps=(), **more):
    """Bounds of plain numbers."""
    made = [None if edge is None else Fraction(edge) for edge in (low, high)]
    taken, refused = (tuple(map(Fraction, numbers)) for numbers in (steps, not_steps))
    return Bounds(low=made[0], high=made[1], steps=taken, not_steps=refused, **more)


EMPTY = [
    bounds(1, 4, [5]),
    bounds(steps=[6], not_steps=[3]),
    bounds(steps=["0.5"], not_steps=["0.25"]),
    bounds(0, 10, [2], [2]),
    bounds(high=10, steps=[4], not_steps=[2]),
    bounds(1, 2, [1], open_low=True, open_high=True),
    bounds(5, 4, [1]),
    bounds(10**30, 10**30 + 1, [7]),
]


@pytest.mark.parametrize("given", EMPTY, ids=str)
def test_there_are_none(given):
    """Within the bounds no number is left."""
    assert (sample(given).none, sample(given).values) == (True, [])


LOWS, STEPS, NOT_STEPS = (None, 0, "2.5"), ((), (1,), (6,), ("0.5",)), ((), (1,), (4,), (2, 3))


@pytest.mark.parametrize(
    ("low", "steps", "not_steps"), [*itertools.product(LOWS, STEPS, NOT_STEPS)]
)
def test_what_is_found_is_within(low, steps, not_steps):
    """Every number that is found is taken; none is only said where a long walk finds none either."""
    given = bounds(low, 40, steps, not_steps)
    found = sample(given)
    walked = [
        number for number in (Fraction(n, 4) for n in range(-200, 161)) if given.takes(number)
    ]

    assert all(given.takes(exact(value)) for value in found.values)
    assert found.none == (not walked)
    assert found.none or found.values


def test_an_open_bound_costs_no_number():
    """The first number within the bound may be the last of a period."""
    assert sample(bounds(1, None, [1], [2], open_low=True)).values[0] == 3


def test_a_period_that_is_too_long_proves_nothing():
    """The first number that no small prime divides lies beyond those that are looked at."""
    primes = [n for n in range(2, 2_100) if all(n % k for k in range(2, 46))]
    given = bounds(2, None, [1], [*range(2, 46), *primes])

    assert sample(given) == UNKNOWN


@pytest.mark.parametrize(
    ("number", "fraction"),
    [(1, 1), (0.1, Fraction(1, 10)), (10**401, None), (1e-300, Fraction(1, 10**300))],
    ids=["one", "tenth", "huge", "tiny"],
)
def test_exact(number, fraction):
    """A float is what it is spelt as; what has too many digits is not reckoned with."""
    assert exact(number) == fraction
