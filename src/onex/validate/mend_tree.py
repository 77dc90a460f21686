"""Fixes of `.tree` files: entries that are added, removed or sorted, each with its comments."""

import os
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from onex.core.document import JSON, Document
from onex.core.index import TreeProblem, render
from onex.core.scan import scan
from onex.core.spans import Edit
from onex.core.workspace import Workspace
from onex.errors import DocumentError
from onex.validate import mend
from onex_types.finding import Fix

if TYPE_CHECKING:
    from onex.core.edit_at import Page

_LIST = "/entries"

MOST_IN_BRACKETS = 1_000
"""How many entries a list may have whose fixes are read again, one by one."""


def fix(problem: TreeProblem) -> Fix | None:
    """The fix of what is wrong with a tree, where a program can mend it."""
    if problem.kind == "missing":
        return mend.late(problem.path, "make a `.tree` that lists what is there", is_safe=True)
    source = problem.source or problem.listing
    if source is None or os.path.islink(source.path):
        return None
    entries = _entries(source.value)
    if problem.kind == "unsorted":
        return _checked(source, _sort(source, entries), sorted(entries), "sort the entries")
    if problem.entry is None:
        return None
    if problem.kind == "unlisted":
        return _list(source, entries, problem.entry)
    return _remove(source, entries, problem.number)


def _remove(source: Document, entries: list[str], number: int) -> Fix | None:
    """The fix that removes an entry."""
    page, message = _page(source), f"remove {entries[number]}"
    edits = page.remove(f"{_LIST}/{number}")
    if page.indent_of(_LIST) is None:
        if len(entries) > MOST_IN_BRACKETS:
            return None
        left = entries[:number] + entries[number + 1 :]
        return _checked(source, edits, left, message, is_safe=False)
    return mend.edited(source, edits, message, is_safe=False)


def listing(path: str) -> bytes:
    """What a `.tree` that is missing at ``path`` ought to hold."""
    folder = os.path.dirname(os.path.abspath(path))
    root = Workspace.find(os.path.dirname(folder)).root
    key = os.path.join(os.path.relpath(folder, root), "").replace(os.sep, "/")
    return render(scan(root)[0].get(key, []))


def _sort(source: Document, entries: list[str]) -> list[Edit]:
    """The edits that sort the entries: lines move with the comments above them and beside them."""
    page = _page(source)
    order = sorted(range(len(entries)), key=entries.__getitem__)
    bounds = page.lines_of(_LIST)
    if bounds is None:
        return page.reorder(_LIST, order)
    lines = [page.text[bounds[number] : bounds[number + 1]] for number in order]
    ended = [line if line.endswith(("\n", "\r")) else line + page.eol for line in lines]
    text = "".join(ended)
    if not page.text.endswith(("\n", "\r")) and bounds[-1] == len(page.text):
        text = text[: -len(page.eol)]
    return [Edit(bounds[0], bounds[-1], text)]


def _list(source: Document, entries: list[str], entry: str) -> Fix | None:
    """The fix that lists ``entry`` where it belongs."""
    page, message = _page(source), f"list {entry}"
    number = bisect_left(entries, entry)
    bounds, indent = page.lines_of(_LIST), page.indent_of(_LIST)
    if indent is None and len(entries) > MOST_IN_BRACKETS:
        return None
    if bounds is None:
        return _checked(source, page.insert(_LIST, number, entry), [*entries, entry], message)
    at = bounds[number]
    is_open = at > 0 and page.text[at - 1] not in "\r\n"
    line = f"{indent or ''}- {entry}"
    edits = [Edit(at, at, f"{page.eol}{line}" if is_open else f"{line}{page.eol}")]
    if indent is None:
        return _checked(source, edits, [*entries, entry], message)
    # One line more between two such lines: a tree may lack thousands, so this is not read again.
    return mend.edited(source, edits, message, is_safe=True)


def _checked(
    source: Document, edits: list[Edit], expected: list[str], message: str, *, is_safe: bool = True
) -> Fix | None:
    """The fix that makes ``edits``, when they come to the ``expected`` entries in any order."""
    if not edits:
        return None
    try:
        found = _entries(mend.changed(source, edits))
    except DocumentError:
        return None
    if sorted(found) != sorted(expected):
        return None
    return mend.edited(source, edits, message, is_safe=is_safe)


def _entries(value: JSON) -> list[str]:
    entries = value.get("entries") if isinstance(value, dict) else None
    return cast("list[str]", entries or [])


def _page(source: Document) -> "Page":
    return _opened(source.data, source.path)


@lru_cache(maxsize=1)
def _opened(data: bytes, path: str) -> "Page":
    from onex.core.edit_at import Page  # noqa: PLC0415 - wanted for what is found alone

    return Page(data, path)
