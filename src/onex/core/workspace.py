"""A workspace: the tree that a user works in, its settings, and the tree that onex ships.

Nodes are found through `.tree` alone (ONEX-P-03): a node that no `.tree` leads to cannot be run by
name. The segments of an id are the names of the last folders on the way to the node.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onex.core import config, node, tree
from onex.core.config import Config
from onex.core.node import Node
from onex.core.tree import NodeRef, Tree, find_root
from onex.core.words import call, suggest
from onex.errors import NodeNotFoundError, WorkspaceError

__all__ = ["SHIPPED", "Workspace", "find_root", "shipped"]

SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "nodes")
"""The tree that onex ships; the ids of its nodes begin with `onex.`."""


@dataclass(frozen=True)
class Workspace:
    """A tree of nodes.

    Attributes:
        root: the folder at the top, absolute.
    """

    root: str

    @classmethod
    def find(cls, start: str = ".") -> "Workspace":
        """The workspace that ``start`` lies in: the top of the chain of folders with a `.tree`.

        A folder with an onex.toml ends the chain.

        Raises:
            WorkspaceError: no folder from ``start`` upwards has a `.tree`.
        """
        root = find_root(start)
        if root is None:
            raise WorkspaceError(
                f"{os.path.abspath(start)}: no .tree here or in any folder above; a workspace needs an index at its root",
                help="run `onex init` in the folder that is to hold your nodes",
            )
        return cls(root)

    @cached_property
    def tree(self) -> Tree:
        """What the `.tree` files of the workspace say."""
        return tree.read(self.root)

    @cached_property
    def config(self) -> Config:
        """The settings of the workspace."""
        return config.read(self.root)

    def refs(self) -> Iterator[NodeRef]:
        """The nodes that the workspace names, in tree order."""
        yield from self.tree.nodes

    def ref(self, node_id: str) -> NodeRef:
        """The node of that id, in the workspace or among those that onex ships.

        Raises:
            NodeNotFoundError: no `.tree` leads to one.
        """
        segments = tuple(node_id.split("."))
        known = [*self.refs(), *_shipped_refs()]
        fitting = [ref for ref in known if ref.segments[-len(segments) :] == segments]
        # One folder may end like the whole path of another: then the documents decide.
        if len(fitting) > 1:
            fitting = [ref for ref in fitting if node.load(ref.folder).id == node_id] or fitting
        if fitting:
            return fitting[0]
        near = suggest(node_id, [".".join(ref.segments) for ref in known])
        raise NodeNotFoundError(
            f"{node_id}: no such node in the tree of {self.root}" + (f"; {near}" if near else ""),
            help="run `onex list` to see the nodes, or `onex tree --write` to list one that is missing",
        )

    def node(self, node_id: str) -> Node:
        """The node of that id, read and checked against its schema.

        Raises:
            NodeNotFoundError: no `.tree` leads to one.
            DocumentError: its document is not one that onex can work with.
        """
        ref = self.ref(node_id)
        found = node.load(ref.folder)
        if found.id != node_id:
            raise NodeNotFoundError(
                f"{node_id}: the node at {ref.folder} calls itself {found.id}",
                help=f"run `{call('onex', 'validate', ref.folder)}`",
            )
        return found


def shipped() -> Workspace:
    """The workspace that onex ships."""
    return Workspace(SHIPPED)


def _shipped_refs() -> list[NodeRef]:
    return tree.read(SHIPPED).nodes
