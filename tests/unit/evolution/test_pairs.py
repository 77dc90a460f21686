"""Labelled pairs of schemas: what is said of each is what a person says, or that it is not known."""

import json
import os

import pytest

from onex.evolution.schemas import reference
from onex.evolution.schemas.contain import contain
from onex.evolution.schemas.judge import Judge

FOLDER = os.path.dirname(__file__)

UNDECIDED = {
    # Two recursions of different step: each part would have to be compared with two others.
    ("references: recursion, told one step later", "backward"),
    ("references: recursion, told one step later", "forward"),
}
"""What is not decided."""

LEAST_DECIDED = 0.99


def read_pairs():
    """The pairs of pairs.json."""
    with open(os.path.join(FOLDER, "pairs.json"), encoding="utf-8") as file:
        return json.load(file)


PAIRS = {pair["name"]: pair for pair in read_pairs()}


def ask(pair, direction):
    """The judges of a pair in the order of a direction, and what is said of them."""
    old, new = Judge(pair["old"]), Judge(pair["new"])
    if direction == "forward":
        old, new = new, old
    return old, new, contain(old, new)


@pytest.mark.parametrize("direction", ["backward", "forward"])
@pytest.mark.parametrize("name", PAIRS)
def test_pair(name, direction):
    """The verdict is the label's; a no shows a state that both engines accept before and refuse after."""
    pair = PAIRS[name]
    old, new, answer = ask(pair, direction)

    if (name, direction) in UNDECIDED:
        assert (answer.verdict, answer.witness) == ("undecided", [])
        assert answer.reason
        return
    assert answer.verdict == ("yes" if pair[direction] else "no")
    for state in answer.witness:
        assert (old.accepts(state), new.accepts(state)) == (True, False)
        assert reference.accepts(old.schema, state) is True
        assert reference.accepts(new.schema, state) is False
    assert len(answer.witness) == (answer.verdict == "no")


def test_nearly_all_is_decided():
    """At least 300 pairs, of which 99 in 100 are decided in both directions."""
    assert len(PAIRS) >= 300
    assert 1 - len(UNDECIDED) / (2 * len(PAIRS)) >= LEAST_DECIDED


def test_the_answer_does_not_hang_on_chance():
    """The same pair has the same witness each time."""
    pair = PAIRS["mixed: limits moved apart"]

    assert ask(pair, "backward")[2] == ask(pair, "backward")[2]
