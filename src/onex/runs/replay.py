"""A journal, folded again: the files of its executions, then the record of the run."""

from collections.abc import Iterator

from onex.errors import DocumentError
from onex.results.run import RunFold
from onex.runs import derived, journal
from onex.runs.journal import Tail
from onex_types.run import Run


class Replay:
    """A journal, folded once more.

    Args:
        path: the journal.
        tail: its torn last line, which is passed by.

    Attributes:
        folded: what its facts amount to, as far as they were read.
        last_us: when the last of them happened; None when there are none.
    """

    def __init__(self, path: str, tail: Tail | None = None) -> None:
        self._path = path
        self._tail = tail
        self.folded = RunFold()
        self.last_us: int | None = None

    def results(self) -> Iterator[tuple[str, bytes]]:
        """Read the journal: path and bytes of the file of each execution that it ends.

        Raises:
            DocumentError: see ``onex.runs.journal.fold``.
        """
        try:
            for fact, result in journal.replay(self._path, self.folded):
                self.last_us = fact["at_us"]
                if result is not None:
                    name, text = derived.result_file(result)
                    yield name, text.encode()
        except DocumentError as error:
            if self._tail is None or error.line != self._tail.number:
                raise

    def run(self) -> Run:
        """The record of the run, once the journal was read.

        Raises:
            DocumentError: no fact says that a run began.
        """
        try:
            return self.folded.run()
        except ValueError as error:
            raise DocumentError(self._path, str(error)) from error
