"""Reading an outline: which comment belongs to what, and how each scalar is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onex.core import json, yaml
from onex.core.outline import Entry, Group, Outline, Scalar
from onex.core.places import Step
from onex.core.text import BOM

_RETURN = re.compile(r"\r\n?")
_BLANKS = " \t\n"


def read(data: bytes, *, is_json: bool) -> Outline:
    """The outline of a document that ``onex.core.document.parse`` has read."""
    text = _RETURN.sub("\n", data.decode().removeprefix(BOM))
    return _Reader(text).read((json if is_json else yaml).steps(text))


def plain_lines(lines: list[str], *, is_escaped: bool = False) -> list[str]:
    """The lines of a scalar that folds, without the white space around them that says nothing."""
    if len(lines) == 1:
        return lines
    kept = [line.lstrip(" \t") if index else line for index, line in enumerate(lines)]
    return [
        *(_trim(line, is_escaped=is_escaped) for line in kept[:-1]),
        kept[-1],
    ]


def _trim(line: str, *, is_escaped: bool) -> str:
    bare = line.rstrip(" \t")
    slashes = len(bare) - len(bare.rstrip("\\"))
    # A blank behind an odd number of slashes is escaped, and part of the text.
    return line[: len(bare) + 1] if is_escaped and slashes % 2 else bare


@dataclass(slots=True)
class _Remark:
    """A comment, or an empty line, between two tokens."""

    text: str
    column: int


class _Reader:
    """Builds an outline from the steps of a text; what stands between them are the comments."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cursor = 0
        self._open: list[Group] = [Group(is_map=False)]
        self._closed: list[tuple[Group, int]] = []
        self._last: Entry | None = None
        self._awaits_value = False

    def read(self, steps: Iterator[Step]) -> Outline:
        for step in steps:
            if step.kind in "{[":
                self._begin(step)
            elif step.kind in "}]":
                self._finish(step)
            elif step.kind == "key":
                self._key(step)
            else:
                self._scalar(step)
        tail = self._take(len(self._text))
        while tail and not tail[-1]:
            tail.pop()
        entry = self._open[0].entries[0]
        outline = Outline(entry.value, entry.above, [*filter(None, [entry.beside.lstrip()]), *tail])
        _set_head_apart(outline)
        return outline

    def _key(self, step: Step) -> None:
        self._mark_spread(step)
        above = self._take(step.start)
        scalar = self._spelled(step)
        entry = Entry(Scalar([""], "", ""), scalar, above)
        self._open[-1].entries.append(entry)
        self._last, self._awaits_value = entry, True
        self._cursor = step.end

    def _scalar(self, step: Step) -> None:
        is_absent = step.start == step.end
        if not (is_absent and self._open[-1].is_map):
            self._mark_spread(step)
            entry = self._place(self._take(step.start))
        else:
            entry = self._place([])
        entry.value = self._spelled(step)
        self._last, self._awaits_value = entry, False
        if step.style in ("|", ">"):
            entry.beside = self._beside_mark(step)
            self._cursor = max(self._cursor, _content_end(self._text, step))
        elif not is_absent:
            self._cursor = step.end

    def _begin(self, step: Step) -> None:
        is_flow = step.style == "flow"
        group = Group(is_map=step.kind == "{", is_flow=is_flow, column=self._column(step.start))
        if is_flow and self._text[step.start : step.start + 1] in {"{", "["}:
            self._mark_spread(step)
            self._place(self._take(step.start)).value = group
            self._cursor = step.start + 1
            self._last = None
        else:
            # Comments in front of a block belong to its first entry, those before a dash to the item.
            is_item = len(self._open) > 1 and not self._open[-1].is_map
            self._place(self._take(step.start) if is_item else []).value = group
            self._cursor = step.start if is_item else self._cursor
        self._open.append(group)

    def _finish(self, step: Step) -> None:
        group = self._open.pop()
        if step.start < step.end and group.is_flow:
            group.below += self._take(step.start)
            self._cursor = step.end
        elif not group.is_flow:
            self._closed.append((group, self._open[-1].column if len(self._open) > 1 else -1))
            return
        self._last, self._awaits_value = self._open[-1].entries[-1], False

    def _place(self, above: list[str]) -> Entry:
        """The entry that the next value belongs to: a new item, or the member whose key was read."""
        group = self._open[-1]
        if group.is_map:
            entry = group.entries[-1]
            entry.above += above
        else:
            entry = Entry(Scalar([""], "", ""), above=above)
            group.entries.append(entry)
        return entry

    def _mark_spread(self, step: Step) -> None:
        group = self._open[-1]
        if group.is_flow and not group.entries:
            group.is_spread = "\n" in self._text[self._cursor : step.start]

    def _take(self, end: int) -> list[str]:
        """What stands between the last token and ``end``, less the comments that go elsewhere."""
        beside, remarks = self._remarks(end)
        if beside and self._last is not None:
            if self._awaits_value:
                self._last.beside_key = beside
            else:
                self._last.beside = f"{self._last.beside}{beside}"
        elif beside:
            remarks.insert(0, _Remark(beside.lstrip(), 0))
        closed, self._closed = self._closed, []
        self._last = None
        return _deal(remarks, closed)

    def _remarks(self, end: int) -> tuple[str, list[_Remark]]:
        first, *rest = self._text[self._cursor : end].split("\n")
        if self._cursor == 0 or self._text[self._cursor - 1] == "\n":
            first, rest = "", [first, *rest]
        beside = ""
        if "#" in first:
            before, _, comment = first.partition("#")
            blanks = before[len(before.rstrip(" \t")) :]
            beside = (blanks if blanks.strip(" ") == "" else "") or " "
            beside += f"#{comment}".rstrip()
        remarks = []
        for number, line in enumerate(rest, start=1):
            at = line.find("#")
            if at >= 0:
                # Behind a dash it is indented for nothing.
                remarks.append(_Remark(line[at:].rstrip(), -1 if line[:at].strip() else at))
            elif not line.strip() and number < len(rest):
                remarks.append(_Remark("", 0))
        return beside, remarks

    def _spelled(self, step: Step) -> Scalar:
        raw = self._text[step.start : step.end]
        if step.style in ("|", ">"):
            return Scalar(self._content(raw), step.style, step.text)
        lines = raw.split("\n")
        return Scalar(plain_lines(lines, is_escaped=step.style == '"'), step.style, step.text)

    def _content(self, raw: str) -> list[str]:
        """The lines of a block scalar, without their indentation."""
        mark, *lines = raw.split("\n")
        digit = re.search(r"^[|>][-+]?([1-9])", mark)
        if digit:
            outer = self._open[-1].column if len(self._open) > 1 else 0
            indent = outer + int(digit[1])
        else:
            full = next((line for line in lines if line.strip(" ")), "")
            indent = len(full) - len(full.lstrip(" "))
        lines = [line[indent:] for line in lines]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def _beside_mark(self, step: Step) -> str:
        mark = self._text[step.start : step.end].partition("\n")[0]
        at = mark.find("#")
        return f" {mark[at:].rstrip()}" if at >= 0 else ""

    def _column(self, offset: int) -> int:
        return offset - (self._text.rfind("\n", 0, offset) + 1)


def _content_end(text: str, step: Step) -> int:
    """Where a block scalar ends; the empty lines behind it are its own only if it keeps them."""
    if step.text.endswith("\n\n") or not step.text.strip("\n"):
        return step.end
    return step.start + len(text[step.start : step.end].rstrip(_BLANKS))


def _deal(remarks: list[_Remark], closed: list[tuple[Group, int]]) -> list[str]:
    """Give each comment to the block that it is indented for; the rest is above what comes next."""
    above: list[str] = []
    empty = False
    for remark in remarks:
        if not remark.text:
            empty = True
            continue
        while closed and not closed[0][1] < remark.column >= closed[0][0].column:
            closed.pop(0)
        target = closed[0][0].below if closed else above
        target += [*([""] if empty else []), remark.text]
        empty = False
    return [*above, *([""] if empty else [])]


def _set_head_apart(outline: Outline) -> None:
    """Comments at the top with an empty line behind them are of the file, not of its first key."""
    root = outline.root
    if isinstance(root, Group) and not root.is_flow and root.entries:
        above = root.entries[0].above
        if "" in above:
            cut = len(above) - above[::-1].index("")
            outline.head += above[:cut]
            root.entries[0].above = above[cut:]
