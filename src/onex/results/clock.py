"""Time, as something that is handed in: results and facts never look at a clock themselves."""

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
