"""Fixes: the edits that mend what a rule has found in a node's document.

A fix is offered only where it can be made: the document is edited, read again, and must say exactly
what it should; its schema must have less against it than before, and nothing new.
"""

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from onex.core import node
from onex.core.canonical import golden_bytes
from onex.core.document import JSON, Document, parse
from onex.core.places import split_pointer
from onex.core.schema import Problem
from onex.core.text import BOM, printable
from onex.core.words import shorten
from onex.errors import DocumentError
from onex_types.finding import Fix, FixEdit

if TYPE_CHECKING:
    from onex.core.edit_at import Page
    from onex.core.spans import Edit

MOST_WORK = 1 << 20
"""How many bytes are read again for the fixes of one document; beyond it, none are offered."""

_VERSION = re.compile(r"\s*[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?((?:[-+].*)?)\s*").fullmatch
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})|true|false").fullmatch


def is_worth(document: Document, count: int) -> bool:
    """Whether a document is small enough for ``count`` fixes: for each it is read again."""
    return len(document.data) * count <= MOST_WORK


def problem(document: Document, found: Problem) -> Fix | None:
    """The fix of what a schema has against a key or a value, as far as it is plain what was meant."""
    if found.key:
        return _rename(document, found) if found.meant else None
    value = _value_at(document.value, found.pointer)
    if found.meant and isinstance(value, str):
        is_same = value.strip().casefold() == found.meant.casefold()
        return put(document, found.pointer, found.meant, is_safe=is_same)
    if isinstance(value, str):
        if not _LITERAL(value):
            return None
        bare = int(value) if value not in {"true", "false"} else value == "true"
        return put(document, found.pointer, bare, is_safe=True)
    if isinstance(value, bool | int | float):
        written = _page(document).written(found.pointer)
        return put(document, found.pointer, written, is_safe=True) if written else None
    return None


def version(document: Document, found: Problem) -> Fix | None:
    """The fix of a version that lacks its quotes or a part: a part that is left out is 0."""
    parts = _VERSION(_page(document).written(found.pointer) or "")
    if parts is None:
        return None
    full = f"{parts[1]}.{parts[2] or 0}.{parts[3] or 0}{parts[4]}"
    return put(document, found.pointer, full, is_safe=True)


def put(document: Document, pointer: str, value: JSON, *, is_safe: bool) -> Fix | None:
    """The fix that writes ``value`` in place of the single value at ``pointer``."""
    expected = _with(document.value, split_pointer(pointer), value)
    edits = _page(document).set(pointer, value)
    return _checked(document, edits, expected, f"write {shorten(value)}", is_safe=is_safe)


def remove(document: Document, pointer: str, message: str, *, is_safe: bool) -> Fix | None:
    """The fix that takes out the item of a list at ``pointer``, and with the last item the list."""
    above, _, _ = pointer.rpartition("/")
    items = _value_at(document.value, above)
    if isinstance(items, list) and len(items) == 1:
        pointer = above
    expected = _without(document.value, split_pointer(pointer))
    edits = _page(document).remove(pointer)
    return _checked(document, edits, expected, message, is_safe=is_safe)


def late(path: str, message: str, *, is_safe: bool) -> Fix | None:
    """A fix whose edits are worked out when it is applied."""
    return None if os.path.islink(path) else _fix(message, [], is_safe=is_safe)


def edited(document: Document, edits: "Sequence[Edit]", message: str, *, is_safe: bool) -> Fix:
    """The fix that makes ``edits``, whose offsets count characters behind a byte order mark."""
    place = document.place
    spelled: list[FixEdit] = []
    for edit in edits:
        (line, column), (end_line, end_column) = place(edit.start), place(edit.end)
        spelled.append(
            {
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
                "text": edit.new,
            }
        )
    return _fix(message, spelled, is_safe=is_safe)


def changed(document: Document, edits: "list[Edit]") -> JSON:
    """What ``document`` says after ``edits``.

    Raises:
        DocumentError: it can no longer be read.
    """
    from onex.core.spans import apply  # noqa: PLC0415 - wanted for what is found alone

    text = apply(document.data.decode().removeprefix(BOM), edits)
    return parse(text.encode(), document.path).value


def _rename(document: Document, found: Problem) -> Fix | None:
    """The fix of a misspelt key; certain where the one that was meant must be there, and is not."""
    *above, name = split_pointer(found.pointer)
    meant = cast("str", found.meant)
    mapping = _inside(document.value, above)
    if not isinstance(mapping, dict) or meant in mapping:
        return None
    renamed: JSON = {meant if key == name else key: item for key, item in mapping.items()}
    expected = _with(document.value, above, renamed)
    edits = _page(document).rename(found.pointer, meant)
    message = f"call it '{printable(meant)}'"
    return _checked(document, edits, expected, message, is_safe=found.lacks)


def _checked(
    document: Document, edits: "list[Edit]", expected: JSON, message: str, *, is_safe: bool
) -> Fix | None:
    """The fix that makes ``edits``, when they come to ``expected`` and please the schema."""
    if not edits or os.path.islink(document.path):
        return None
    try:
        value = changed(document, edits)
    except DocumentError:
        return None
    if golden_bytes(value) != golden_bytes(expected):
        return None
    before = {(each.pointer, each.message) for each in node.node_problems(document.value)}
    after = {(each.pointer, each.message) for each in node.node_problems(value)}
    if after > before or (before and not after < before):
        return None
    return edited(document, edits, message, is_safe=is_safe)


def _fix(message: str, edits: list[FixEdit], *, is_safe: bool) -> Fix:
    return {"applicability": "safe" if is_safe else "unsafe", "message": message, "edits": edits}


def _page(document: Document) -> "Page":
    from onex.core.edit_at import Page  # noqa: PLC0415 - wanted for what is found alone

    return Page(document.data, document.path)


def _value_at(value: JSON, pointer: str) -> JSON:
    return _inside(value, split_pointer(pointer))


def _inside(value: JSON, path: Sequence[str]) -> JSON:
    """The value at ``path``; None for what is not there."""
    for name in path:
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _with(value: JSON, path: Sequence[str], new: JSON) -> JSON:
    """``value`` with ``new`` at ``path``."""
    if not path:
        return new
    name, *rest = path
    if isinstance(value, dict):
        return {key: _with(item, rest, new) if key == name else item for key, item in value.items()}
    if isinstance(value, list):
        return [_with(item, rest, new) if str(n) == name else item for n, item in enumerate(value)]
    return value


def _without(value: JSON, path: Sequence[str]) -> JSON:
    """``value`` without what is at ``path``."""
    *above, name = path
    inner = _inside(value, above)
    if isinstance(inner, dict):
        left: JSON = {key: item for key, item in inner.items() if key != name}
    elif isinstance(inner, list):
        left = [item for number, item in enumerate(inner) if str(number) != name]
    else:
        return value
    return _with(value, above, left)
