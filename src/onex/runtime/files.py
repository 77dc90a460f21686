"""Files on the way into a node and out of it: copied, digested, and recorded as artifacts.

A string property of a contract that says `x-onex-file: in` names a file of the caller; the node
gets a read-only copy in its work folder, and the property names that. `x-onex-file: out` names a
file that the node has written into its work folder. A node is hostile: its paths are followed one
part at a time, without links, and never wait for a writer.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onex.core.document import JSON
from onex.core.files import write_all
from onex.runtime.executor import FaultError
from onex_contract import registry
from onex_types.common import Artifact

MARK = "x-onex-file"
INPUTS = "inputs"
CHUNK_BYTES = 1 << 20
ANY_TYPE = "application/octet-stream"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


def marked(schema: JSON, direction: str) -> list[tuple[str, str]]:
    """Name and media type of the properties that name files going ``in`` or ``out``, sorted."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    found: list[tuple[str, str]] = []
    for name, part in (properties if isinstance(properties, dict) else {}).items():
        if isinstance(part, dict) and part.get(MARK) == direction:
            media_type = part.get("contentMediaType")
            found.append((name, media_type if isinstance(media_type, str) else ANY_TYPE))
    return sorted(found)


def stage_inputs(
    schema: JSON, state: dict[str, JSON], work: Callable[[], str], base: str
) -> tuple[dict[str, JSON], list[Artifact]]:
    """Copy the files that ``state`` names into the work folder.

    Args:
        schema: the input side of the contract.
        state: the input state.
        work: gives the work folder; called only when there is something to copy.
        base: the folder that a relative path in the state is relative to; "" is the current one.

    Returns:
        The state with the paths of the copies, relative to the work folder, and their records.

    Raises:
        FaultError: a file is not there, is no regular file, or cannot be read.
    """
    staged = dict(state)
    artifacts: list[Artifact] = []
    for number, (name, media_type) in enumerate(marked(schema, "in")):
        source = state.get(name)
        if not isinstance(source, str):
            continue
        path = f"{INPUTS}/{number}/{_safe_name(source)}"
        digest = _copy_in(os.path.join(base, source), os.path.join(work(), path), name)
        staged[name] = path
        artifacts.append({"name": name, "path": path, "hash": digest, "type": media_type})
    return staged, artifacts


def collect(  # noqa: PLR0913 - where from, where to, and what is known about the file
    work: str, path: str, *, name: str, media_type: str, most: int, target: str | None, shown: str
) -> Artifact:
    """Digest a file of the work folder, and copy it to ``target`` if that is given.

    Args:
        work: the work folder.
        path: the file, relative to it.
        name: the name of the artifact.
        media_type: what kind of file it is.
        most: how large it may be, in bytes.
        target: the folder to copy it to, or None.
        shown: what to put before ``path`` in the record.

    Raises:
        FaultError: there is no such file below the work folder, or it is too large.
    """
    with _open_below(work, path, code="output-file") as source:
        size = os.fstat(source).st_size
        if size > most:
            message = f"{path} has {size} bytes, more than the limit of {most}"
            raise FaultError(code="output-limit", message=message)
        digest = _transfer(source, None if target is None else os.path.join(target, path), most)
    return {"name": name, "path": shown + path, "hash": digest, "type": media_type}


def read_below(work: str, path: str, most: int, *, code: str) -> bytes:
    """The bytes of a file of the work folder.

    Raises:
        FaultError: there is no such file below the work folder, or it is too large.
    """
    with _open_below(work, path, code=code) as source:
        data = b""
        while len(data) <= most and (more := os.read(source, most + 1 - len(data))):
            data += more
    if len(data) > most:
        raise FaultError(
            code="output-limit", message=f"{path} has more than the limit of {most} bytes"
        )
    return data


@contextmanager
def _open_below(folder: str, path: str, *, code: str) -> Iterator[int]:
    """A descriptor of the regular file ``path``, reached without any link."""
    if not registry.validator("common", definition="path").is_valid(path):
        raise FaultError(
            code=code, message=f"{path!r} is not a relative path within the work folder"
        )
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    *parents, name = path.split("/")
    place = os.open(folder, flags | os.O_DIRECTORY)
    try:
        for parent in parents:
            inner = os.open(parent, flags | os.O_DIRECTORY, dir_fd=place)
            os.close(place)
            place = inner
        file = os.open(name, flags, dir_fd=place)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"the node left no file {path} in its work folder: {reason}"
        raise FaultError(code=code, message=message) from error
    finally:
        os.close(place)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise FaultError(code=code, message=f"{path} in the work folder is not a regular file")
        yield file
    finally:
        os.close(file)


def _copy_in(source: str, target: str, name: str) -> str:
    """Copy a file of the caller, for reading alone; its digest."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FaultError(
            code="input-file", message=f"{name} names the file {source!r}: {reason}"
        ) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FaultError(
                code="input-file", message=f"{name} names {source!r}, which is not a regular file"
            )
        return _transfer(descriptor, target, None)
    finally:
        os.close(descriptor)


def _transfer(source: int, target: str | None, most: int | None) -> str:
    """Read ``source`` to its end, into the new file ``target`` if there is one; its digest.

    Raises:
        FaultError: it grew beyond ``most`` bytes while it was read.
    """
    digest = hashlib.sha256()
    copy: int | None = None
    total = 0
    try:
        if target is not None:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            copy = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
        while data := os.read(source, CHUNK_BYTES):
            total += len(data)
            if most is not None and total > most:
                raise FaultError(
                    code="output-limit",
                    message=f"a file grew beyond {most} bytes while it was read",
                )
            digest.update(data)
            if copy is not None:
                write_all(copy, data)
    finally:
        if copy is not None:
            os.close(copy)
    return digest.hexdigest()


def _safe_name(path: str) -> str:
    """The last part of ``path``, as a name that no tool takes for anything else."""
    name = _UNSAFE.sub("_", os.path.basename(path)).lstrip("-")
    return name if name.strip(".") else "file"
