"""The files that a node made, taken from its work folder (FAULTS P1, P2, P6-P8).

The node is not trusted: what it says about its files is compared with the files, a name must be
one that every platform takes for the same file, and nothing outside the work folder is opened.
"""

import hashlib
import itertools
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from onex.core.document import JSON
from onex.core.files import DEBRIS
from onex.core.index import FILE_NAME as INDEX
from onex.core.node import FILE_NAMES
from onex.core.scan import DEVICES
from onex.core.snapshot import CACHES
from onex.errors import RefusedError
from onex_contract import registry

ANSWERS_FILE = ".onex-answers.json"
"""Where a node came from; onex writes it, never the node that made the files."""

MOST_FILES = 1000
MOST_BYTES = 16 * 1024 * 1024
"""How large the files of one new node may be together."""

SHAPE = "{path, sha256, mode}, with the mode 0644 or 0755"
MINE = frozenset({ANSWERS_FILE, INDEX, ".git"})


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of a new node: its path there, its bytes, and whether it may be executed."""

    path: str
    data: bytes
    executable: bool

    @property
    def digest(self) -> str:
        """The file's digest, as `files` of node.onex has it."""
        return hashlib.sha256(self.data).hexdigest() + ("+x" if self.executable else "")


def take(output: JSON, work: str) -> list[MadeFile]:
    """The files that the output state names, by path.

    Args:
        output: the output state; `files` is a list of {path, sha256, mode}.
        work: the work folder that they lie in.

    Raises:
        RefusedError: a name that leads elsewhere or that platforms do not agree on, a file that is
            not there, not plain or not what was said of it, or too much of it.
    """
    entries = sorted(_entries(output))
    _require_one_document([path for path, _, _ in entries])
    for path, _, _ in entries:
        _require_name(path)
    _require_no_twins([path for path, _, _ in entries])
    files: list[MadeFile] = []
    left = MOST_BYTES
    for path, sha256, executable in entries:
        data = _read_beneath(work, path, left)
        left -= len(data)
        if hashlib.sha256(data).hexdigest() != sha256:
            message = f"{path}: its bytes do not have the digest that the output gives"
            raise RefusedError(message)
        files.append(MadeFile(path, data, executable))
    return files


def _entries(output: JSON) -> Iterator[tuple[str, str, bool]]:
    """Path, digest and whether executable, of each file that the output names."""
    files = output.get("files") if isinstance(output, dict) else None
    if not isinstance(files, list) or not files:
        hint = f"a node with `effects.writes: nodes` gives `files`, a list of {SHAPE}"
        message = "the output state names no files"
        raise RefusedError(message, help=hint)
    if len(files) > MOST_FILES:
        message = f"{len(files)} files; a new node has at most {MOST_FILES}"
        raise RefusedError(message)
    for index, entry in enumerate(files):
        match entry:
            case {"path": str(path), "sha256": str(sha256), "mode": "0644" | "0755" as mode}:
                yield path, sha256, mode == "0755"
            case _:
                message = f"/files/{index} of the output state is not {SHAPE}"
                raise RefusedError(message)


def _require_one_document(paths: list[str]) -> None:
    documents = [path for path in paths if path.casefold().endswith((".onex", ".onex.yaml"))]
    if len(documents) != 1 or documents[0] not in FILE_NAMES:
        found = ", ".join(map(ascii, documents)) or "none"
        message = f"a new node holds one node document, {FILE_NAMES[0]} at its top; found: {found}"
        raise RefusedError(message)


def _require_name(path: str) -> None:
    """Refuse a path that leads out of the node, or that some platform cannot hold."""
    if not registry.validator("common", definition="path").is_valid(path):
        message = f"{path!a} is no path inside a node"
        hint = "a path is relative, with '/' between its parts, and no part is empty, '.' or '..'"
        raise RefusedError(message, help=hint)
    if not path.isprintable():
        message = f"{path!a} holds a character that nobody sees"
        raise RefusedError(message)
    for part in path.split("/"):
        why = _fault(part)
        if why:
            message = f"{path!a}: '{part}' {why}"
            raise RefusedError(message)


def _fault(part: str) -> str | None:
    """What keeps a name from being that of a file in a node, or None."""
    name = part.casefold()
    if name.split(".")[0].rstrip() in DEVICES:
        return "is the name of a device on Windows"
    if part[-1] in ". ":
        return "ends in a dot or a space, which Windows drops"
    if name in MINE:
        return "is not for a node to make"
    if name.startswith(DEBRIS):
        return f"begins with {DEBRIS}, like an unfinished file"
    if name in CACHES or name.endswith(".pyc"):
        return "belongs to a Python cache, which no lock covers"
    return None


def _require_no_twins(paths: list[str]) -> None:
    """Refuse paths, or folders on the way to them, that are one on some file systems."""
    for path, following in itertools.pairwise(paths):
        if path == following:
            message = f"{path!a} stands twice in the output"
            raise RefusedError(message)
    spelling: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            name = "/".join(parts[:count])
            other = spelling.setdefault(_fold(name), name)
            if other != name:
                message = f"{other!a} and {name!a} are one file on some systems"
                raise RefusedError(message)


def _fold(name: str) -> str:
    """What file systems that ignore case and Unicode forms take ``name`` for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _read_beneath(work: str, path: str, limit: int) -> bytes:
    """The bytes of a plain file in the work folder, reached without following any link."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
    opened = [os.open(work, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)]
    try:
        *folders, name = path.split("/")
        for folder in folders:
            opened.append(os.open(folder, flags | os.O_DIRECTORY, dir_fd=opened[-1]))
        opened.append(os.open(name, flags | os.O_NONBLOCK, dir_fd=opened[-1]))
        found = os.fstat(opened[-1])
        if not stat.S_ISREG(found.st_mode):
            message = f"{path}: is not a plain file"
            raise RefusedError(message)
        return _read(opened[-1], path, limit)
    except OSError as error:
        message = f"{path}: cannot be read in the work folder: {error.strerror}"
        raise RefusedError(message) from error
    finally:
        for descriptor in reversed(opened):
            os.close(descriptor)


def _read(descriptor: int, path: str, limit: int) -> bytes:
    """All bytes of an open file, of which there are at most ``limit``."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        message = f"{path}: the files of a new node hold at most {MOST_BYTES} bytes together"
        raise RefusedError(message)
    return data
