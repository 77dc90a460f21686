"""Texts that some patterns take and others do not: the shortest ones, or the proof that there are none."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from onex.evolution.schemas.characters import ANY, Ranges
from onex.evolution.schemas.pattern import Automaton

MOST_LOOKED_AT = 10_000
MOST_WORK = 200_000
MOST_LENGTH = 2_000
"""Up to which length texts are told apart by it."""

_LIKED = "axbk05-_. /A"
"""Characters that read well in an example, the best first."""

_States: TypeAlias = tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a search has found.

    Attributes:
        words: texts that are taken, the shortest first.
        none: whether it is proven that there are none.
    """

    words: list[str]
    none: bool


def search(
    taken: Sequence[Automaton],
    refused: Sequence[Automaton],
    *,
    least: int = 0,
    most: int | None = None,
    wanted: int = 4,
) -> Texts:
    """Texts that all of ``taken`` take and none of ``refused``, of ``least`` to ``most`` characters."""
    if least > MOST_LENGTH or (most is not None and most < least):
        return Texts([], none=most is not None and most < least)
    limit = most if most is not None and most <= MOST_LENGTH else None
    return _Search(taken, refused, least, limit).run(wanted)


class _Search:
    """A walk, the shortest ways first, through what the automata may be in at the same time."""

    def __init__(
        self,
        taken: Sequence[Automaton],
        refused: Sequence[Automaton],
        least: int,
        most: int | None,
    ) -> None:
        self._all = [*taken, *refused]
        self._needed = len(taken)
        self._least, self._most = least, most
        self._work = 0
        self._letters = _letters(self._all)
        self._known: list[dict[tuple[frozenset[int], int], frozenset[int]]] = [
            {} for _ in self._all
        ]

    def run(self, wanted: int) -> Texts:
        first = tuple(one.closure(frozenset([0]), "^") for one in self._all)
        words = [""] if self._is_word(first, 0) else []
        seen: set[tuple[int, _States]] = {(0, first)}
        pending: deque[tuple[int, _States, str]] = deque([(0, first, "")])
        while pending and len(words) < wanted:
            length, states, word = pending.popleft()
            if length == self._most:
                continue
            for letter in self._letters:
                after = self._step(states, letter)
                # Beyond both limits, only what comes behind tells texts apart.
                count = length + 1 if self._most is not None else min(length + 1, self._least + 1)
                if after is None or (count, after) in seen:
                    continue
                if len(seen) >= MOST_LOOKED_AT or self._work > MOST_WORK:
                    return Texts(words, none=False)
                seen.add((count, after))
                pending.append((count, after, word + chr(letter)))
                if self._is_word(after, count):
                    words.append(word + chr(letter))
        return Texts(words[:wanted], none=not words)

    def _step(self, states: _States, letter: int) -> _States | None:
        """What follows after ``letter``; None where a pattern that is needed cannot be met any more."""
        after = []
        for index, (one, known, before) in enumerate(
            zip(self._all, self._known, states, strict=True)
        ):
            found = known.get((before, letter))
            if found is None:
                self._work += len(before)
                found = known[before, letter] = _follow(one, before, letter)
            if not found and index < self._needed:
                return None
            after.append(found)
        return tuple(after)

    def _is_word(self, states: _States, length: int) -> bool:
        if length < self._least:
            return False
        allowed = "$" if length else "^$"
        met = (
            one.last in one.closure(reached, allowed)
            for one, reached in zip(self._all, states, strict=True)
        )
        return all(is_met == (index < self._needed) for index, is_met in enumerate(met))


def _follow(one: Automaton, states: frozenset[int], letter: int) -> frozenset[int]:
    after = frozenset(
        target for state in states for ranges, target in one.steps[state] if _has(ranges, letter)
    )
    found = one.closure(after, "")
    # Once the pattern was found and anything may follow, nothing else matters.
    if one.last in found and any(
        ranges == ANY and target == one.last for ranges, target in one.steps[one.last]
    ):
        return frozenset([one.last])
    return found


def _has(ranges: Ranges, letter: int) -> bool:
    return any(low <= letter <= high for low, high in ranges)


def _letters(automata: Iterable[Automaton]) -> list[int]:
    """One character of each kind: those of a kind are in the same ranges of all automata."""
    sets = {ranges for one in automata for steps in one.steps for ranges, _ in steps} | {ANY}
    edges = sorted({edge for ranges in sets for low, high in ranges for edge in (low, high + 1)})
    kinds: dict[tuple[bool, ...], int] = {}
    for letter in [*map(ord, _LIKED), *(e for edge in edges for e in (edge + 1, edge))]:
        kind = tuple(_has(ranges, letter) for ranges in sets)
        if any(kind):
            kinds.setdefault(kind, letter)
    return list(kinds.values())
