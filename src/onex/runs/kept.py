"""Files that a run keeps: copied below `artifacts/` of its folder, and hashed on the way."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from onex.core.files import DEBRIS, make_folder_in, write_all
from onex.core.opening import open_file
from onex.core.text import unicode_text
from onex.errors import OnexError
from onex_types.common import Artifact

FOLDER = "artifacts"
CHUNK_BYTES = 1 << 20
LONGEST_NAME = 200
ANY_TYPE = "application/octet-stream"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def keep(path: str, run_folder: str, name: str) -> Artifact:
    """Copy the file at ``path`` into the folder of a run.

    Args:
        path: the file; a link is followed.
        run_folder: the folder of the run. A file that already lies below its `artifacts/` stays.
        name: what to call the copy; a number goes in front of it when the name is taken.

    Raises:
        OnexError: there is no regular file, it cannot be read, or the copy cannot be written.
    """
    folder = os.path.join(run_folder, FOLDER)
    inside = below(os.path.realpath(folder), os.path.realpath(path))
    if inside is not None:
        place, digest = inside, file_digest(path)
    else:
        make_folder_in(run_folder, FOLDER)
        place = _free(folder, _safe_name(name))
        with _open(path) as source:
            digest = _copy(source, folder, place)
    return {
        "name": unicode_text(place),
        "path": unicode_text(f"{FOLDER}/{place}"),
        "hash": digest,
        "type": _media_type(place),
    }


def file_digest(path: str) -> str:
    """SHA-256 over the regular file at ``path``.

    Raises:
        OnexError: it is none, or cannot be read.
    """
    with _open(path) as source:
        return _transfer(source, None)


def below(root: str, path: str) -> str | None:
    """``path`` relative to ``root``, both real; None when it does not lie below it."""
    top = os.path.join(root, "")
    return path.removeprefix(top) if path.startswith(top) else None


@contextmanager
def _open(path: str) -> Iterator[int]:
    """A descriptor of the regular file at ``path``; a pipe without a writer does not hold us up."""
    try:
        descriptor = open_file(path, os.O_RDONLY)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise OnexError(f"{path}: {reason}") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OnexError(f"{path}: no regular file")
        yield descriptor
    except OSError as error:
        raise OnexError(f"{path}: cannot be read: {error.strerror}") from error
    finally:
        os.close(descriptor)


def _copy(source: int, folder: str, place: str) -> str:
    """Copy to a file that gets its name once it is whole; the digest."""
    temporary = os.path.join(folder, f"{DEBRIS}{os.urandom(8).hex()}")
    try:
        target = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            digest = _transfer(source, target)
            os.fsync(target)
        finally:
            os.close(target)
        os.replace(temporary, os.path.join(folder, place))
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        problem = f"{os.path.join(folder, place)}: cannot be made: {error.strerror}"
        raise OnexError(problem) from error
    return digest


def _transfer(source: int, target: int | None) -> str:
    """Read as much of ``source`` as there is now, though it may be growing; the digest."""
    left = os.fstat(source).st_size
    digest = hashlib.sha256()
    while left and (data := os.read(source, min(left, CHUNK_BYTES))):
        left -= len(data)
        digest.update(data)
        if target is not None:
            write_all(target, data)
    return digest.hexdigest()


def _free(folder: str, name: str) -> str:
    number, free = 1, name
    while os.path.lexists(os.path.join(folder, free)):
        number += 1
        free = f"{number}-{name}"
    return free


def _safe_name(path: str) -> str:
    """The last part of ``path``, as a name that no tool takes for anything else."""
    name = _UNSAFE.sub("_", os.path.basename(path)).lstrip("-.")
    return name[-LONGEST_NAME:].lstrip("-.") or "file"


def _media_type(name: str) -> str:
    """What a name says of a file, by the table of Python, which is the same on every machine."""
    import mimetypes  # noqa: PLC0415 - wanted only where a file is kept

    return mimetypes.MimeTypes(filenames=()).guess_type(name)[0] or ANY_TYPE
