"""Where each value of a document stands, as a tree that is walked by JSON pointer.

Both readers turn their text into the same steps, so one builder serves YAML and JSON. A tree, not
a table of pointers: pointers repeat the keys above them, so a table of a deep file could be large.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onex.core.text import Lines, Place


class Step(NamedTuple):
    """One key, value, or edge of a collection in a text; offsets count characters."""

    kind: str
    """``key``, ``scalar``, or the bracket that JSON has for the edge: ``{ } [ ]``."""
    start: int
    end: int
    text: str
    """Of a key or scalar: what it says."""
    style: str
    """Of a key or scalar: its mark in YAML (``" ' | >``, empty if plain). Of an edge: ``flow`` or
    ``block``."""


def name_keys(steps: Iterable[Step]) -> Iterator[Step]:
    """The same steps, with every other child of a mapping, the first one first, made a ``key``."""
    open_kinds: list[str] = []
    awaits_key = False
    for step in steps:
        if step.kind in "}]":
            del open_kinds[-1:]
            awaits_key = open_kinds[-1:] == ["{"]
        elif awaits_key and step.kind == "scalar":
            awaits_key = False
            yield step._replace(kind="key")
            continue
        elif step.kind == "scalar":
            awaits_key = open_kinds[-1:] == ["{"]
        else:
            open_kinds.append(step.kind)
            awaits_key = step.kind == "{"
        yield step


@dataclass(slots=True)
class Spot:
    """A value's place, its key's place, and the spots inside it by name or by index."""

    value: Place
    key: Place | None = None
    inside: dict[str, "Spot"] = field(default_factory=dict)

    def find(self, pointer: str) -> "Spot":
        """The spot of ``pointer`` (RFC 6901), or of its nearest parent that is here."""
        spot = self
        for name in split_pointer(pointer):
            below = spot.inside.get(name)
            if below is None:
                break
            spot = below
        return spot


def split_pointer(pointer: str) -> list[str]:
    """The reference tokens of a JSON pointer, unescaped; none for the root."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def build(steps: Iterable[Step], text: str) -> Spot:
    """The tree of places of a document that was read without fault; ``steps`` name their keys."""
    place = Lines(text).place
    root = Spot(Place(1, 1))
    open_spots = [root]
    key: Step | None = None
    for step in steps:
        if step.kind in "}]":
            open_spots.pop()
        elif step.kind == "key":
            key = step
        else:
            inside = open_spots[-1].inside
            spot = Spot(place(step.start), place(key.start) if key else None)
            inside[str(len(inside)) if key is None else key.text] = spot
            key = None
            if step.kind != "scalar":
                open_spots.append(spot)
    return root.inside["0"]
