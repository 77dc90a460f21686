"""Where the members of a document's top-level mapping begin and end in its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from onex.core import json, yaml
from onex.core.places import Step

# What may stand between two tokens and says nothing.
_NOTHING = re.compile(r"(?:\s|#[^\r\n]*)*+")
_BREAK = re.compile(r"\r\n|\n|\r")
_SPACES = " \t\r\n"


@dataclass(slots=True, kw_only=True)
class Member:
    """One top-level member; offsets count characters, and ends are exclusive.

    A value ends with its last character: blank lines and comments behind it are not part of it.
    """

    name: str
    key_start: int
    key_end: int
    start: int
    end: int
    style: str
    """How the value is set: see ``Step.style``."""
    tail: int | None = None
    """If the value ends in a block scalar, where that ends: it owns the blank lines behind it."""

    def extend(self, step: Step, text: str) -> None:
        """Let the value reach to the end of ``step``, which is inside it."""
        if step.start == step.end and _NOTHING.fullmatch(text, self.end, step.start):
            return  # nothing is there: the parser places it where the next thing starts
        self.tail, self.end = None, step.end
        if step.style in ("|", ">"):
            self.tail = step.end
            self.end = step.start + len(text[step.start : step.end].rstrip(_SPACES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A text whose top level is a mapping, with the spans of its members."""

    text: str
    eol: str
    """How its lines end: the first one counts."""
    is_json: bool
    is_flow: bool
    start: int
    """Where the mapping begins: at its ``{``, or at its first key."""
    members: list[Member]

    def line_start(self, offset: int) -> int:
        """Where the line of ``offset`` begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def next_line(self, offset: int) -> int:
        """Where the line behind that of ``offset`` begins."""
        found = _BREAK.search(self.text, offset)
        return found.end() if found else len(self.text)

    def line_end(self, offset: int) -> int:
        """Where the line of ``offset`` ends, before its line end."""
        found = _BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def indent(self, offset: int) -> str | None:
        """The blanks before ``offset`` on its line, or None if there is more than blanks."""
        before = self.text[self.line_start(offset) : offset]
        return None if before.strip(" ") else before


class Edit(NamedTuple):
    """Put ``new`` in the place of what stands between two offsets."""

    start: int
    end: int
    new: str


def apply(text: str, edits: list[Edit]) -> str:
    """``text`` after ``edits``, which are in the order of their places and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def open_page(text: str, *, is_json: bool) -> Page:
    """The spans of ``text``, which was read before as a mapping and has no byte order mark."""
    steps = (json if is_json else yaml).steps(text)
    opening = next(steps)
    found = _BREAK.search(text)
    return Page(
        text=text,
        eol=found[0] if found else "\n",
        is_json=is_json,
        is_flow=opening.style == "flow",
        start=opening.start,
        members=list(_members(steps, text)),
    )


def _members(steps: Iterator[Step], text: str) -> Iterator[Member]:
    depth = 0
    for step in steps:
        if depth == 0 and step.kind == "key":
            member = _new(step, next(steps), text)
            depth = member.style in ("flow", "block")
            if depth == 0:
                yield member
        elif depth:
            member.extend(step, text)
            depth += (step.kind in "{[") - (step.kind in "}]")
            if depth == 0:
                yield member


def _new(key: Step, value: Step, text: str) -> Member:
    member = Member(
        name=key.text,
        key_start=key.start,
        key_end=key.end,
        start=value.start,
        end=key.end,
        style=value.style,
    )
    member.extend(value, text)
    member.start = min(member.start, member.end)
    return member
