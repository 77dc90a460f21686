"""What a process writes, drained for ever and kept within bounds."""

import os

from onex_types.common import Stream

TAIL_BYTES = 4096
"""How much of the end of a log stands in its record."""

KEPT_BYTES = 1 << 18
"""How much of the end of a log is kept at all."""

CHUNK_BYTES = 1 << 16


class Tail:
    """The end of what was written, and how much it was."""

    def __init__(self) -> None:
        self._end = bytearray()
        self._count = 0

    def feed(self, data: bytes) -> bool:
        """Take ``data``; a log is never too long."""
        self._count += len(data)
        self._end += data[-KEPT_BYTES:]
        if len(self._end) > 2 * KEPT_BYTES:  # not at each call, which would move it all every time
            del self._end[:-KEPT_BYTES]
        return True

    def stream(self) -> Stream:
        """The log as a record; what was cut off within a character becomes U+FFFD."""
        return {
            "bytes": self._count,
            "truncated": self._count > TAIL_BYTES,
            "text": self._end[-TAIL_BYTES:].decode(errors="replace"),
        }

    def kept(self) -> bytes:
        """More of the end than the record shows; empty where that shows all of it."""
        return bytes(self._end[-KEPT_BYTES:]) if self._count > TAIL_BYTES else b""


class Capture(Tail):
    """All of what was written, up to a limit, beside its end."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._chunks: list[bytes] = []

    def feed(self, data: bytes) -> bool:
        """Take ``data``; whether everything so far is within the limit."""
        super().feed(data)
        if self.is_over:
            self._chunks.clear()
            return False
        self._chunks.append(data)
        return True

    @property
    def is_over(self) -> bool:
        """Whether more was written than the limit allows."""
        return self._count > self._limit

    def data(self) -> bytes:
        """What was written; empty once it was too much."""
        return b"".join(self._chunks)


def drain(descriptor: int, sink: Tail) -> tuple[bool, bool]:
    """Move what can be read now; (whether more may come, whether the sink takes more)."""
    data = os.read(descriptor, CHUNK_BYTES)
    return bool(data), sink.feed(data)
