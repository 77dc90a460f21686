"""Who works on a run: its journal is locked for as long as the run goes on, or is closed again.

The lock is the kernel's, on the file itself: it goes with its holder, however that ends. Where the
platform or the file system has no such locks, nothing is locked.
"""

import os
import time
from types import ModuleType

PATIENCE_SECONDS = 0.5
"""How long to wait for one that only looks whether the run goes on."""

_TICK_SECONDS = 0.02


def hold(descriptor: int, *, seconds: float = 0.0) -> bool:
    """Lock the file behind ``descriptor`` until that is closed; whether nobody else holds it."""
    deadline = time.monotonic() + seconds
    while not _lock(descriptor, shared=False):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_TICK_SECONDS)
    return True


def is_held(path: str) -> bool:
    """Whether somebody holds the file at ``path``."""
    descriptor = try_open(path)
    if descriptor is None:
        return False
    try:
        return not _lock(descriptor, shared=True)
    finally:
        os.close(descriptor)


def try_open(path: str) -> int | None:
    """A descriptor of the file at ``path``, which may be a pipe but no link; None where there is none."""
    try:
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None


def _lock(descriptor: int, *, shared: bool) -> bool:
    fcntl = _locks()
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _locks() -> ModuleType | None:
    try:
        import fcntl  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        return None
    return fcntl
