"""The marks of a merge that git left to a person: what either side says, and whether it matters.

Git writes this, the part between `|||||||` and `=======` in the styles diff3 and zdiff3 alone:

    <<<<<<< ours
    ||||||| base
    =======
    >>>>>>> theirs

A conflict that is confined to members that are computed anew, as a lock is, needs no person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

from onex.core import document
from onex.core.canonical import escape, golden_bytes
from onex.core.document import JSON, Document
from onex.core.spans import open_page
from onex.core.text import BOM, CONFLICT, split_lines
from onex.core.words import shorten
from onex.errors import ConflictError, DocumentError

LOCK = ("files", "hash")
"""The members of a node document that `onex lock` computes anew."""

RESOLVE = "keep the lines that hold, and remove the others with the marks `<<<<<<<`, `=======` and `>>>>>>>`"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_MARK = re.compile(r"(?:<{7}|\|{7}|>{7})(?: |$)|={7}$")
_MARKED = re.compile(rb"^(?:<{7} [^\r\n]|={7}\r?$|>{7} [^\r\n])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Side:
    """What a file would hold if one side of the merge had won.

    Attributes:
        text: the text without marks.
        numbers: for each of its lines the number of that line in the file.
    """

    text: str
    numbers: list[int]


def sides(text: str) -> tuple[Side, Side] | None:
    """Our side and their side of a text; None where the marks do not pair up, or there are none."""
    kept: tuple[list[tuple[int, str]], ...] = ([], [])
    place, count = "", 0
    for number, line in enumerate(_LINE.findall(text), start=1):
        found = _MARK.match(line.rstrip("\r\n"))
        if found is None:
            for index in _TAKES[place]:
                kept[index].append((number, line))
            continue
        mark = line[0]
        if mark not in _NEXT[place]:
            return None
        place = "" if mark == ">" else mark
        count += 1
    if place or not count:
        return None
    ours, theirs = (Side("".join(t for _, t in side), [n for n, _ in side]) for side in kept)
    return ours, theirs


_NEXT = {"": "<", "<": "|=", "|": "=", "=": ">"}
"""Behind each mark, those that may follow it."""

_TAKES: dict[str, tuple[int, ...]] = {"": (0, 1), "<": (0,), "|": (), "=": (1,)}
"""Behind each mark, the sides that a line belongs to."""


def marked_line(data: bytes) -> int | None:
    """The line on which a whole conflict starts in a file of any kind, or None.

    A lone row of `=` is a headline in many a text; only the three marks in their order count.
    """
    start, awaited = 0, b"<"
    for found in _MARKED.finditer(data):
        mark = found[0][:1]
        if mark == b"<":
            start, awaited = found.start(), b"="
        elif mark == awaited == b"=":
            awaited = b">"
        elif mark == awaited:
            return data.count(b"\n", 0, start) + 1
    return None


def settle(data: bytes, path: str, members: tuple[str, ...] = LOCK) -> Document:
    """The document in ``data`` as our side has it, where the sides differ in ``members`` alone.

    Raises:
        ConflictError: they differ in something else, or one of them is no document.
    """
    text = data.decode()
    found = sides(text)
    if found is None:
        first = next((n for n, line in enumerate(split_lines(text), 1) if _MARK.match(line)), 1)
        problem = "the marks of a merge conflict do not pair up"
        raise ConflictError(path, problem, line=first, help=RESOLVE)
    ours, theirs = (_read(side, path) for side in found)
    _require_same_values(found, (ours, theirs), members)
    _require_same_text(found, path, members)
    return ours


def explain(data: bytes, path: str) -> ConflictError:
    """Why a node document cannot be read for its conflict, and what mends it."""
    try:
        value = cast("dict[str, JSON]", settle(data, path).value)
    except ConflictError as error:
        error.help = f"{RESOLVE}; those around `files` and `hash` may stay for `onex lock`"
        return error
    start = next(n for n, line in enumerate(split_lines(data.decode()), 1) if _MARK.match(line))
    node_id = f"{value.get('namespace')}.{value.get('name')}"
    help_text = f"run `onex lock {node_id}`: the conflict is confined to the lock"
    return ConflictError(path, CONFLICT, line=start, help=help_text)


def _read(side: Side, path: str) -> Document:
    """One side as a document whose top level is a mapping."""
    try:
        found = document.parse(side.text.encode(), path)
    except DocumentError as error:
        line = _number(side, error.line)
        raise _refused(path, f"{error.problem} (a side of a merge conflict)", line) from error
    if not isinstance(found.value, dict):
        raise _refused(path, "a side of the merge conflict is no mapping", _number(side, 1))
    return found


def _require_same_values(
    found: tuple[Side, Side], read: tuple[Document, Document], members: tuple[str, ...]
) -> None:
    ours, theirs = (cast("dict[str, JSON]", one.value) for one in read)
    for key in dict.fromkeys([*ours, *theirs]):
        if key in members or (key in ours and key in theirs and _same(ours[key], theirs[key])):
            continue
        side, source = (found[0], read[0]) if key in ours else (found[1], read[1])
        line = _number(side, source.locate(f"/{escape(key)}")[0])
        shown = [shorten(one[key]) if key in one else "nothing" for one in (ours, theirs)]
        problem = f"the two sides of a merge differ in {shorten(key)}: {' and '.join(shown)}"
        raise _refused(source.path, problem, line)


def _require_same_text(found: tuple[Side, Side], path: str, members: tuple[str, ...]) -> None:
    """Comments are the author's too: what is written about the rest has to be the same."""
    ours, theirs = (list(_rest(side, path, members)) for side in found)
    for one, other in zip_longest(ours, theirs):
        if one is None or other is None or one[1] != other[1]:
            line = (one or other)[0]
            raise _refused(path, "the two sides of a merge differ here, in no value", line)


def _rest(side: Side, path: str, members: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The lines of ``side`` that are about something else than ``members``, with their numbers."""
    text = side.text.removeprefix(BOM)
    for member in open_page(text, is_json=path.endswith(".json")).members:
        if member.name in members:
            blank = re.sub(r"[^\r\n]", " ", text[member.key_start : member.end])
            text = f"{text[: member.key_start]}{blank}{text[member.end :]}"
    for number, line in zip(side.numbers, split_lines(text), strict=False):
        if line.strip():
            yield number, " ".join(line.split())


def _same(one: JSON, other: JSON) -> bool:
    return golden_bytes(one) == golden_bytes(other)


def _number(side: Side, line: int) -> int:
    """The number in the file of line ``line`` of a side."""
    return side.numbers[min(line, len(side.numbers)) - 1] if side.numbers else 1


def _refused(path: str, problem: str, line: int) -> ConflictError:
    return ConflictError(path, problem, line=line, help=RESOLVE)
