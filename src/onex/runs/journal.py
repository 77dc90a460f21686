"""The journal of a run: its facts, a line each, in the order in which they happened."""

import os
from typing import cast

from onex.core import document, json
from onex.core.canonical import golden_bytes
from onex.errors import DocumentError, OnexError
from onex_contract import registry
from onex_types.fact import Fact

FILE_NAME = "journal.jsonl"
MOST_BYTES = 1 << 30
"""How large a journal may be to be read."""


def read(path: str) -> list[Fact]:
    """The facts of the journal at ``path``, in order.

    Raises:
        DocumentError: it cannot be read, its last line is torn, or a line is not one fact; the
            message names the line, and the byte that it begins at.
    """
    lines = document.read_bytes(path, MOST_BYTES).split(b"\n")
    facts: list[Fact] = []
    offset = 0
    for number, line in enumerate(lines[:-1], start=1):
        facts.append(_fact(path, line, number, offset))
        offset += len(line) + 1
    if lines[-1]:
        problem = f"the last line, from byte {offset}, is torn: it has no end"
        raise DocumentError(path, problem, line=len(lines))
    return facts


def _fact(path: str, line: bytes, number: int, offset: int) -> Fact:
    """The fact in one line of a journal."""
    try:
        value = json.parse_state(line, path)
    except DocumentError as error:
        problem = f"the line, from byte {offset}, is not one fact: {error.problem}"
        raise DocumentError(path, problem, line=number, column=error.column) from error
    if not registry.validator("fact").is_valid(value):
        problem = f"the line, from byte {offset}, is JSON, but not a fact"
        raise DocumentError(path, problem, line=number)
    return cast("Fact", value)


class Journal:
    """Appends facts to a file that it makes; each in one write, so that a crash tears at most one.

    Args:
        path: the file, which must not be there yet.

    Raises:
        OnexError: the file cannot be made.
    """

    def __init__(self, path: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._path = path
        try:
            self._descriptor = os.open(path, flags, 0o644)
        except OSError as error:
            raise OnexError(f"{path}: cannot be made: {error.strerror}") from error

    def append(self, fact: Fact) -> None:
        """Put ``fact`` behind what is there.

        Raises:
            OnexError: it could not be written as a whole; the run must not go on unrecorded.
        """
        line = golden_bytes(fact) + b"\n"  # type: ignore[arg-type]
        try:
            written = os.write(self._descriptor, line)
        except OSError as error:
            raise OnexError(f"{self._path}: cannot be written: {error.strerror}") from error
        if written != len(line):
            raise OnexError(f"{self._path}: the last line is torn: {written} of {len(line)} bytes")

    def close(self) -> None:
        """Bring the journal to the disk and close it."""
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise OnexError(f"{self._path}: cannot be written: {error.strerror}") from error
        finally:
            os.close(self._descriptor)
