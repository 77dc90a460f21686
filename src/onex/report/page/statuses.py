"""Statuses as a page marks them: a word and a symbol always, and a colour beside them."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from onex_types.run import Unit

SYMBOLS: dict[str, str] = {
    "error": "!",
    "failure": "✕",
    "partial": "◐",
    "blocked": "⊘",
    "skipped": "○",
    "success": "✓",
}
"""The symbol of each status, the worst first."""


class Count(NamedTuple):
    """How many units have a status, and where they stand in a bar that is 1000 long."""

    status: str
    number: int
    start: int
    length: int


def counts(units: Iterable[Unit]) -> list[Count]:
    """The statuses that occur, successes first, as parts of one bar."""
    found = Counter(unit["status"] for unit in units)
    total = sum(found.values())
    parts: list[Count] = []
    done = 0
    for status in reversed(SYMBOLS):
        number = found[status]  # type: ignore[index]
        if number:
            start, end = 1000 * done // total, 1000 * (done + number) // total
            parts.append(Count(status, number, start, end - start))
            done += number
    return parts
