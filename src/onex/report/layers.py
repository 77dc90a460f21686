"""A drawing of what comes before what: boxes in layers from left to right, and lines between them.

Boxes are numbers here, and what they stand for is nobody's business. A line leads from the right
side of a box to the left side of one behind it, around the boxes between them; one that leads back,
since boxes come before each other in a circle, runs along the top. The drawing always ends, and is
the same for the same boxes and lines.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

WIDTH, HEIGHT = 208, 34
ACROSS, DOWN = 64, 12
MARGIN = 8
LANE = 14
"""How high a line is that passes a layer by."""

MOST_LANES = 2_000
"""How many lines may pass layers by before they are drawn straight, behind the boxes."""

MOST_TRACKS = 8
"""How many tracks above the boxes the lines back share."""

TRACK, APART = 6, 3
"""How far tracks lie apart above the boxes, and between the layers."""

SIDE = 32
"""How much room lines back need beside the boxes."""

Edge: TypeAlias = tuple[int, int]
Point: TypeAlias = tuple[int, int]


class Cell(NamedTuple):
    """A place in a layer: of a box, or of the lines out of a box that pass the layer by."""

    number: int
    layer: int
    is_box: bool


class Strip(NamedTuple):
    """A group of boxes, as a strip across all layers: how far down it begins, and how high it is."""

    y: int
    height: int


class Drawing(NamedTuple):
    """Where everything stands.

    Attributes:
        places: the upper left corner of each box.
        lines: the path of each edge with its arrow, in the order of the edges.
        strips: the groups, one below the other.
        layers: how many layers there are.
    """

    width: int
    height: int
    places: dict[int, Point]
    lines: list[str]
    strips: list[Strip]
    layers: int


def draw(
    boxes: Sequence[int],
    edges: Sequence[Edge],
    groups: Mapping[int, int] | None = None,
    head: int = 0,
) -> Drawing:
    """The drawing of ``boxes``, of which there is at least one.

    Args:
        boxes: what is drawn, in the order in which boxes stand where nothing else orders them.
        edges: who comes directly before whom.
        groups: the group of each box, from 0; one group when left out.
        head: how much room each group has above its boxes.
    """
    groups = groups or dict.fromkeys(boxes, 0)
    before = _before(boxes, edges)
    layer_of = _layers(boxes, before)
    lanes = _lanes(edges, layer_of)
    layers = _ordered(_cells(boxes, layer_of, lanes), edges, layer_of, lanes, groups)
    back = [edge for edge in edges if layer_of[edge[0]] >= layer_of[edge[1]]]
    side = SIDE if back else 0
    top = MARGIN + TRACK * min(len(back), MOST_TRACKS)
    heights = _group_heights(layers, groups, head)
    strips = _strips(heights, top)
    corners = _corners(layers, groups, [Strip(s.y + head, s.height - head) for s in strips], side)
    return Drawing(
        width=2 * (MARGIN + side) + len(layers) * (WIDTH + ACROSS) - ACROSS,
        height=strips[-1].y + strips[-1].height + MARGIN,
        places={cell.number: corner for cell, corner in corners.items() if cell.is_box},
        lines=_lines(edges, layer_of, lanes, corners),
        strips=strips,
        layers=len(layers),
    )


def _before(boxes: Sequence[int], edges: Sequence[Edge]) -> dict[int, set[int]]:
    """What comes directly before each box; itself is no other."""
    before: dict[int, set[int]] = {number: set() for number in boxes}
    for source, target in edges:
        if source != target:
            before[target].add(source)
    return before


def _layers(boxes: Sequence[int], before: Mapping[int, set[int]]) -> dict[int, int]:
    """The layer of each box: behind all that comes before it, if that is not a circle."""
    layer_of: dict[int, int] = {}
    left = list(boxes)
    while left:
        ready = [number for number in left if before[number] <= layer_of.keys()]
        # Whoever waits for the least opens a circle, so that what follows it is drawn behind it.
        ready = ready or [min(left, key=lambda number: len(before[number] - layer_of.keys()))]
        layer_of |= {
            number: 1 + max((layer_of[n] for n in before[number] & layer_of.keys()), default=-1)
            for number in ready
        }
        left = [number for number in left if number not in layer_of]
    return layer_of


def _lanes(edges: Sequence[Edge], layer_of: Mapping[int, int]) -> dict[int, int]:
    """By box, the last layer that a line out of it passes by; the lines of one box share a lane."""
    last: dict[int, int] = {}
    for source, target in edges:
        if layer_of[target] > layer_of[source] + 1:
            last[source] = max(last.get(source, 0), layer_of[target] - 1)
    few = sum(end - layer_of[number] for number, end in last.items()) <= MOST_LANES
    return last if few else {}


def _cells(
    boxes: Sequence[int], layer_of: Mapping[int, int], lanes: Mapping[int, int]
) -> list[list[Cell]]:
    layers: list[list[Cell]] = [[] for _ in range(max(layer_of.values()) + 1)]
    for number in boxes:
        layers[layer_of[number]].append(Cell(number, layer_of[number], is_box=True))
    for number, last in sorted(lanes.items()):
        for layer in range(layer_of[number] + 1, last + 1):
            layers[layer].append(Cell(number, layer, is_box=False))
    return layers


def _ordered(
    layers: list[list[Cell]],
    edges: Sequence[Edge],
    layer_of: Mapping[int, int],
    lanes: Mapping[int, int],
    groups: Mapping[int, int],
) -> list[list[Cell]]:
    """The layers, each in the order of what stands beside it, so that fewer lines cross."""
    left: dict[Cell, list[Cell]] = {cell: [] for layer in layers for cell in layer}
    right: dict[Cell, list[Cell]] = {cell: [] for cell in left}
    for edge in edges:
        way = _way(edge, layer_of, lanes)
        for near, far in itertools.pairwise(way):
            left[far].append(near)
            right[near].append(far)
    for beside, step in ((left, 1), (right, -1), (left, 1)):
        places: dict[Cell, float] = {}
        ordered = [
            _row(layer, beside, places, groups) for layer in (layers if step > 0 else layers[::-1])
        ]
        layers = ordered[::step]
    return layers


def _row(
    layer: list[Cell],
    beside: Mapping[Cell, list[Cell]],
    places: dict[Cell, float],
    groups: Mapping[int, int],
) -> list[Cell]:
    """One layer in order, group by group; its places go into ``places``."""
    middle = {cell: _middle(beside[cell], places) for cell in layer}
    row = sorted(layer, key=lambda cell: (groups[cell.number], middle[cell]))
    places |= {cell: (place + 0.5) / len(row) for place, cell in enumerate(row)}
    return row


def _middle(cells: Iterable[Cell], places: Mapping[Cell, float]) -> float:
    """Where ``cells`` stand on average."""
    known = [places[cell] for cell in cells if cell in places]
    return sum(known) / len(known) if known else 0.5


def _way(edge: Edge, layer_of: Mapping[int, int], lanes: Mapping[int, int]) -> list[Cell]:
    """The cells that a line goes through; one that leads back, or has no lane, ends where it began."""
    source, target = edge
    first, last = layer_of[source], layer_of[target]
    start = Cell(source, first, is_box=True)
    if last <= first or (last > first + 1 and source not in lanes):
        return [start]
    between = [Cell(source, layer, is_box=False) for layer in range(first + 1, last)]
    return [start, *between, Cell(target, last, is_box=True)]


def _height(cell: Cell) -> int:
    return HEIGHT + DOWN if cell.is_box else LANE


def _group_heights(layers: list[list[Cell]], groups: Mapping[int, int], head: int) -> list[int]:
    """How high each group is: as its highest layer."""
    heights = [0] * (max(groups.values()) + 1)
    for layer in layers:
        here: Counter[int] = Counter()
        for cell in layer:
            here[groups[cell.number]] += _height(cell)
        for group, height in here.items():
            heights[group] = max(heights[group], height)
    return [height + head for height in heights]


def _strips(heights: list[int], top: int) -> list[Strip]:
    strips = []
    for height in heights:
        strips.append(Strip(top, height - DOWN))
        top += height
    return strips


def _corners(
    layers: list[list[Cell]], groups: Mapping[int, int], strips: list[Strip], side: int
) -> dict[Cell, Point]:
    """The upper left corner of each cell; shorter layers stand in the middle of their group."""
    corners: dict[Cell, Point] = {}
    for column, layer in enumerate(layers):
        x = MARGIN + side + column * (WIDTH + ACROSS)
        for group, strip in enumerate(strips):
            cells = [cell for cell in layer if groups[cell.number] == group]
            y = strip.y + (strip.height + DOWN - sum(map(_height, cells))) // 2
            for cell in cells:
                corners[cell] = (x, y)
                y += _height(cell)
    return corners


def _lines(
    edges: Sequence[Edge],
    layer_of: Mapping[int, int],
    lanes: Mapping[int, int],
    corners: Mapping[Cell, Point],
) -> list[str]:
    """The path of each edge; those of one pair lie side by side."""
    seen: Counter[Edge] = Counter()
    tracks = 0
    lines = []
    for edge in edges:
        shift = (seen[edge] + 1) // 2 * (5 if seen[edge] % 2 else -5)
        shift = max(-HEIGHT // 3, min(HEIGHT // 3, shift))
        seen[edge] += 1
        source, target = (Cell(number, layer_of[number], is_box=True) for number in edge)
        start, end = _side(corners[source], WIDTH, shift), _side(corners[target], 0, shift)
        if target.layer > source.layer:
            between = [corners[cell] for cell in _way(edge, layer_of, lanes)[1:-1]]
            lines.append(_forward(start, between, end, shift) + _arrow(end))
        else:
            lines.append(_back(start, end, tracks % MOST_TRACKS) + _arrow(end))
            tracks += 1
    return lines


def _side(corner: Point, across: int, shift: int) -> Point:
    return corner[0] + across, corner[1] + HEIGHT // 2 + shift


def _forward(start: Point, between: Sequence[Point], end: Point, shift: int) -> str:
    """From a box to one behind it, straight on where it passes a layer by."""
    path, here = f"M{start[0]} {start[1]}", start
    for x, y in between:
        y += LANE // 2 + shift  # noqa: PLW2901 - the middle of the lane
        path += _curve(here, (x, y)) + f"H{x + WIDTH}"
        here = (x + WIDTH, y)
    return path + _curve(here, (end[0] - 1, end[1]))


def _curve(start: Point, end: Point) -> str:
    bend = ACROSS // 2
    return f"C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]} {end[0]} {end[1]}"


def _back(start: Point, end: Point, track: int) -> str:
    """Out of a box, up between the layers, back above all boxes, and down again."""
    out, into = start[0] + 10 + APART * track, end[0] - 12 - APART * track
    y = MARGIN // 2 + TRACK * track
    return f"M{start[0]} {start[1]}H{out}V{y}H{into}V{end[1]}H{end[0] - 1}"


def _arrow(end: Point) -> str:
    x, y = end
    return f"M{x - 7} {y - 4}L{x - 1} {y}L{x - 7} {y + 4}"
