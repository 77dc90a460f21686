"""A drawing in layers: nothing covers anything, lines go from box to box, and it always ends."""

import itertools
import re

from hypothesis import example, given
from hypothesis import strategies as st

from onex.report.layers import HEIGHT, MOST_LANES, WIDTH, draw

EDGES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=60)
GROUPS = st.lists(st.integers(0, 3), min_size=21, max_size=21)


def dense(groups):
    """The groups of the boxes, numbered without gaps."""
    order = sorted(set(groups))
    return {number: order.index(group) for number, group in enumerate(groups)}


@given(EDGES, GROUPS)
def test_no_box_covers_another_and_all_lie_in_their_strips(edges, groups):
    """Whatever comes before what, in circles too."""
    drawn = draw(range(21), edges, dense(groups), head=26)

    assert all(
        0 <= x <= drawn.width - WIDTH and 0 <= y <= drawn.height - HEIGHT
        for x, y in drawn.places.values()
    )
    for (x, y), (a, b) in itertools.combinations(drawn.places.values(), 2):
        assert abs(x - a) >= WIDTH or abs(y - b) >= HEIGHT
    for number, group in dense(groups).items():
        strip = drawn.strips[group]
        assert strip.y + 26 <= drawn.places[number][1] <= strip.y + strip.height - HEIGHT
    assert all(
        above.y + above.height < below.y for above, below in itertools.pairwise(drawn.strips)
    )


@given(EDGES)
def test_each_line_leads_from_the_side_of_its_source_to_that_of_its_target(edges):
    """And never leaves the drawing."""
    drawn = draw(range(21), edges)

    for (source, target), line in zip(edges, drawn.lines, strict=True):
        path, arrow = line.rsplit("M", 1)
        start, tip = re.findall(r"-?\d+", path)[:2], re.findall(r"-?\d+", arrow)[2:4]
        (x, y), (a, b) = drawn.places[source], drawn.places[target]
        assert int(start[0]) == x + WIDTH
        assert y < int(start[1]) < y + HEIGHT
        assert int(tip[0]) == a - 1
        assert b < int(tip[1]) < b + HEIGHT
        assert all(0 <= int(place) <= drawn.width for place in re.findall(r"H(-?\d+)", line))


@given(EDGES)
def test_without_circles_whatever_comes_before_stands_left(edges):
    """Lines that lead back are for circles alone."""
    ordered = [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]
    drawn = draw(range(21), ordered)

    assert all(drawn.places[a][0] < drawn.places[b][0] for a, b in ordered)


def test_a_circle_is_opened_once_and_what_follows_stands_behind_it():
    """0 and 1 come before each other, and 2 comes after them."""
    drawn = draw(range(3), [(0, 1), (1, 0), (1, 2)])

    columns = [drawn.places[number][0] for number in range(3)]
    assert columns == sorted(set(columns))


def test_a_line_passes_a_layer_by_and_not_behind_its_box():
    """The straight part of the line from 0 to 2 lies beside box 1."""
    drawn = draw(range(3), [(0, 1), (1, 2), (0, 2)])

    height = int(re.findall(r"(\d+)H", drawn.lines[2])[0])
    assert not drawn.places[1][1] <= height <= drawn.places[1][1] + HEIGHT


def test_too_many_long_lines_are_drawn_straight():
    """A chain in which everything is joined to its end has more of them than the drawing takes."""
    many = 2 * int(MOST_LANES**0.5)
    chain = [(number, number + 1) for number in range(many)]
    drawn = draw(range(many + 1), [*chain, *((number, many) for number in range(many - 1))])

    assert (drawn.layers, len(drawn.lines)) == (many + 1, 2 * many - 1)


def test_lines_of_one_pair_lie_side_by_side():
    """A node may rely on another and be started by it."""
    assert len(set(draw([0, 1], [(0, 1)] * 3).lines)) == 3


@example([(number, number) for number in range(21)])
@given(EDGES)
def test_a_line_back_runs_between_the_layers_and_above_all_boxes(edges):
    """It covers no box, however many of them there are."""
    drawn = draw(range(21), edges)

    columns, highest = (
        {x for x, _ in drawn.places.values()},
        min(y for _, y in drawn.places.values()),
    )
    for line in drawn.lines:
        back = re.match(r"M\d+ \d+H(\d+)V(\d+)H(\d+)V", line)
        if back:
            out, height, into = map(int, back.groups())
            assert height < highest
            assert not any(x <= place <= x + WIDTH for x in columns for place in (out, into))
