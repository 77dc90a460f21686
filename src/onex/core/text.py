"""Bytes of a file as text: what may be in it, how much of it, and where a character stands.

Decides which bytes are readable at all, before any parser sees them. YAML and JSON differ in a few
characters, so each names its own. Lines are those of an editor: they end at CR LF, LF or CR alone.
"""

import re
from bisect import bisect_right
from typing import NamedTuple, TypeVar, cast

from onex.errors import ConflictError, DocumentError

MAX_BYTES = 1 << 20
MAX_DEPTH = 64
MAX_NODES = 100_000
MAX_DIGITS = 4300
BOM = "\ufeff"
CONFLICT = "an unresolved merge conflict starts here; resolve it and save the file"

Value = TypeVar("Value")

_BREAK = re.compile(r"\r\n|\n|\r")
_CONFLICT = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_STRANGER = re.compile(
    r"\s*+(?:(?P<html><!doctype html|<html)|(?P<xml><\?xml)|(?P<lfs>version https://git-lfs\.))",
    re.IGNORECASE,
)
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing, so that two names look alike."""
_STRANGERS = {
    "html": "this is an HTML page, not a document of onex; was it saved from a web site?",
    "xml": "this is XML, not a document of onex",
    "lfs": "this is a Git LFS pointer, not the file itself; run `git lfs pull`",
}
_FOREIGN_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class Place(NamedTuple):
    """Where a character stands: line and column from 1, the column in characters."""

    line: int
    column: int


class Lines:
    """The line structure of a text, for turning an offset into a place."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def place(self, offset: int) -> Place:
        """The place of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """Where the character at ``line`` and ``column`` stands; a line that is not there is none.

        Raises:
            ValueError: there is no such line.
        """
        if not 1 <= line <= len(self._starts):
            message = f"there is no line {line}"
            raise ValueError(message)
        return self._starts[line - 1] + column - 1


def split_lines(text: str) -> list[str]:
    """The lines of ``text`` without their ends."""
    return _BREAK.split(text)


def fault(path: str, text: str, offset: int, problem: str) -> DocumentError:
    """The error that says ``problem`` of the character at ``offset``."""
    line, column = Lines(text).place(offset)
    return DocumentError(path, problem, line=line, column=column)


def shorten(text: str, length: int = 40) -> str:
    """``text`` as a message shows it: quoted, escaped, and cut to ``length`` characters."""
    return repr(text if len(text) <= length else f"{text[: length - 3]}...")


def decode(data: bytes, path: str, limit: int = MAX_BYTES) -> str:
    """The text of ``data``, which must be UTF-8; a byte order mark stays in it.

    Raises:
        DocumentError: more than ``limit`` bytes, another encoding, or bytes that are not UTF-8.
    """
    if len(data) > limit:
        raise too_large(path, len(data), limit)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        for mark, name in _FOREIGN_MARKS:
            if data.startswith(mark):
                problem = f"the file is {name}; onex reads UTF-8, so save it as UTF-8"
                raise DocumentError(path, problem) from error
        before = data[: error.start].decode().removeprefix(BOM)
        problem = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise fault(path, before, len(before), problem) from error


def too_large(path: str, size: int, limit: int) -> DocumentError:
    """The error for a file of ``size`` bytes where ``limit`` are allowed."""
    return DocumentError(path, f"the file has {size} bytes; at most {limit} are read")


def refuse_characters(text: str, path: str, forbidden: re.Pattern[str]) -> None:
    """Refuse the first character of ``text`` that ``forbidden`` matches.

    Raises:
        DocumentError: there is one; the message names it by its code point.
    """
    if (found := forbidden.search(text)) is None:
        return
    code = ord(found[0])
    if code == 0:
        problem = "a NUL character: is this UTF-16 or a binary file? onex reads UTF-8"
    else:
        escape = f'inside double quotes write it as "\\u{code:04X}"'
        problem = f"the character U+{code:04X} may not stand here as it is; {escape}"
    raise fault(path, text, found.start(), problem)


def refuse_strangers(text: str, path: str) -> None:
    """Refuse what is plainly another kind of file, by its name.

    Raises:
        ConflictError: a merge conflict.
        DocumentError: a Git LFS pointer, HTML or XML.
    """
    if (stranger := _STRANGER.match(text)) is not None and stranger.lastgroup is not None:
        raise DocumentError(path, _STRANGERS[stranger.lastgroup])
    if "<<<<<<<" in text and (marker := _CONFLICT.search(text)) is not None:
        line, column = Lines(text).place(marker.start())
        raise ConflictError(path, CONFLICT, line=line, column=column)


def printable(text: str) -> str:
    """``text`` on one row, with escapes for what does not print and for what is not Unicode."""
    if text.isascii() and text.isprintable():  # as nearly always
        return text
    return "".join(c if c.isprintable() and c not in _BLANK else ascii(c)[1:-1] for c in text)


def unicode_text(text: str) -> str:
    """``text`` with escapes for the bytes of an argument or a path that are not UTF-8."""
    return text.encode(errors="backslashreplace").decode()


def unicode_value(value: Value) -> Value:
    """A JSON value with such escapes in its texts and keys."""
    if isinstance(value, str):
        return value if is_unicode(value) else cast("Value", unicode_text(value))
    if isinstance(value, list):
        return cast("Value", [unicode_value(item) for item in value])
    if isinstance(value, dict):
        pairs = value.items()
        return cast("Value", {unicode_value(key): unicode_value(item) for key, item in pairs})
    return value


def plural(count: int, noun: str) -> str:
    """``count`` and ``noun``, in the plural unless there is one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def is_unicode(text: str) -> bool:
    """Whether ``text`` is free of the stand-ins for bytes of an argument that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
