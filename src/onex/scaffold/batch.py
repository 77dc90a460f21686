"""Many new nodes in one go: each is whole or not there, and the `.tree` files are written once.

The nodes are built aside as one tree, locked and judged together, and then renamed into place one by
one. Those that are refused hold up no other. Until the `.tree` files name them, which is the last
step, none of them can be run.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from onex.core import scan, tree
from onex.core.document import JSON
from onex.core.files import DEBRIS
from onex.core.node import Node
from onex.core.opening import sync_folder
from onex.core.workspace import Workspace
from onex.errors import OnexError, RefusedError
from onex.scaffold.intake import take
from onex.scaffold.publish import asked_id, build, origin, told_of
from onex.scaffold.target import find_target
from onex.validate.engine import validate


class Batch:
    """Collects nodes as a publisher, and puts them into the tree together; see ``batch``.

    Attributes:
        refused: why a node was not taken, by its id.
    """

    def __init__(self, workspace: Workspace, aside: str) -> None:
        self._root = os.path.abspath(workspace.root)
        self._aside = aside
        self._documents: dict[str, str] = {}
        self.refused: dict[str, OnexError] = {}

    def publish(self, node: Node, input_state: JSON, output_state: JSON, work: str) -> None:
        """Build the node that ``node`` made; nothing of it is in the tree before ``enter``.

        Raises:
            OnexError: what it made is not a node that may come into the tree.
        """
        node_id = asked_id(node, input_state)
        target = find_target(self._root, node_id)
        folder = os.path.join(self._aside, *target.segments)
        try:
            with told_of(self._root, self._aside):
                made = take(output_state, work)
                made += origin(node, input_state, output_state, made)
                self._documents[node_id] = build(folder, node_id, made)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise OnexError(f"{node_id}: cannot be written: {error.strerror}") from error
        except OnexError:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def enter(self) -> list[str]:
        """Put the nodes into the tree; the ids of those that are in it now.

        Raises:
            OnexError: a `.tree` file cannot be written; the nodes are there, and not listed.
        """
        self._judge()
        entered: dict[tuple[str, ...], str] = {}
        for node_id in sorted(self._documents):
            try:
                self._move(node_id)
            except OSError as error:
                message = f"{node_id}: cannot be put into its place: {error.strerror}"
                self.refused[node_id] = OnexError(message)
            except OnexError as error:
                self.refused[node_id] = error
            else:
                entered[tuple(node_id.split("."))] = self._documents[node_id]
        tree.add_all(self._root, entered)
        return [".".join(segments) for segments in entered]

    def _judge(self) -> None:
        """Take those nodes out that the rules find errors in."""
        scan.write(self._aside)
        for finding in validate(Workspace(self._aside)).findings:
            node_id = finding["node_id"]
            if finding["severity"] == "error" and node_id in self._documents:
                del self._documents[node_id]
                folder = os.path.join(self._aside, *node_id.split("."))
                place = os.path.relpath(finding["path"], folder)
                words = f"{place}:{finding['line']}:{finding['column']}: {finding['code']} {finding['message']}"
                message = f"the node would not be valid: {words}"
                self.refused[node_id] = RefusedError(message, help=finding["help"])

    def _move(self, node_id: str) -> None:
        """Rename one node into its place, in folders that are made for it."""
        target = find_target(self._root, node_id)
        container = os.path.dirname(target.folder)
        os.makedirs(container, exist_ok=True)
        os.rename(os.path.join(self._aside, *target.segments), target.folder)
        sync_folder(container)


@contextmanager
def batch(workspace: Workspace) -> Iterator[Batch]:
    """A batch of new nodes for ``workspace``; what did not enter is removed at the end.

    The lock on the tree is to be held: whoever else holds it sweeps up what is unfinished.

    Raises:
        OnexError: nothing can be written in the root of the workspace.
    """
    aside = os.path.join(os.path.abspath(workspace.root), f"{DEBRIS}{secrets.token_hex(8)}")
    try:
        os.mkdir(aside)
    except OSError as error:
        raise OnexError(f"{workspace.root}: cannot be written: {error.strerror}") from error
    try:
        yield Batch(workspace, aside)
    finally:
        with suppress(OSError):
            shutil.rmtree(aside)
