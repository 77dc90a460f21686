"""Numbers between limits, multiples of some and not of others."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from onex.core.values import JSON
from onex.evolution.schemas.samples import Sample, distinct

MOST_TRIED = 2_000
MOST_DIGITS = 400
"""Beyond, arithmetic on what a hostile contract names takes long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What is asked of a number.

    Attributes:
        low: the least; None without one.
        high: the greatest; None without one.
        open_low: whether ``low`` itself is too little.
        open_high: whether ``high`` itself is too much.
        steps: what it must be a multiple of.
        not_steps: what it must be no multiple of.
    """

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False
    steps: tuple[Fraction, ...]
    not_steps: tuple[Fraction, ...]

    def takes(self, number: Fraction) -> bool:
        """Whether ``number`` is all that is asked."""
        return (
            (self.low is None or number > self.low or (number == self.low and not self.open_low))
            and (
                self.high is None
                or number < self.high
                or (number == self.high and not self.open_high)
            )
            and not any(number % step for step in self.steps)
            and all(number % step for step in self.not_steps)
        )


def sample(bounds: Bounds) -> Sample:
    """Numbers within ``bounds``, or that there are none."""
    step = _common(bounds.steps)
    if step is None:
        found = [number for number in _loose(bounds) if bounds.takes(number)]
        return Sample(_spelt(found), none=False)
    tried, all_tried = _multiples(bounds, step)
    found = [number for number in tried if bounds.takes(number)]
    return Sample(_spelt(found), none=all_tried and not found)


def exact(number: float | Decimal) -> Fraction | None:
    """``number`` as a fraction; None where that has too many digits."""
    written = Decimal(number) if isinstance(number, int) else Decimal(str(number))
    if written.is_nan() or written.is_infinite() or abs(written.adjusted()) > MOST_DIGITS:
        return None
    return Fraction(written)


def _multiples(bounds: Bounds, step: Fraction) -> tuple[list[Fraction], bool]:
    """Multiples of ``step`` within the bounds, and whether no others differ from these.

    What is a multiple of some numbers repeats with their common multiple.
    """
    period = _common((step, *bounds.not_steps)) or step
    count = period / step
    if bounds.low is not None:
        first = math.ceil(bounds.low / step)
        last = math.floor(bounds.high / step) if bounds.high is not None else None
        counted = itertools.count(first)
    else:
        first = math.floor(bounds.high / step) if bounds.high is not None else 0
        last = None
        counted = itertools.count(first, -1) if bounds.high is not None else itertools.count()
    # The bound itself may be left out, so one more than a period is looked at.
    needed = math.ceil(count) + 2
    if last is not None:
        needed = min(needed, max(0, last - first + 1))
    taken = itertools.islice(counted, min(needed, MOST_TRIED))
    return [number * step for number in taken], needed <= MOST_TRIED


def _loose(bounds: Bounds) -> Iterator[Fraction]:
    """Numbers worth trying where no step is asked for: round ones, and those near the bounds."""
    low, high = bounds.low, bounds.high
    yield from map(Fraction, (0, 1))
    near = [edge for edge in (low, high) if edge is not None]
    for edge in near:
        yield from (edge, edge + 1, edge - 1, edge + Fraction(1, 2), edge - Fraction(1, 2))
    if low is not None and high is not None:
        yield from ((low + high) / 2, low + (high - low) / 4)
    for step in bounds.not_steps:
        yield from (step / 2, step + step / 2, step + 1)
        yield from (edge + step / 4 for edge in near)
    yield from map(Fraction, ("0.5", "1.5", "-1", "-0.5", "0.25", "2", "100"))


def _common(steps: Iterable[Fraction]) -> Fraction | None:
    """The least number that all ``steps`` divide."""
    found: Fraction | None = None
    for step in steps:
        if found is None:
            found = step
            continue
        found = Fraction(
            math.lcm(found.numerator * step.denominator, step.numerator * found.denominator),
            found.denominator * step.denominator,
        )
    return found


def _spelt(numbers: Iterable[Fraction]) -> list[JSON]:
    """The numbers as JSON has them; what no float is exactly, as the nearest."""
    spelt: list[JSON] = []
    for number in numbers:
        if number.denominator == 1:
            spelt.append(int(number))
            continue
        try:
            spelt.append(float(number))
        except OverflowError:
            continue
    return distinct(spelt)
