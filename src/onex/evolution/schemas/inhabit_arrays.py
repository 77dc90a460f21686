"""Arrays of a schema in canonical form, or the proof that it takes none."""

from typing import TYPE_CHECKING

from onex.core.canonical import golden_text
from onex.core.values import JSON
from onex.evolution.schemas.algebra import both
from onex.evolution.schemas.samples import NOTHING, Looks, Sample, distinct

if TYPE_CHECKING:
    from jsonschema_rs import CanonicalSchema, canonical

LONGEST = 1_000
TURNS = 4
FREE: list[JSON] = [0, "a", None, True, *range(1, 9)]
"""Items where any will do."""


def sample(look: Looks, view: "canonical.ArrayView", depth: int) -> Sample:
    """Arrays that the view takes, or that there are none."""
    return _Arrays(look, view, depth).sample()


class _Arrays:
    """The arrays of one view."""

    def __init__(self, look: Looks, view: "canonical.ArrayView", depth: int) -> None:
        self._look, self._view, self._depth = look, view, depth
        self._least = view.min_items or 0
        self._prefix = view.prefix_items
        self._slots = [look.at(slot, depth) for slot in self._prefix]
        self._rest = Sample(FREE) if view.items is None else look.at(view.items, depth)
        self._longest = self._reach()

    def sample(self) -> Sample:
        if self._longest is not None and self._longest < self._least:
            return NOTHING
        wanted: dict[int, list[JSON]] = {}
        for need in self._view.contains:
            count = 1 if need.min_contains is None else need.min_contains
            if count and not self._place(need.schema, min(count, LONGEST), wanted):
                return NOTHING
        return Sample(distinct(self._arrays(wanted)))

    def _reach(self) -> int | None:
        """How many items an array may have at most: none stands where nothing is taken."""
        limits = [index for index, slot in enumerate(self._slots) if slot.none]
        if self._rest.none:
            limits.append(len(self._slots))
        if self._view.max_items is not None:
            limits.append(self._view.max_items)
        return min(limits, default=None)

    def _place(self, schema: "CanonicalSchema", count: int, wanted: dict[int, list[JSON]]) -> bool:
        """Choose places for ``count`` items of ``schema``; False where none can stand anywhere."""
        first = len(self._prefix)
        possible = False
        left = count
        for index in (*range(first), first):
            slot = self._prefix[index] if index < first else self._view.items
            if self._longest is not None and index >= self._longest:
                break
            found = self._look.at(both(schema, slot), self._depth)
            possible = possible or not found.none
            if found.none or not found.values or not left:
                continue
            places = [index] if index < first else range(first, first + left)
            for place in places:
                wanted.setdefault(place, []).extend(found.values)
            left -= len(places)
        return possible

    def _arrays(self, wanted: dict[int, list[JSON]]) -> list[JSON]:
        """Arrays as short as they may be, with this and that in them, and longer ones."""
        shortest = max([self._least, *(place + 1 for place in wanted)])
        if self._view.distinctness.value == "some_repeated":
            shortest = max(shortest, 2)
        lengths = dict.fromkeys(
            [shortest, shortest + 1, max(shortest, len(self._slots)) + 1, shortest + 2]
        )
        most = LONGEST if self._longest is None else min(LONGEST, self._longest)
        return [
            self._array(length, wanted, turn)
            for turn in range(TURNS)
            for length in lengths
            if length <= most
        ]

    def _array(self, length: int, wanted: dict[int, list[JSON]], turn: int) -> JSON:
        items: list[JSON] = []
        seen: set[str] = set()
        repeated = self._view.distinctness.value == "some_repeated"
        for place in range(length):
            slot = self._slots[place] if place < len(self._slots) else self._rest
            choices = wanted.get(place) or slot.values or [None]
            rotated = choices[turn % len(choices) :] + choices[: turn % len(choices)]
            if repeated and place == length - 1 and items:
                rotated = [items[-1]]
            item = next((one for one in rotated if golden_text(one) not in seen), rotated[0])
            if self._view.distinctness.value == "unconstrained":
                item = rotated[0]
            items.append(item)
            seen.add(golden_text(item))
        return items
