"""The moves of a node's life (ONEX-M1-07)."""

import itertools

import pytest

from onex.core.lifecycle import MOVES, require_move
from onex.errors import RefusedError

STAGES = ("draft", "review", "active", "deprecated")
ALLOWED = {
    ("draft", "review"),
    ("draft", "active"),
    ("draft", "deprecated"),
    ("review", "draft"),
    ("review", "active"),
    ("review", "deprecated"),
    ("active", "deprecated"),
    ("deprecated", "active"),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(STAGES, STAGES)))
def test_move(before, after):
    """What is relied upon never becomes a draft again, and to stay is no move."""
    if (before, after) in ALLOWED:
        require_move("demo.a", before, after)
        return
    with pytest.raises(RefusedError) as caught:
        require_move("demo.a", before, after)
    assert f"does not move from {before} to {after}" in caught.value.message
    assert caught.value.help


def test_stages_are_those_of_the_schema():
    """A stage that is added to the schema needs its moves."""
    assert tuple(MOVES) == STAGES
