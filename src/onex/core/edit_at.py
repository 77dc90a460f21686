"""Edits of one value anywhere in a document, by its JSON pointer: which spans change, and to what.

Everything else keeps its bytes. Where the way a file is written is beyond this module there are no
edits; what they come to is read again by whoever applies them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onex.core import json, yaml
from onex.core.places import Step, split_pointer
from onex.core.spans import Edit
from onex.core.spelling import spell, spell_key, spell_like
from onex.core.text import BOM
from onex.core.values import JSON

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK = " \t\r\n"


@dataclass(slots=True)
class _Part:
    """A value: where it stands, where its key does, and the values in it."""

    step: Step
    key: Step | None = None
    end: int = 0
    above: "_Part | None" = None
    inside: dict[str, "_Part"] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where the value begins, with its key."""
        return self.key.start if self.key else self.step.start


class Page:
    """A document that was read without fault, and the edits of it.

    Attributes:
        text: its text, without a byte order mark.
        eol: how its lines end: the first one counts.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.text = data.decode().removeprefix(BOM)
        self._is_json = path.endswith(".json")
        found = _BREAK.search(self.text)
        self.eol = found[0] if found else "\n"
        self._bounds: dict[str, list[int] | None] = {}
        self._root = _build((json if self._is_json else yaml).steps(self.text), self.text)

    def written(self, pointer: str) -> str | None:
        """A single value as the file writes it, without its quotes; None for what is not there."""
        part = self._find(pointer)
        return part.step.text if part and part.step.kind == "scalar" else None

    def set(self, pointer: str, value: JSON) -> list[Edit]:
        """The edits that write ``value`` in place of a single value."""
        part = self._find(pointer)
        if part is None or part.step.kind != "scalar" or part.step.start == part.step.end:
            return []
        new = spell(value) if self._is_json else spell_like(value, part.step.style)
        return [Edit(part.step.start, part.end, new)]

    def rename(self, pointer: str, name: str) -> list[Edit]:
        """The edits that give a member another name."""
        part = self._find(pointer)
        if part is None or part.key is None:
            return []
        if self._is_json or part.key.style == '"':
            new = spell(name)
        else:
            new = spell_like(name, "'") if part.key.style == "'" else spell_key(name)
        return [Edit(part.key.start, part.key.end, new)]

    def remove(self, pointer: str) -> list[Edit]:
        """The edits that take a value out, with its key and what its lines say about it."""
        part = self._find(pointer)
        if part is None or part.above is None:
            return []
        if part.above.step.style == "flow":
            return self._remove_from_flow(part, part.above)
        start = self._line_start(part.start)
        if self.text[start : part.start].strip(" ") not in {"", "-"}:
            return []
        return [Edit(start, self._next_line(part.end), "")]

    def insert(self, pointer: str, number: int, item: str) -> list[Edit]:
        """The edits that put a text into a list in brackets, in front of its item ``number``."""
        part = self._find(pointer)
        if part is None or part.step.style != "flow":
            return []
        items = list(part.inside.values())
        text = spell(item) if self._is_json else item
        if number < len(items):
            return [Edit(items[number].start, items[number].start, f"{text}, ")]
        if items:
            return [Edit(items[-1].end, items[-1].end, f", {text}")]
        return [Edit(part.step.end, part.step.end, text)]

    def reorder(self, pointer: str, order: Sequence[int]) -> list[Edit]:
        """The edits that put the items of a list in brackets into another order."""
        part = self._find(pointer)
        items = list(part.inside.values()) if part else []
        return [
            Edit(item.start, item.end, self.text[items[number].start : items[number].end])
            for item, number in zip(items, order, strict=True)
        ]

    def lines_of(self, pointer: str) -> list[int] | None:
        """Where the lines of each item of a list begin, and where those of the last one end.

        The comments above an item are its own. A list without items, that only has a key, ends
        where it begins.

        Returns:
            One offset more than there are items; None for a list in brackets.
        """
        if pointer not in self._bounds:
            part = self._find(pointer)
            bounds = None
            if part and part.key and part.step.style != "flow":
                ends = [part.key.end, *(item.end for item in part.inside.values())]
                bounds = [self._next_line(end) for end in ends]
            self._bounds[pointer] = bounds
        return self._bounds[pointer]

    def indent_of(self, pointer: str) -> str | None:
        """The blanks before the items of a list that has lines of its own; None for another one."""
        part = self._find(pointer)
        first = next(iter(part.inside.values()), None) if part else None
        if first is None:
            return None
        line = self.text[self._line_start(first.start) : first.start]
        return line.partition("-")[0] if line.strip(" ") == "-" else None

    def _remove_from_flow(self, part: _Part, above: _Part) -> list[Edit]:
        siblings = list(above.inside.values())
        at = next(index for index, each in enumerate(siblings) if each is part)
        if at + 1 < len(siblings):
            return [Edit(part.start, siblings[at + 1].start, "")]
        return [Edit(siblings[at - 1].end if at else part.start, part.end, "")]

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def _next_line(self, offset: int) -> int:
        found = _BREAK.search(self.text, offset)
        return found.end() if found else len(self.text)

    def _find(self, pointer: str) -> _Part | None:
        part: _Part | None = self._root
        for name in split_pointer(pointer):
            part = part.inside.get(name) if part else None
        return part


def _build(steps: Iterator[Step], text: str) -> _Part:
    """The values of ``text`` as a tree."""
    root = part = _Part(next(steps))
    key: Step | None = None
    if root.step.kind == "scalar":
        root.end = _end(root.step, text)
    for step in steps:
        if step.kind in "}]":
            inner = [each.end for each in part.inside.values()]
            part.end = step.end if part.step.style == "flow" else max(inner, default=part.step.end)
            part = part.above or root
        elif step.kind == "key":
            key = step
        else:
            child = _Part(step, key, _end(step, text), part)
            part.inside[str(len(part.inside)) if key is None else key.text] = child
            if key and step.start == step.end:
                child.end = (
                    key.end
                )  # nothing is there: the parser places it where the next thing is
            key = None
            if step.kind != "scalar":
                part = child
    return root


def _end(step: Step, text: str) -> int:
    """Where a single value ends: a block scalar without the blank lines that it owns."""
    if step.style in {"|", ">"}:
        return step.start + len(text[step.start : step.end].rstrip(_BLANK))
    return step.end
