"""A file of the tree as bytes, as a value, and as the places of that value's parts."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from onex.core import json, plain
from onex.core.opening import open_file
from onex.core.places import Spot
from onex.core.text import BOM, MAX_BYTES, Lines, Place, printable, split_lines, too_large
from onex.core.values import JSON
from onex.errors import DocumentError

__all__ = ["JSON", "MAX_BYTES", "Document", "parse", "read", "read_bytes"]

SNIPPET = 120
"""How many characters of a line a message shows."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_INSTEAD: dict[str, bytes] = {}
"""What files are taken to hold, by their absolute paths; see ``instead``."""

_OPEN_PROBLEMS = {
    errno.ENOENT: "no such file",
    errno.ENOTDIR: "no such file: a part of the path is not a folder",
    errno.EACCES: "no permission to read the file",
    errno.EPERM: "no permission to read the file",
    errno.ELOOP: "a symbolic link, which is not followed here, or one that leads in a circle",
    errno.ENXIO: "a socket or a device, not a file",
    errno.ENAMETOOLONG: "the path is too long",
}


@dataclass(frozen=True)
class Document:
    """One file, read once.

    ``value`` shares nothing with other documents, but it is not frozen: treat it as if it were.
    """

    path: str
    data: bytes
    value: JSON

    def locate(self, pointer: str, *, key: bool = False) -> tuple[int, int]:
        """Line and column, both from 1, of the value at the JSON pointer ``pointer``.

        What is not in the document is placed at its nearest parent that is.

        Args:
            pointer: RFC 6901; empty for the whole document.
            key: the place of the value's key instead, where it has one.
        """
        spot = self._spots.find(pointer)
        return spot.key if key and spot.key is not None else spot.value

    def line_text(self, line: int, column: int = 1) -> str:
        """Line ``line``, safe to print: one row, with escapes for what does not print.

        A long line is cut to ``SNIPPET`` characters around ``column``, with ``...`` for what is
        missing. A line that is not there is empty.
        """
        if not 1 <= line <= len(self._lines):
            return ""
        text = self._lines[line - 1]
        start = max(0, column - 1 - SNIPPET // 2) if len(text) > SNIPPET else 0
        if column > len(text) + 1:
            start = max(0, len(text) - SNIPPET)
        shown = printable(text[start : start + SNIPPET].replace("\t", " "))
        before, behind = "..." if start else "", "..." if len(text) > start + SNIPPET else ""
        return f"{before}{shown}{behind}"

    def place(self, offset: int) -> Place:
        """The place of the character at ``offset``, counted behind a byte order mark."""
        return self._structure.place(offset)

    @cached_property
    def _structure(self) -> Lines:
        return Lines(self.data.decode().removeprefix(BOM))

    @cached_property
    def _spots(self) -> Spot:
        return _format(self.path).positions(self.data)

    @cached_property
    def _lines(self) -> list[str]:
        return split_lines(self.data.decode().removeprefix(BOM))


def read(path: str) -> Document:
    """The document in the file ``path``.

    Raises:
        DocumentError: see ``read_bytes`` and ``parse``.
    """
    return parse(read_bytes(path), path)


def parse(data: bytes, path: str) -> Document:
    """The document whose file holds ``data``: JSON if ``path`` ends in ``.json``, else YAML.

    Raises:
        DocumentError: see ``onex.core.json.parse`` and ``onex.core.yaml.parse``.
    """
    # Most YAML is plain, and needs no parser of YAML.
    value = None if path.endswith(".json") else plain.read(data)
    return Document(path, data, _format(path).parse(data, path) if value is None else value)


def read_bytes(path: str, limit: int = MAX_BYTES, *, follow: bool = True) -> bytes:
    """The content of the regular file ``path``.

    Opening never waits for a writer, and nothing is read before the kind and the size are known.

    Args:
        path: the file.
        limit: how many bytes it may have.
        follow: whether the last part of the path may be a symbolic link.

    Raises:
        DocumentError: there is no such file, it may not be read, is no regular file, or too large.
    """
    if _INSTEAD and (data := _INSTEAD.get(os.path.abspath(path))) is not None:
        return data
    with opened(path, limit, follow=follow) as (descriptor, size):
        # One byte more than there should be shows the end, or that the file grows under our hands.
        data = os.read(descriptor, size + 1)
        if len(data) == size:
            return data
        while len(data) <= limit and (more := os.read(descriptor, limit + 1 - len(data))):
            data += more
        if len(data) > limit:
            raise too_large(path, len(data), limit)
        return data


def is_instead() -> bool:
    """Whether some files are taken to hold something else; see ``instead``."""
    return bool(_INSTEAD)


@contextmanager
def instead(contents: dict[str, bytes]) -> Iterator[None]:
    """Take files to hold what ``contents`` has for their absolute paths, before it is written.

    What ``contents`` gets meanwhile counts, too.
    """
    global _INSTEAD  # noqa: PLW0603 - for everything that reads, however deep below
    before, _INSTEAD = _INSTEAD, contents
    try:
        yield
    finally:
        _INSTEAD = before


@contextmanager
def opened(path: str, limit: int, *, follow: bool = True) -> Iterator[tuple[int, int]]:
    """A descriptor of the regular file ``path``, and the file's size; see ``read_bytes``.

    Raises:
        DocumentError: there is no such file, it may not be read, is no regular file, or too large.
    """
    try:
        descriptor = open_file(path, os.O_RDONLY, follow=follow)
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        what = "what is not Unicode" if isinstance(error, UnicodeError) else "a NUL character"
        raise DocumentError(path, f"this is no name of a file: it holds {what}") from error
    try:
        yield descriptor, _regular_size(descriptor, path, limit)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(descriptor)


def _unreadable(path: str, error: OSError) -> DocumentError:
    known = _OPEN_PROBLEMS.get(error.errno or 0)
    return DocumentError(path, known or f"the file cannot be read: {error.strerror}")


def _regular_size(descriptor: int, path: str, limit: int) -> int:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for test, name in _KINDS if test(status.st_mode)), "something else")
        raise DocumentError(path, f"{kind}, where a regular file was expected")
    if status.st_size > limit:
        raise too_large(path, status.st_size, limit)
    return status.st_size


class _Format(Protocol):
    """The two functions that the modules of the formats have in common."""

    def parse(self, data: bytes, path: str) -> JSON: ...
    def positions(self, data: bytes) -> Spot: ...


def _format(path: str) -> _Format:
    if path.endswith(".json"):
        return json
    from onex.core import yaml  # noqa: PLC0415 - 10 ms that who parses no YAML need not pay

    return yaml
