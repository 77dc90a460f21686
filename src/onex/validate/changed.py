"""Which nodes have a file that is not as a commit has it (`onex validate --changed`).

A file that a node shares is a file of that node, too.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache

from onex.core import git
from onex.core.sharers import paths_of
from onex.core.snapshot import CACHES
from onex.core.tree import NodeRef


def changed(root: str, refs: Sequence[NodeRef], revision: str) -> list[NodeRef]:
    """Those of ``refs`` with a file, shared ones too, that was added, removed or edited since ``revision``.

    Raises:
        OnexError: there is no such commit, or git cannot be asked: that is no empty answer.
    """
    recorded = git.files_of(root, git.commit_of(root, revision))
    folders = {os.path.relpath(ref.folder, root): ref for ref in refs}
    paths = recorded.keys() | git.names(root)

    @cache
    def as_recorded(path: str) -> bool:
        return path not in paths or git.is_same(os.path.join(root, path), recorded.get(path))

    found = {folder for folder, path in _by_folder(folders, paths) if not as_recorded(path)}
    return [
        ref
        for folder, ref in folders.items()
        if folder in found or not all(map(as_recorded, paths_of(ref)))
    ]


def _by_folder(folders: dict[str, NodeRef], paths: set[str]) -> Iterator[tuple[str, str]]:
    """The paths that lie in one of ``folders``, each with its folder; caches are no node's files."""
    for path in paths:
        parts = path.split("/")
        if CACHES.isdisjoint(parts):
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth])
                if folder in folders:
                    yield folder, path
                    break
