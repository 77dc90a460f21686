"""The journal of a run: its facts, a line each, in the order in which they happened."""

import os
from collections.abc import Iterator
from typing import NamedTuple, cast

from onex.core import jsonl
from onex.core.canonical import golden_bytes
from onex.core.hold import PATIENCE_SECONDS, hold
from onex.core.opening import open_file
from onex.core.values import JSON
from onex.errors import DocumentError, OnexError, RefusedError
from onex.results.run import RunFold
from onex.runs.sequence import Sequence
from onex_contract import registry
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact

FILE_NAME = "journal.jsonl"
MOST_BYTES = jsonl.MOST_BYTES
"""How large a journal, and whatever follows from it, may be."""


def facts(path: str) -> Iterator[tuple[int, int, Fact]]:
    """The facts of the journal at ``path``, in order, each with its line and the byte it begins at.

    Raises:
        DocumentError: it cannot be read, its last line is torn, or a line is not one fact.
    """
    validator = registry.validator("fact")
    for number, offset, value in jsonl.read(path):
        # To a schema 5.0 is an integer; onex never writes one like that.
        if not validator.is_valid(value) or any(type(v) is float for v in value.values()):  # type: ignore[union-attr]
            problem = f"the line, from byte {offset}, is JSON, but not a fact"
            raise DocumentError(path, problem, line=number)
        yield number, offset, cast("Fact", value)


def read(path: str) -> list[Fact]:
    """All facts of the journal at ``path``.

    Raises:
        DocumentError: see ``facts``.
    """
    return [fact for _, _, fact in facts(path)]


def fold(path: str) -> RunFold:
    """What the facts of the journal at ``path`` amount to.

    Raises:
        DocumentError: see ``facts``; or a fact contradicts those before it.
    """
    folded = RunFold()
    for _ in replay(path, folded):
        pass
    return folded


def replay(path: str, folded: RunFold) -> Iterator[tuple[Fact, ExecutionResult | None]]:
    """Add the facts of the journal at ``path`` to ``folded``: each, and the record that it ends.

    Raises:
        DocumentError: see ``fold``.
    """
    sequence = Sequence()
    for number, offset, fact in facts(path):
        try:
            sequence.take(fact)
            result = folded.add(fact)
        except ValueError as error:
            problem = f"the fact, from byte {offset}, has no place here: {error}"
            raise DocumentError(path, problem, line=number) from error
        yield fact, result


class Tail(NamedTuple):
    """The torn last line of a journal: its number from 1, where it begins, and how long it is."""

    number: int
    offset: int
    size: int


def torn_tail(path: str) -> Tail | None:
    """The last line of the journal at ``path``, where it has no end; None where all lines have one.

    Raises:
        DocumentError: the journal cannot be read.
    """
    for number, offset, data in jsonl.raw(path):
        if not data.endswith(b"\n"):
            return Tail(number, offset, len(data))
    return None


class Journal:
    """Appends facts to a file; each in one write, so that a crash tears at most one.

    For as long as it is open, nobody else can open it.

    Args:
        path: the file.
        again: whether to go on with a file that may be there; else it must not be there yet.

    Raises:
        RefusedError: the run is still going on.
        OnexError: the file cannot be made.
    """

    def __init__(self, path: str, *, again: bool = False) -> None:
        self.path = path
        self._problem: str | None = None
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | (0 if again else os.O_EXCL)
        try:
            self._descriptor = open_file(path, flags, follow=not again)
        except OSError as error:
            what = "opened" if again else "made"
            raise OnexError(f"{path}: cannot be {what}: {error.strerror}") from error
        if not hold(self._descriptor, seconds=PATIENCE_SECONDS):
            os.close(self._descriptor)
            raise RefusedError(
                f"{path}: the run is still going on", help="wait until it ends, or end it"
            )

    def append(self, fact: Fact) -> None:
        """Put ``fact`` behind what is there.

        Raises:
            OnexError: it could not be written as a whole, or one before it could not: the run must
                not go on unrecorded, and nothing may be glued to a torn line.
        """
        if self._problem is not None:  # said again: the first to meet it may not be who reports it
            raise OnexError(self._problem, help=MEND)
        line = golden_bytes(cast("JSON", fact)) + b"\n"
        if len(line) > jsonl.LONGEST:  # nobody could read it again
            problem = f"{self.path}: a fact of {len(line)} bytes; a line may have {jsonl.LONGEST}"
            raise OnexError(problem, help="record less at once")
        self._problem = f"{self.path}: cannot be written: interrupted"
        try:
            written = os.write(self._descriptor, line)
        except OSError as error:
            self._problem = f"{self.path}: cannot be written: {error.strerror}"
            raise OnexError(self._problem, help=MEND) from error
        if written != len(line):
            what = f"{written} of {len(line)} bytes were taken; is the disk full?"
            self._problem = f"{self.path}: the last line is torn: {what}"
            raise OnexError(self._problem, help=MEND)
        self._problem = None

    def cut(self, tail: Tail) -> None:
        """Take away the torn last line.

        Raises:
            OnexError: it could not be taken away.
        """
        try:
            os.ftruncate(self._descriptor, tail.offset)
        except OSError as error:
            raise OnexError(f"{self.path}: cannot be written: {error.strerror}") from error

    def sync(self) -> None:
        """Bring the journal to the disk.

        Raises:
            OnexError: it did not get there.
        """
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise OnexError(f"{self.path}: cannot be written: {error.strerror}") from error

    def close(self) -> None:
        """Close the file, and let others have it."""
        os.close(self._descriptor)


MEND = "run `onex runs recover` to close the run"
"""What to do about a run whose journal could not be written to its end."""
