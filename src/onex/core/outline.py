"""A document as its author wrote it: keys, values and comments, each where it belongs.

An outline is a value with the words that it was written in. It is read (``onex.core.outline_reader``),
changed and written again (``onex.core.house``), and the comments go with what they speak of: those above a key with the key,
one beside a value with the value, those below the last entry of a block with the block.
"""

from dataclasses import dataclass, field

from onex.core.scalars import resolve
from onex.core.spelling import is_plain, spell
from onex.core.values import JSON


@dataclass(slots=True)
class Scalar:
    """A text, number or word.

    Attributes:
        lines: how it is written, line by line; of a block scalar its content, not its mark.
        style: its mark in YAML (``" ' | >``), empty if it is plain.
        said: what it says, quotes and escapes undone.
    """

    lines: list[str]
    style: str
    said: str


@dataclass(slots=True)
class Group:
    """A mapping or a list.

    Attributes:
        is_map: whether it is a mapping.
        is_flow: whether it is written in brackets.
        is_spread: whether its first entry stands on a line of its own; of brackets alone.
        entries: its members or items, in their order.
        below: the comments behind the last entry; "" is an empty line.
    """

    is_map: bool
    is_flow: bool = False
    is_spread: bool = False
    entries: list["Entry"] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    column: int = 0
    """Where its block begins in the text that was read."""


Part = Scalar | Group


@dataclass(slots=True)
class Entry:
    """A member of a mapping, or an item of a list.

    Attributes:
        value: its value.
        key: of a member, its key.
        above: the comments above it; "" is an empty line.
        beside: the comment behind its value, with the blanks in front.
        beside_key: the comment behind its key, where the value is below.
    """

    value: Part
    key: Scalar | None = None
    above: list[str] = field(default_factory=list)
    beside: str = ""
    beside_key: str = ""

    @property
    def name(self) -> str:
        """What its key says; empty for an item."""
        return self.key.said if self.key else ""


@dataclass(slots=True)
class Outline:
    """A whole document.

    Attributes:
        root: its value.
        head: the comments at its top that an empty line sets apart.
        tail: the comments at its end.
    """

    root: Part
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def value_of(node: Part) -> JSON:
    """What ``node`` says."""
    if isinstance(node, Scalar):
        return node.said if node.style else resolve(node.said)
    if node.is_map:
        return {entry.name: value_of(entry.value) for entry in node.entries}
    return [value_of(entry.value) for entry in node.entries]


def comments_in(part: Part) -> list[str]:
    """The comments inside ``part``, in their order."""
    if isinstance(part, Scalar):
        return []
    found: list[str] = []
    for entry in part.entries:
        found += [*entry.above, entry.beside_key, *comments_in(entry.value), entry.beside]
    return [comment.strip() for comment in [*found, *part.below] if comment]


def from_value(value: JSON, depth: int = 0) -> Part:
    """``value`` as an outline: lists, and mappings of plain values inside others, in brackets."""
    if isinstance(value, dict):
        entries = [Entry(from_value(item, depth + 1), spelled(key)) for key, item in value.items()]
        is_flow = not value or (depth > 0 and all(map(_is_plain_value, value.values())))
        return Group(is_map=True, is_flow=is_flow, entries=entries)
    if isinstance(value, list):
        items = [Entry(from_value(item, depth + 1)) for item in value]
        return Group(is_map=False, is_flow=True, entries=items)
    if isinstance(value, str):
        return spelled(value)
    return Scalar([spell(value)], "", spell(value))


def spelled(text: str) -> Scalar:
    """``text``, quoted only where it must be."""
    return Scalar([text], "", text) if is_plain(text) else quoted(text)


def quoted(text: str) -> Scalar:
    """``text`` in double quotes."""
    return Scalar([spell(text)], '"', text)


def _is_plain_value(value: JSON) -> bool:
    return not isinstance(value, (dict, list))
