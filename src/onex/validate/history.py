"""What became of the nodes of a workspace since a revision: what rules about changes judge.

The digests of all files are held against each other first; only nodes that differ are read, and
asked what their change means to others.
"""

import os
from dataclasses import dataclass
from functools import cached_property

from onex.core.index import FILE_NAME
from onex.core.workspace import Workspace
from onex.evolution.compare import compare
from onex.evolution.sides import read_against, shelves
from onex.evolution.state import State
from onex.evolution.survey import survey
from onex_types.contract_change import NodeChange


@dataclass(frozen=True)
class NodePair:
    """A node that is not what it was.

    Attributes:
        before: as it was; None when it was not there.
        after: as it is; None when it is gone.
        since: what it was compared with, as messages call it.
        index: the `.tree` that is nearest to where the node was.
        today: the date, as `2026-01-31`, where somebody has said it.
    """

    before: State | None
    after: State | None
    since: str
    index: str
    today: str | None = None

    @cached_property
    def change(self) -> NodeChange:
        """What changed, and what that means to those who rely on the node."""
        return compare(self.before, self.after, "backward", "breaking")


def since(
    workspace: Workspace, reference: str, folders: list[str] | None, today: str | None
) -> list[NodePair]:
    """The nodes of ``workspace`` that are not what they were.

    Args:
        workspace: the workspace.
        reference: what to compare with, as `onex diff --against` takes it.
        folders: the folders of the nodes that are meant, absolute; None for all, the gone included.
        today: the date; see ``NodePair``.

    Raises:
        OnexError: the reference is none, or cannot be read in full.
    """
    root = workspace.root
    against = read_against(reference, root)
    if folders is None and any(p.kind != "unsorted" for p in workspace.tree.problems):
        # A tree that hides nodes is told by its own rules; that they are hidden makes none gone.
        folders = [ref.folder for ref in workspace.tree.nodes]
    only = None
    if folders is not None:
        there = [folder for folder in folders if os.path.isdir(folder)]
        only = [os.path.relpath(folder, root).replace(os.sep, "/") for folder in there]
    with shelves(against, root, only) as (before, after):
        found = survey(before, after)
    return [
        NodePair(old, new, against.label, _index(root, old or new), today)
        for old, new in found.pairs
        if _is_judged(old)
    ]


def _is_judged(old: State | None) -> bool:
    """Whether a node was there, and could be read or is of an edition that cannot be."""
    return old is not None and (old.node is not None or is_newer(old))


def is_newer(state: State) -> bool:
    """Whether a node cannot be read since it is of an edition that this onex does not read."""
    return state.problem is not None and state.problem.pointer == "/metadata_version"


def _index(root: str, state: State | None) -> str:
    """The nearest `.tree` above the folder of a node; that at the root is always there."""
    folder = os.path.dirname(state.folder) if state else ""
    while folder and not os.path.lexists(os.path.join(root, folder, FILE_NAME)):
        folder = os.path.dirname(folder)
    return os.path.join(root, folder, FILE_NAME)
