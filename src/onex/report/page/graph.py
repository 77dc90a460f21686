"""The graph of a run's units: who needs whom, in layers from left to right.

Units that stand alone are not drawn. Documents of others may need what is not there, or need each
other in a circle: such needs are passed over, and the drawing always ends.
"""

from typing import NamedTuple

from onex.report.layers import draw
from onex.report.page.texts import cut_start
from onex_types.run import Run, Unit

MOST = 200
"""How many units are drawn at most."""

LONGEST_LABEL = 24


class Box(NamedTuple):
    """A unit that is drawn."""

    number: int
    unit: Unit
    label: str
    x: int
    y: int


class Graph(NamedTuple):
    """A drawing: its size, its boxes, and its edges as paths."""

    width: int
    height: int
    boxes: list[Box]
    edges: list[str]
    layers: int
    alone: int
    left_out: int


def graph(run: Run) -> Graph | None:
    """The drawing of who needs whom; None when no unit needs another."""
    units = run["units"]
    needs = _needs(units)
    tied = sorted({*needs, *(number for needed in needs.values() for number in needed)})
    if not tied:
        return None
    drawn = tied[:MOST]
    kept = set(drawn)
    drawing = draw(
        drawn, [(n, number) for number in drawn for n in needs.get(number, []) if n in kept]
    )
    return Graph(
        width=drawing.width,
        height=drawing.height,
        boxes=[
            Box(number, units[number], cut_start(units[number]["unit_id"], LONGEST_LABEL), x, y)
            for number, (x, y) in sorted(drawing.places.items())
        ],
        edges=drawing.lines,
        layers=drawing.layers,
        alone=len(units) - len(tied),
        left_out=len(tied) - len(drawn),
    )


def _needs(units: list[Unit]) -> dict[int, list[int]]:
    """By the number of each unit, the numbers of those that it needs."""
    numbers: dict[str, int] = {}
    for number, unit in enumerate(units):
        numbers.setdefault(unit["unit_id"], number)
    found: dict[int, list[int]] = {}
    for number, unit in enumerate(units):
        needed = {numbers[name] for name in unit["needs"] if name in numbers} - {number}
        if needed:
            found[number] = sorted(needed)
    return found
