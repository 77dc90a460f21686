"""The journal of a run: its facts, a line each, in the order in which they happened."""

import os

from onex.core.canonical import golden_bytes
from onex.errors import OnexError
from onex_types.fact import Fact

FILE_NAME = "journal.jsonl"


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
