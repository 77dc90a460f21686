"""Nodes as they lie in a folder of the file system."""

import hashlib
import os
import stat
from collections.abc import Mapping

from onex.core import document, shared
from onex.core.files import DEBRIS
from onex.core.node import FILE_NAMES
from onex.core.opening import HAS_MODES
from onex.core.snapshot import CACHES, MOST_FILES, read_file
from onex.core.workspace import Workspace
from onex.errors import DocumentError

LINK = "+l"
"""What is behind the digest of a symbolic link's target."""


class FolderShelf:
    """The nodes below a folder.

    Args:
        root: the folder, absolute.
        label: what to call it.
        algorithm: how files are digested: as git does it, with `sha1` or `sha256`.
        only: the folders of the nodes, where not all of the tree are meant.
    """

    def __init__(
        self, root: str, label: str, *, algorithm: str = "sha256", only: list[str] | None = None
    ) -> None:
        self.root, self.label = root, label
        self._algorithm, self._only = algorithm, only
        self._sharing: set[str] = set()

    def folders(self) -> list[str]:
        """The folders of the nodes that the `.tree` files name.

        Raises:
            DocumentError: a `.tree` is such that it may hide nodes.
        """
        if self._only is not None:
            return self._only
        tree = Workspace(self.root).tree
        for problem in tree.problems:
            if problem.kind != "unsorted":
                raise DocumentError(
                    problem.path,
                    problem.message,
                    line=problem.line,
                    column=problem.column,
                    help="run `onex tree --check` to see all that is wrong with the tree",
                )
        return [os.path.relpath(ref.folder, self.root).replace(os.sep, "/") for ref in tree.nodes]

    def files(self, folder: str) -> Mapping[str, str]:
        """The files of a node, each with the digest that git would give it.

        Raises:
            DocumentError: a file cannot be read, or there are too many.
        """
        place = os.path.join(self.root, folder)
        found: dict[str, str] = {}
        pending = [""]
        while pending:
            prefix = pending.pop()
            with os.scandir(os.path.join(place, prefix)) as entries:
                for entry in entries:
                    path = f"{prefix}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in CACHES:
                            pending.append(f"{path}/")
                    elif not entry.name.startswith(DEBRIS):
                        found[path] = self._digest(entry, folder if path in FILE_NAMES else None)
            if len(found) > MOST_FILES:
                raise DocumentError(place, f"holds more than {MOST_FILES} files")
        return found

    def read(self, folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file of a node, and its path.

        Raises:
            DocumentError: it cannot be read.
        """
        place = os.path.join(self.root, folder, path)
        # As where a node is loaded: its document is never one that a link leads to.
        return document.read_bytes(place, follow=path not in FILE_NAMES), place

    def read_shared(self, folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file that a node shares, and its path.

        Raises:
            DocumentError: it cannot be read, or a link leads there.
        """
        place = shared.place(os.path.join(self.root, folder), path)
        return document.read_bytes(place, follow=False), place

    def may_share(self, folder: str) -> bool:
        """Whether the document of a node whose files were asked for has the word `shared`."""
        return folder in self._sharing

    def _digest(self, entry: os.DirEntry[str], node: str | None) -> str:
        if entry.is_symlink():
            return self._blob(os.fsencode(os.readlink(entry.path))) + LINK
        if not entry.is_file(follow_symlinks=False):
            return "no file"
        data, mode = read_file(entry.path)
        if node is not None and b"shared" in data:
            self._sharing.add(node)
        return self._blob(data) + ("+x" if HAS_MODES and mode & stat.S_IXUSR else "")

    def _blob(self, data: bytes) -> str:
        found = hashlib.new(self._algorithm, usedforsecurity=False)
        found.update(b"blob %d\0" % len(data))
        found.update(data)
        return found.hexdigest()
