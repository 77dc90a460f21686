"""Who works on a file or a folder: it is locked for as long as that goes on.

The lock is the kernel's: it goes with its holder, however that ends, and nothing of it is left
behind. Unix locks the file or the folder itself; Windows locks a byte far behind the end of a file,
and of a folder a file that stands for it. Where the file system has no such locks, nothing is
locked.
"""

import os
import time

from onex.core.opening import open_file

PATIENCE_SECONDS = 0.5
"""How long to wait for one that only looks whether the work goes on."""

_TICK_SECONDS = 0.02
_FAR = 1 << 40
"""Where Windows locks a byte: nobody reads or writes there."""


def hold(descriptor: int, *, seconds: float = 0.0) -> bool:
    """Lock what is behind ``descriptor`` until that is closed; whether nobody else holds it."""
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
        return open_file(path, os.O_RDONLY, follow=False)
    except OSError:
        return None


def open_folder(folder: str) -> int:
    """A descriptor by which ``folder`` can be held.

    Raises:
        OSError: there is no such folder, or it cannot be opened.
    """
    if hasattr(os, "O_DIRECTORY"):
        return open_file(folder, os.O_RDONLY)
    # Windows opens no folders: a file stands for it, in a place where no tree is.
    import hashlib  # noqa: PLC0415 - wanted on Windows alone
    import tempfile  # noqa: PLC0415

    os.stat(folder)
    name = hashlib.sha256(os.path.normcase(os.path.realpath(folder)).encode()).hexdigest()
    return open_file(
        os.path.join(tempfile.gettempdir(), f"onex-{name}.lock"), os.O_RDWR | os.O_CREAT
    )


def _lock(descriptor: int, *, shared: bool) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        return _lock_byte(descriptor)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _lock_byte(descriptor: int) -> bool:
    """The lock of Windows, which nobody can share; a file that is closed is free again."""
    try:
        import msvcrt  # noqa: PLC0415 - there on Windows alone
    except ImportError:
        return True
    place = os.lseek(descriptor, 0, os.SEEK_CUR)
    try:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except PermissionError:
        return False
    except OSError:  # a file system without locks
        return True
    finally:
        os.lseek(descriptor, place, os.SEEK_SET)
    return True
