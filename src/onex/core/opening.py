"""How files are opened, on every platform: as bytes, for this process alone, and without waiting.

Windows translates the line ends of a file that is not opened as binary, and can neither refuse a
link nor open a folder; what a platform lacks is worked around here, and nowhere else.
"""

import errno
import os

HAS_MODES = hasattr(os, "getuid")
"""Whether files have an owner and the mode that the owner gave them."""

# O_NONBLOCK: opening a named pipe would wait for its other end. O_BINARY is there on Windows alone.
_ALWAYS = sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_BINARY"))
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)


def open_file(path: str, flags: int, mode: int = 0o644, *, follow: bool = True) -> int:
    """A descriptor of the file at ``path``, which may be a pipe or a device.

    Args:
        path: the file.
        flags: `os.O_RDONLY` and the like.
        mode: the permissions of a file that is made.
        follow: whether the last part of the path may be a symbolic link.

    Raises:
        OSError: it cannot be opened.
        ValueError: this is no name of a file.
    """
    if follow:
        return os.open(path, flags | _ALWAYS, mode)
    if not _NO_FOLLOW and os.path.islink(path):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    return os.open(path, flags | _ALWAYS | _NO_FOLLOW, mode)


def set_mode(descriptor: int, mode: int) -> None:
    """Give an open file its permissions, where files have any."""
    if HAS_MODES:
        os.fchmod(descriptor, mode)


def sync_folder(folder: str) -> None:
    """Bring the names in ``folder`` to the disk; where a folder cannot be opened, the system does."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
