"""Which nodes a commit touches, as a hook tells of it (`onex validate --touched`).

A hook names the files that a commit adds and edits, and keeps still about those that it removes;
git knows these. Where a hook is called several times, each time with some of the names, a node
that lost a file is found by each call: the verdict over all of them depends on no order.
"""

import os
from collections.abc import Iterable, Iterator, Sequence

from onex.core import git
from onex.core.index import TreeProblem
from onex.core.sharers import by_path
from onex.core.tree import NodeRef
from onex.errors import UsageError
from onex.validate.engine import Counts


def touched(
    root: str, refs: Sequence[NodeRef], names: Iterable[str], revision: str
) -> list[NodeRef]:
    """Those of ``refs`` that hold or share one of the files ``names``, or one lost since ``revision``.

    Args:
        root: the folder of the workspace, absolute.
        refs: its nodes.
        names: files, there or not; those of no node are passed over.
        revision: the commit before; `HEAD` may be one that is still to come.

    Raises:
        OnexError: there is no such commit, or git cannot be asked: that is no empty answer.
    """
    holders = {ref.folder: ref for ref in refs}
    paths = {*map(os.path.abspath, names), *_lost(root, revision)}
    sharers = by_path(root, refs) if paths else {}
    found: set[str] = set()
    for path in paths:
        found.update(folder for folder in _above(path, root) if folder in holders)
        found.update(ref.folder for ref in sharers.get(path, ()))
    return [ref for ref in refs if ref.folder in found]


def in_commit(root: str) -> Counts:
    """Whether a problem of the tree at ``root`` is of the commit: what git does not track is not."""
    tracked: set[str] = set()

    def counts(problem: TreeProblem) -> bool:
        if problem.subject is None:
            return True
        if not tracked:
            for name in git.names(root, tracked=True):
                tracked.update((name, *_above(name, "")))
        return os.path.relpath(problem.subject, root) in tracked

    return counts


def _lost(root: str, revision: str) -> Iterator[str]:
    """The files of a commit that are no more."""
    try:
        commit = git.commit_of(root, revision)
    except UsageError:
        if revision == "HEAD" and git.is_unborn(root):
            return
        raise
    for name in git.files_of(root, commit):
        path = os.path.join(root, name)
        if not os.path.lexists(path):
            yield path


def _above(path: str, root: str) -> Iterator[str]:
    """The folders that hold ``path``, the nearest first, as far as ``root``."""
    while len(path := os.path.dirname(path)) > len(root):
        yield path
