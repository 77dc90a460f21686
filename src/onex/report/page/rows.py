"""Rows: the table of all units, and how many of them are given with all their details.

A page stays small enough to be opened, mailed and kept: units that did not succeed come into their
details first, and the rest as far as the budget goes.
"""

from typing import NamedTuple

from onex.report.figures import fine_duration
from onex.report.page.failures import failing, message
from onex.report.page.texts import cut
from onex_types.run import Run, Unit

MOST = 5_000
"""How many units the table holds at most."""

LONGEST_NAME, LONGEST_CASE, LONGEST_TEXT = 100, 60, 160


SMALLEST = 200
"""Fewer bytes than the details of any unit take."""


class Row(NamedTuple):
    """A unit in the table."""

    number: int
    status: str
    name: str
    case: str
    kind: str
    took: str
    text: str


class Budget:
    """How many bytes of a page a part may still take."""

    def __init__(self, left: int) -> None:
        self.left = left

    @property
    def is_spent(self) -> bool:
        """Whether what is left is less than any part takes."""
        return self.left < SMALLEST

    def takes(self, markup: str) -> bool:
        """Whether ``markup`` still fits; if so, it is taken off."""
        size = len(markup.encode())
        if size > self.left:
            return False
        self.left -= size
        return True


def rows(run: Run) -> list[Row]:
    """A row for each unit in the order of the plan; of too many, those that did not succeed first."""
    numbers = urgent(run)[:MOST]
    return [_row(number, run["units"][number]) for number in sorted(numbers)]


def urgent(run: Run) -> list[int]:
    """The numbers of all units, those that did not succeed first."""
    first = failing(run)
    return [*first, *sorted(set(range(len(run["units"]))) - set(first))]


def _row(number: int, unit: Unit) -> Row:
    return Row(
        number=number,
        status=unit["status"],
        name=cut(unit["item_id"] or unit["unit_id"], LONGEST_NAME),
        case=cut(unit["case_key"], LONGEST_CASE),
        kind=cut(unit["kind"], LONGEST_CASE),
        took=fine_duration(unit["duration_us"] if unit["executed"] else None),
        text=cut(message(unit), LONGEST_TEXT),
    )
