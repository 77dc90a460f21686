"""Transcript: what a command writes, on its way into the log of a run.

Whole lines are logged as they come, without secrets, up to a limit for the run. However much a
command writes, and however long its lines are, only a bounded part of it is held.
"""

import codecs
import threading
from typing import Literal, TypeAlias

from onex.core.canonical import golden_bytes
from onex.core.text import split_lines
from onex.errors import OnexError
from onex.results import run_facts
from onex.results.clock import Clock
from onex.results.facts import Sink
from onex.runs.mask import Mask
from onex.runtime.streams import Tail
from onex_types.common import Stream

Source: TypeAlias = Literal["stdout", "stderr"]
"""A stream that a command writes to."""

MOST_BYTES = 8 << 20
"""How many bytes of output the log of a run takes, as the journal writes them."""

MOST_LINES = 100_000
"""How many lines of output the log of a run takes; each costs more than its bytes."""

LONGEST_LINE = 1 << 16
"""How many characters are held before a line without an end is logged in parts."""

REPLACEMENT = "\ufffd"


class Room:
    """How much output the log of a run still takes, from whichever of its commands."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_lines: int = MOST_LINES) -> None:
        self._bytes, self._lines = most_bytes, most_lines

    def take(self, size: int, lines: int) -> bool:
        """Whether so much more still goes into the log; once something does not, nothing does."""
        if size > self._bytes or lines > self._lines:
            self._bytes = self._lines = -1
            return False
        self._bytes -= size
        self._lines -= lines
        return True

    @property
    def is_full(self) -> bool:
        """Whether there is no room left."""
        return self._bytes < 0


class _Part:
    """One of the two streams."""

    def __init__(self) -> None:
        self.tail = Tail()
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.held = ""


class Transcript:
    """The output of one command; each stream may come from a thread of its own.

    Args:
        sink: takes the facts.
        clock: tells when something was said.
        mask: hides secrets.
        room: what the log of the run still takes.

    Attributes:
        problem: why a fact could not be kept; nothing is logged from then on.
    """

    def __init__(self, sink: Sink, clock: Clock, mask: Mask, room: Room) -> None:
        self._sink, self._clock, self._mask, self._room = sink, clock, mask, room
        self._lock = threading.Lock()
        self._parts = {"stdout": _Part(), "stderr": _Part()}
        self._bytes = self._lines = 0
        self._is_cut = False
        self.problem: OnexError | None = None

    def take(self, source: Source, data: bytes) -> None:
        """Take what a stream brought."""
        with self._lock:
            part = self._parts[source]
            part.tail.feed(data)
            self._bytes += len(data)
            if not self._is_cut:
                part.held += part.decode(data)
                ready = self._ready(part.held)
                text, part.held = part.held[:ready], part.held[ready:]
                self._log(source, text)

    def end(self, source: Source) -> None:
        """Log what is held of a stream: no more comes."""
        with self._lock:
            part = self._parts[source]
            text, part.held = part.held + part.decode(b"", True), ""  # noqa: FBT003 - its signature
            self._log(source, text)

    def close(self) -> None:
        """Say in the log how much of the output it lacks.

        Raises:
            OnexError: something could not be logged.
        """
        if self._is_cut:
            self._tell(
                "run",
                f"the command wrote {self._bytes} bytes; the log has the first {self._lines} lines of them",
            )
        if self.problem is not None:
            raise self.problem

    def stream(self, source: Source) -> Stream:
        """The end of a stream as a record, without the torn end of a secret in front."""
        record = self._parts[source].tail.stream()
        if record["truncated"]:
            text = record["text"].lstrip(REPLACEMENT)
            record["text"] = self._mask.without_torn(text)
        return record

    def _ready(self, text: str) -> int:
        """How much of what is held can be logged: whole lines, and no part of a secret."""
        end = text.rfind("\n") + 1
        if len(text) - end > LONGEST_LINE:
            return self._mask.whole(text, len(text))
        while end and (whole := self._mask.whole(text, end)) != end:
            end = text.rfind("\n", 0, whole) + 1
        return end

    def _log(self, source: Source, text: str) -> None:
        text = self._mask.text(text)
        if not text or self._is_cut:
            return
        text = text.removesuffix("\n").removesuffix("\r")
        lines = len(split_lines(text))
        if self._room.is_full or not self._room.take(len(golden_bytes(text)), lines):
            self._is_cut = True
            for part in self._parts.values():
                part.held = ""
            return
        self._lines += lines
        self._tell(source, text)

    def _tell(self, source: Source | Literal["run"], text: str) -> None:
        try:
            if self.problem is None:
                self._sink(run_facts.logged(self._clock.wall_us(), source, text))
        except OnexError as error:
            self.problem = error
