"""The bytes that a verdict on one node follows from: its document and the files of its folder.

They are read once: what is digested here is what is judged. A node with anything unusual about it
(a link, a large file, files that are ignored, a name that no lock can hold) has no ``Sources``; it
is judged as it lies there, each time.
"""

import hashlib
import os
import stat
from dataclasses import dataclass

from onex.core import document
from onex.core.files import DEBRIS
from onex.core.opening import HAS_MODES, open_file
from onex.core.snapshot import CACHES, IGNORE_FILE, MOST_FILES, is_fit

MOST_BYTES = 1 << 20
"""How large a file may be to be kept until the node is judged."""

MOST_TOTAL = 16 << 20
"""How large all of them may be."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What one node consists of.

    Attributes:
        data: the bytes of its document.
        digest: their digest.
        files: for each other file its digest, as `files` of node.onex has it, sorted by path.
        contents: their bytes.
    """

    data: bytes
    digest: str
    files: dict[str, str]
    contents: dict[str, bytes]

    def key(self, segments: tuple[str, ...], file: str) -> str:
        """A digest over all that the rules of a single node look at.

        Args:
            segments: the folders from the root to the node, which rules compare names with.
            file: the name of the document.
        """
        said = repr((segments, file, self.digest, self.files))
        return hashlib.sha256(said.encode(errors="surrogateescape")).hexdigest()


def read(folder: str, file: str) -> Sources | None:
    """What the node in ``folder`` consists of; None when there is anything unusual about it.

    Args:
        folder: the folder.
        file: the name of the node's document.
    """
    # Without modes, what `files` says is not for the files alone to tell.
    if not HAS_MODES or document.is_instead():
        return None
    try:
        paths = _list(folder)
        return None if paths is None else _read_all(folder, file, paths)
    except (OSError, ValueError):
        return None


def _list(folder: str) -> list[str] | None:
    """The files below ``folder``, sorted; None when not all of them are plain ones."""
    paths: list[str] = []
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        with os.scandir(f"{folder}/{prefix}" if prefix else folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_file(follow_symlinks=False):
                    if entry.name.startswith(DEBRIS):
                        continue
                    if entry.name == IGNORE_FILE or not is_fit(path) or len(paths) == MOST_FILES:
                        return None
                    paths.append(path)
                elif not entry.is_dir(follow_symlinks=False):
                    return None
                elif entry.name not in CACHES:
                    prefixes.append(f"{path}/")
    paths.sort()
    return paths


def _read_all(folder: str, file: str, paths: list[str]) -> Sources | None:
    files: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    own: bytes | None = None
    room = MOST_TOTAL
    for path in paths:
        found = _read(f"{folder}/{path}")
        if found is None or (room := room - len(found[0])) < 0:
            return None
        if path == file:
            own = found[0]
            continue
        contents[path] = found[0]
        files[path] = hashlib.sha256(found[0]).hexdigest() + found[1]
    if own is None:
        return None
    return Sources(own, hashlib.sha256(own).hexdigest(), files, contents)


def _read(path: str) -> tuple[bytes, str] | None:
    """The bytes of a small plain file, and the mark of one that may be executed."""
    descriptor = open_file(path, os.O_RDONLY, follow=False)
    try:
        status = os.fstat(descriptor)
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) or size > MOST_BYTES:
            return None
        data = os.read(descriptor, size + 1)
    finally:
        os.close(descriptor)
    # A file that grows or shrinks under our hands is no file to keep a verdict on.
    return (data, "+x" if status.st_mode & stat.S_IXUSR else "") if len(data) == size else None
