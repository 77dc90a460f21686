"""The folders of a runtime: one work folder per execution, one staging folder per set of files.

All of it lies in one folder of the system's place for temporary files, is made when it is first
wanted, and goes when the runtime closes. A runtime that was killed leaves its folder behind; the
next one sweeps it up; a kernel lock on the folder tells it apart from one in use.
"""

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from onex.core.files import write_all
from onex.errors import OnexError
from onex.runtime.gate import require_fork

PREFIX = "onex-run-"


class Scratch:
    """The temporary folders of one runtime."""

    def __init__(self) -> None:
        self._root: str | None = None
        self._lock: int | None = None
        self._staged: dict[str, str] = {}

    @property
    def root(self) -> str:
        """The folder that holds the others; made, and debris of others swept, on first use."""
        if self._root is None:
            require_fork()  # whoever has no processes of nodes has no use for their folders
            place = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - the names below it are random
            try:
                sweep(place)
                self._root, self._lock = _make_locked(os.path.abspath(place))
            except OSError as error:
                problem = f"{place}: no folder for temporary files can be made: {error.strerror}"
                raise OnexError(
                    problem, help="set TMPDIR to a folder that can be written"
                ) from error
        return self._root

    @contextmanager
    def work(self) -> Iterator["Work"]:
        """A work folder, made on first use and removed at the end."""
        work = Work(self)
        try:
            yield work
        finally:
            work.remove()

    def stage(self, files: Mapping[str, str], contents: Mapping[str, bytes]) -> str:
        """A read-only folder with the bytes that were digested; written once per set of files.

        Args:
            files: for each path its digest, with `+x` behind it where it is executable.
            contents: for each path its bytes.
        """
        key = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
        if key not in self._staged:
            # A name of its own: a second thread that stages the same files does no harm.
            folder = os.path.join(self.root, f"staged-{secrets.token_hex(8)}")
            _write_files(folder, files, contents)
            self._staged[key] = folder
        return self._staged[key]

    def close(self) -> None:
        """Remove everything."""
        if self._root is not None and self._lock is not None:
            remove(self._root)
            os.close(self._lock)
            self._root = self._lock = None
            self._staged.clear()


class Work:
    """The work folder of one execution; no folder until its path is asked for."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._path: str | None = None

    @property
    def path(self) -> str:
        """The folder, for its owner alone."""
        if self._path is None:
            self._path = os.path.join(self._scratch.root, f"work-{secrets.token_hex(8)}")
            os.mkdir(self._path, 0o700)
        return self._path

    def remove(self) -> None:
        """Remove the folder with all that the node left in it."""
        if self._path is not None:
            remove(self._path)
            self._path = None


def remove(folder: str) -> None:
    """Remove ``folder``, whatever rights a node may have taken from what lies in it."""
    with suppress(OSError):  # most are empty, or gone with the node
        os.rmdir(folder)
        return
    import shutil  # noqa: PLC0415 - it brings every compression library with it

    _make_removable(folder)
    for here, names, _ in os.walk(folder):
        for name in names:
            _make_removable(os.path.join(here, name))
    shutil.rmtree(folder, ignore_errors=True)


def _make_removable(folder: str) -> None:
    with suppress(OSError):  # another user's, or gone meanwhile
        if not os.path.islink(folder):
            os.chmod(folder, 0o700)


def sweep(place: str) -> None:
    """Remove the folders of runtimes that were killed."""
    with os.scandir(place) as entries:
        names = [entry.path for entry in entries if entry.name.startswith(PREFIX)]
    for path in names:
        with suppress(OSError):  # in use, another user's, or gone meanwhile
            lock = _lock(path)
            try:
                remove(path)
            finally:
                os.close(lock)


def _make_locked(place: str) -> tuple[str, int]:
    """A new folder, and the descriptor that locks it."""
    while True:
        path = os.path.join(place, PREFIX + secrets.token_hex(8))
        os.mkdir(path, 0o700)
        with suppress(OSError):  # a sweep may take the folder before it is locked
            lock = _lock(path)
            if os.path.isdir(path):
                return path, lock
            os.close(lock)


def _lock(path: str) -> int:
    """A descriptor that holds the lock of a folder of ours.

    Raises:
        OSError: it is locked, or is no folder of this user's.
    """
    import fcntl  # noqa: PLC0415 - absent on some platforms, as processes of nodes are

    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid != os.getuid():
            raise PermissionError(path)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _write_files(folder: str, files: Mapping[str, str], contents: Mapping[str, bytes]) -> None:
    folders = {folder}
    for path, digest in files.items():
        target = os.path.join(folder, path)
        folders.add(os.path.dirname(target))
        os.makedirs(os.path.dirname(target), 0o700, exist_ok=True)
        mode = 0o555 if digest.endswith("+x") else 0o444
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        try:
            os.fchmod(descriptor, mode)
            write_all(descriptor, contents[path])
        finally:
            os.close(descriptor)
    os.makedirs(folder, 0o700, exist_ok=True)
    for name in folders:
        os.chmod(name, stat.S_IRUSR | stat.S_IXUSR)
