"""The two requests to the Linux kernel that the bare processes make; elsewhere they do nothing."""

from __future__ import annotations

import ctypes
import signal

TYPE_CHECKING = False  # what `typing` calls it; importing that would add an eighth to the memory
if TYPE_CHECKING:
    from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Make every descendant whose parent dies a child of this process."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _load() -> Any:  # noqa: ANN401 - a foreign function has no type of its own
    try:
        return ctypes.CDLL(None).prctl
    except (AttributeError, OSError):
        return lambda *_: -1


_prctl = _load()
