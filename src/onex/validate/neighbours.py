"""The nodes that nodes name: those looked at, the others of the tree, and those that onex ships.

A node that was not looked at is read when it is asked for, once.
"""

import hashlib
from collections.abc import Iterable

from onex.core import node
from onex.core.tree import NodeRef, Tree
from onex.core.workspace import shipped
from onex.errors import DocumentError
from onex.validate.seen import Seen, facts_of


class Neighbours:
    """Finds nodes by their ids.

    Args:
        tree: the tree of the workspace.
        looked_at: what is kept of the nodes that were judged.
    """

    def __init__(self, tree: Tree, looked_at: Iterable[Seen]) -> None:
        self._nodes: dict[str, Seen | None] = {}
        for found in looked_at:
            if found.facts:
                self._nodes.setdefault(found.id, found)
        self._refs: dict[tuple[str, ...], list[NodeRef]] = {}
        for ref in (*tree.nodes, *shipped().tree.nodes):
            # An id has two segments at least, and names the last folders on the way to its node.
            for start in range(len(ref.segments) - 1):
                self._refs.setdefault(ref.segments[start:], []).append(ref)

    def knows(self, node_id: str) -> bool:
        """Whether there is a node of that id, readable or not."""
        return self._nodes.get(node_id) is not None or tuple(node_id.split(".")) in self._refs

    def find(self, node_id: str) -> Seen | None:
        """The node of that id; None when there is none that can be read."""
        if node_id not in self._nodes:
            self._nodes[node_id] = self._read(node_id)
        return self._nodes[node_id]

    def names(self) -> list[str]:
        """The ids of all nodes, as their folders spell them."""
        return [".".join(segments) for segments in self._refs]

    def _read(self, node_id: str) -> Seen | None:
        for ref in self._refs.get(tuple(node_id.split(".")), ()):
            try:
                found = node.load(ref.folder)
            except DocumentError:
                continue  # what is wrong with it is told of the node itself
            if found.id == node_id:
                digest = hashlib.sha256(found.document.data).hexdigest()
                facts = facts_of(found.value)
                return Seen(found.document.path, ref.segments, digest=digest, facts=facts)
        return None
