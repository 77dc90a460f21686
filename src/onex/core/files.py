"""Files, written so that a reader only ever sees the old bytes or the new ones.

A new file is written beside its target, brought to the disk, and renamed over it; then the folder
is brought to the disk too. What a crash leaves behind bears ``DEBRIS`` in front of its name.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from onex.core.opening import open_file, set_mode, sync_folder
from onex.errors import OnexError

DEBRIS = ".onex-tmp-"
"""How the name of an unfinished file begins."""

LOCK_SECONDS = 10.0
"""How long a command waits for another one to finish with the tree."""


def write_atomic(path: str, data: bytes, mode: int = 0o644, *, durable: bool = True) -> None:
    """Put ``data`` in place of what ``path`` holds, as a whole or not at all.

    Args:
        path: the file.
        data: what it is to hold.
        mode: its permissions.
        durable: whether it must have reached the disk before this returns.

    Raises:
        OnexError: the file could not be written; what was there before still is.
    """
    folder, name = os.path.split(os.path.abspath(path))
    temporary = os.path.join(folder, f"{DEBRIS}{os.urandom(8).hex()}")
    try:
        descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            set_mode(descriptor, mode)
            write_all(descriptor, data)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, os.path.join(folder, name))
        if durable:
            sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise OnexError(f"{path}: cannot be written: {error.strerror}") from error


def rewrite(path: str, data: bytes) -> None:
    """Put ``data`` in place of what the file at ``path`` holds; its mode stays.

    What a crash left beside it goes, too: whoever calls this holds the lock of the tree.

    Raises:
        OnexError: the file could not be written.
    """
    sweep_debris(os.path.dirname(path) or ".")
    write_atomic(path, data, stat.S_IMODE(os.stat(path).st_mode))


def write_special(path: str, data: bytes) -> None:
    """Write ``data`` into the pipe or the device at ``path``, which stays what it is.

    Raises:
        OnexError: it cannot be written, or it is a pipe that nobody reads.
    """
    try:
        descriptor = open_file(path, os.O_WRONLY)
        try:
            if hasattr(os, "O_NONBLOCK"):
                os.set_blocking(descriptor, True)
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise OnexError(f"{path}: cannot be written: {error.strerror}") from error


def make_folder(path: str) -> None:
    """Make sure that there is a folder at ``path``, and those above it.

    Raises:
        OnexError: it cannot be made.
    """
    try:
        os.makedirs(path or ".", exist_ok=True)
    except OSError as error:
        raise OnexError(f"{path}: cannot be made: {error.strerror}") from error


def make_folder_in(root: str, name: str) -> None:
    """Make sure that ``root`` has the folder ``name``, such as `a/b`, and that it is really in there.

    Raises:
        OnexError: it cannot be made, or a part of it is a link or a file.
    """
    path = root
    for part in filter(None, name.replace(os.sep, "/").split("/")):
        path = os.path.join(path, part)
        try:
            os.mkdir(path)
        except FileExistsError:
            if os.path.islink(path) or not os.path.isdir(path):
                what = "a link, which is not followed" if os.path.islink(path) else "a file"
                problem = f"{path}: {what}, where a folder belongs"
                raise OnexError(problem, help="move it away") from None
        except OSError as error:
            raise OnexError(f"{path}: cannot be made: {error.strerror}") from error


def append(path: str, data: bytes, *, follow: bool = True) -> None:
    """Put ``data`` behind what the file at ``path`` holds, in one write.

    Args:
        path: the file, which is made when it is not there; a pipe that nobody reads holds nobody up.
        data: what to add.
        follow: whether the last part of the path may be a symbolic link.

    Raises:
        OnexError: it could not be written, at least not all of it.
    """
    try:
        descriptor = open_file(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, follow=follow)
        try:
            written = os.write(descriptor, data)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise OnexError(f"{path}: cannot be written: {reason}") from error
    if written != len(data):
        raise OnexError(f"{path}: cannot be written: {written} of {len(data)} bytes went in")


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte of ``data``; a signal or a full pipe may make one call write less."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sweep_debris(folder: str) -> None:
    """Remove what a crash left behind in ``folder``."""
    with os.scandir(folder) as entries:
        names = [entry.path for entry in entries if entry.name.startswith(DEBRIS)]
    for name in names:
        with suppress(OSError):
            os.unlink(name)


@contextmanager
def tree_lock(root: str) -> Iterator[None]:
    """Keep other commands from writing to the tree at ``root`` meanwhile.

    The lock is on the folder itself: replacing files in the folder does not lose it.

    Raises:
        OnexError: another command held the lock for longer than ``LOCK_SECONDS``.
    """
    from onex.core.hold import hold, open_folder  # noqa: PLC0415 - who only reads does without

    descriptor = open_folder(root)
    try:
        if not hold(descriptor, seconds=LOCK_SECONDS):
            message = f"{root}: another onex command has been writing here for {LOCK_SECONDS:.0f} s"
            raise OnexError(message, help="wait for it to end, then try again")
        yield
    finally:
        os.close(descriptor)
