"""Whether one schema still takes all that another took: yes, no with a witness, or undecided.

Yes is proven: by the engine, or because nothing is left of what the one takes and the other does
not, or part by part. No is shown: two engines say that the one accepts the witness and the other
does not. Whatever is neither is undecided.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from onex.core.values import JSON
from onex.evolution.schemas.algebra import canonical, covers, without
from onex.evolution.schemas.defaults import same_fills
from onex.evolution.schemas.guess import guesses
from onex.evolution.schemas.inhabit import Look
from onex.evolution.schemas.judge import Judge, states_of
from onex.evolution.schemas.lift import lift
from onex.evolution.schemas.parts import Part, parts
from onex.evolution.schemas.plain import plain, same
from onex.evolution.schemas.samples import UNKNOWN, Sample

MOST_GUESSES = 600
MOST_DOUBTS = 60
"""How many values are tried against what is proven."""

HELD = "a default stands where more than its own member depends on it"
INTRICATE = (
    "the difference is too intricate to be proven harmless, and no example of harm was found"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of two schemas.

    Attributes:
        verdict: whether all that was accepted still is.
        witness: something that was accepted and is not any more; empty unless the verdict is no.
        reason: why it is not decided; empty unless it is not.
    """

    verdict: Literal["yes", "no", "undecided"]
    witness: list[JSON] = field(default_factory=list)
    reason: str = ""


YES = Answer("yes")


def contain(old: Judge, new: Judge) -> Answer:
    """Whether ``new`` accepts all that ``old`` accepts."""
    left, right = _reasoned(old, new)
    if left is not None and right is not None and same(plain(left), plain(right)):
        return YES
    pair = _Pair(old, new)
    if left is None or right is None:
        guessed = guess_witness(old, new)
        return guessed if guessed.witness else Answer("undecided", reason=HELD)
    return _decide(pair, left, right)


def guess_witness(old: Judge, new: Judge) -> Answer:
    """No, if one of a few guesses shows it; else undecided: for schemas that are too much to reason about."""
    values = islice(guesses(states_of(old.schema), new.schema), MOST_GUESSES)
    return _Pair(old, new).witness(values) or Answer("undecided", reason=INTRICATE)


def _reasoned(old: Judge, new: Judge) -> tuple[JSON, JSON]:
    """Two schemas to reason with in place of what the two accept."""
    left, right = old.reasoned, new.reasoned
    is_held = left is None or right is None
    if is_held and old.fills and new.fills and same_fills(old.schema, new.schema):
        # Both fill in the same: if all that the one takes filled in the other takes, all is well.
        return states_of(old.schema), states_of(new.schema)
    return left, right


def _decide(pair: "_Pair", left: JSON, right: JSON) -> Answer:
    found = parts(left, right)
    if found is not None:
        looks = [(part, *_look(part.old, part.new)) for part in found]
        proven = all(is_proven for _, is_proven, _ in looks)
        answer = pair.witness(_lifted(left, looks))
        if answer is None and proven:
            answer = pair.witness(islice(guesses(left, right), MOST_DOUBTS)) or YES
        if answer is not None:
            return answer
    is_proven, values = _look(left, right)
    answer = pair.witness(values)
    if answer is None and is_proven:
        return YES
    guessed = pair.witness(islice(guesses(left, right), MOST_GUESSES))
    return answer or guessed or Answer("undecided", reason=INTRICATE)


def _look(old: JSON, new: JSON) -> tuple[bool, list[JSON]]:
    """Whether ``new`` provably takes what ``old`` does; if not, values that may show that it does not."""
    if same(plain(old), plain(new)):
        return True, []
    left, right = canonical(old), canonical(new)
    if left is None or right is None:
        return False, []
    if covers(right, left):
        return True, Look().at(left).values
    rest = without(left, right)
    found: Sample = UNKNOWN if rest is None else Look().at(rest)
    return found.none, [*found.values, *Look().at(left).values]


def _lifted(root: JSON, looks: list[tuple[Part, bool, list[JSON]]]) -> Iterator[JSON]:
    """Values for the whole, made around those that may show harm in a part."""
    for part, is_proven, values in looks:
        if not is_proven:
            yield from lift(root, part.steps, values)


class _Pair:
    """Two judges, and what shows that they differ."""

    def __init__(self, old: Judge, new: Judge) -> None:
        self._old, self._new = old, new

    def witness(self, values: Iterator[JSON] | list[JSON]) -> Answer | None:
        """The first of ``values`` that the one surely accepts and the other surely does not."""
        for value in values:
            if (
                self._old.accepts(value)
                and not self._new.accepts(value)
                and self._old.surely(value, accepted=True)
                and self._new.surely(value, accepted=False)
            ):
                return Answer("no", [value])
        return None
