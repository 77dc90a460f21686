"""Time, as something that is handed in: results and facts never look at a clock themselves."""

import os
import time
from typing import Protocol


class Clock(Protocol):
    """Two clocks, both in whole microseconds."""

    def wall_us(self) -> int:
        """The time since 1970-01-01T00:00:00Z; it may jump, also backwards."""
        ...

    def monotonic_us(self) -> int:
        """The time since some moment; it never goes back, and only differences mean anything."""
        ...


class SystemClock:
    """The clocks of the machine."""

    def wall_us(self) -> int:
        """The time since 1970-01-01T00:00:00Z."""
        return time.time_ns() // 1000

    def monotonic_us(self) -> int:
        """The time since some moment."""
        return time.monotonic_ns() // 1000


class PinnedClock(SystemClock):
    """A wall clock that stands still, for runs that are to give the same bytes again (CF-10)."""

    def __init__(self, at_us: int) -> None:
        self._at_us = at_us

    def wall_us(self) -> int:
        """The pinned moment."""
        return self._at_us


def system_clock() -> Clock:
    """The clocks of the machine; SOURCE_DATE_EPOCH, in seconds, pins the wall clock."""
    pinned = os.environ.get("SOURCE_DATE_EPOCH", "")
    if pinned.isascii() and pinned.isdecimal() and len(pinned) <= len(str(LAST_SECOND)):
        return PinnedClock(min(int(pinned), LAST_SECOND) * 1_000_000)
    return SystemClock()


LAST_SECOND = 253_402_300_799
"""The last second of the year 9999, beyond which no document can write a moment."""
