"""Signals that ask onex to end, while it records a command: passed on, so that the command decides.

onex itself goes on until the command has ended, and writes the record of the run.
"""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Self, TypeAlias

Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | None
"""What Python does when a signal comes."""

ASKING = ("SIGHUP", "SIGINT", "SIGTERM")
"""The signals by which a program is asked to end, where the platform has them."""

FROM_TERMINAL = ("SIGHUP", "SIGINT")
"""Those of them that a terminal sends to all of its foreground processes itself."""


class Signals:
    """A context in which these signals are taken; one that is ignored when it begins stays so.

    Attributes:
        received: the first of them that came, by its number.
    """

    def __init__(self) -> None:
        self.received: int | None = None
        self._process: int | None = None
        self._before: dict[int, Handler] = {}

    def __enter__(self) -> Self:
        for name in ASKING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def watch(self, process: int | None) -> None:
        """Pass signals on to this process, or to none, from now on."""
        self._process = process

    @property
    def name(self) -> str | None:
        """The name of the signal that came, if one did."""
        return None if self.received is None else signal.Signals(self.received).name

    def _take(self, number: int, _: FrameType | None) -> None:
        self.received = self.received or number
        is_theirs = signal.Signals(number).name in FROM_TERMINAL and _is_foreground()
        if self._process is not None and not is_theirs:
            os.kill(self._process, number)


def _is_foreground() -> bool:
    """Whether a terminal sends its signals to this process, and so to the command too."""
    try:
        terminal = os.open(os.ctermid(), os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
