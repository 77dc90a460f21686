"""Which nodes share which files of the workspace."""

import os
from collections.abc import Iterable

from onex.core import document, node
from onex.core.tree import NodeRef
from onex.errors import DocumentError


def paths_of(ref: NodeRef) -> list[str]:
    """The files that a node shares; none where its document cannot be read."""
    try:
        data = document.read_bytes(os.path.join(ref.folder, ref.file), follow=False)
        # Reading is cheap and parsing is not, and few nodes share files.
        return node.load(ref.folder).value.get("shared", []) if b"shared" in data else []
    except DocumentError:
        return []


def by_path(root: str, refs: Iterable[NodeRef]) -> dict[str, list[NodeRef]]:
    """Where the files are that nodes of the workspace at ``root`` share, each with those nodes."""
    found: dict[str, list[NodeRef]] = {}
    for ref in refs:
        for path in paths_of(ref):
            found.setdefault(os.path.join(root, *path.split("/")), []).append(ref)
    return found
