"""The graph of a run's units: who needs whom, in layers from left to right.

Units that stand alone are not drawn. Documents of others may need what is not there, or need each
other in a circle: such needs are passed over, and the drawing always ends.
"""

from typing import NamedTuple

from onex.report.page.texts import cut_start
from onex_types.run import Run, Unit

MOST = 200
"""How many units are drawn at most."""

WIDTH, HEIGHT = 208, 34
ACROSS, DOWN = 64, 12
MARGIN = 8
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
    edges = {number: [n for n in needs.get(number, []) if n in kept] for number in drawn}
    layers = _ordered(_layers(drawn, edges), edges)
    places = _places(layers)
    deepest = max(map(len, layers))
    return Graph(
        width=2 * MARGIN + len(layers) * (WIDTH + ACROSS) - ACROSS,
        height=2 * MARGIN + deepest * (HEIGHT + DOWN) - DOWN,
        boxes=[
            Box(number, units[number], cut_start(units[number]["unit_id"], LONGEST_LABEL), x, y)
            for number, (x, y) in sorted(places.items())
        ],
        edges=[
            _curve(places[needed], places[number]) for number in drawn for needed in edges[number]
        ],
        layers=len(layers),
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


def _layers(drawn: list[int], edges: dict[int, list[int]]) -> list[list[int]]:
    """The units layer by layer, each behind all that it needs; circles come last."""
    layers: list[list[int]] = []
    done: set[int] = set()
    left = drawn
    while left:
        ready = [number for number in left if done.issuperset(edges[number])] or left
        layers.append(ready)
        done.update(ready)
        left = [number for number in left if number not in done]
    return layers


def _ordered(layers: list[list[int]], edges: dict[int, list[int]]) -> list[list[int]]:
    """The layers, each in the order of what its units need, so that fewer lines cross."""
    places: dict[int, float] = {}
    ordered = []
    for layer in layers:
        middle = {
            number: sum(places.get(n, 0.0) for n in edges[number]) / max(1, len(edges[number]))
            for number in layer
        }
        row = sorted(layer, key=lambda number: (middle[number], number))
        places |= {number: place / len(row) for place, number in enumerate(row)}
        ordered.append(row)
    return ordered


def _places(layers: list[list[int]]) -> dict[int, tuple[int, int]]:
    """Where each box stands; shorter layers stand in the middle."""
    deepest = max(map(len, layers))
    return {
        number: (
            MARGIN + column * (WIDTH + ACROSS),
            MARGIN + (2 * row + deepest - len(layer)) * (HEIGHT + DOWN) // 2,
        )
        for column, layer in enumerate(layers)
        for row, number in enumerate(layer)
    }


def _curve(source: tuple[int, int], target: tuple[int, int]) -> str:
    """The path from the right side of one box to the left side of another, with its arrow."""
    x1, y1 = source[0] + WIDTH, source[1] + HEIGHT // 2
    x2, y2 = target[0], target[1] + HEIGHT // 2
    bend = ACROSS // 2
    line = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2 - 1} {y2}"
    return f"{line}M{x2 - 7} {y2 - 4}L{x2 - 1} {y2}L{x2 - 7} {y2 + 4}"
