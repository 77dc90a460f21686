"""A node as it stood at one time: its document, its contract, its files."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from onex.core import document
from onex.core.contract import Contract
from onex.core.document import Document
from onex.core.node import FILE_NAMES, Node, at, contract_problems, node_problems
from onex.core.snapshot import IGNORE_FILE, SHARED
from onex.errors import DocumentError
from onex_types.onex_node import OnexNode
from onex_types.state_contract import StateContract


class Shelf(Protocol):
    """Where nodes stand, at one time.

    Attributes:
        label: what to call it.
    """

    label: str

    def folders(self) -> list[str]:
        """The folders of the nodes, relative to the root of the tree.

        Raises:
            OnexError: a `.tree` hides what there is.
        """
        ...

    def files(self, folder: str) -> Mapping[str, str]:
        """The files of a node, by path relative to its folder, each with a digest of its own kind."""
        ...

    def read(self, folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file of a node, and what to call the file.

        Raises:
            DocumentError: it cannot be read.
        """
        ...

    def read_shared(self, folder: str, path: str) -> tuple[bytes, str]:
        """The bytes of a file that the node shares as ``path``, and what to call the file.

        Raises:
            DocumentError: it cannot be read.
        """
        ...

    def may_share(self, folder: str) -> bool:
        """Whether the node may share files, as far as a look at its document's words tells."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """A node at one time.

    Attributes:
        folder: its folder, relative to the root of the tree.
        node: what its document says; None when that cannot be read.
        contract: its state contract; None when that cannot be read.
        problem: why something cannot be read.
        files: its files with their digests, the document aside.
    """

    folder: str
    node: Node | None
    contract: Contract | None
    problem: DocumentError | None
    files: Mapping[str, str]


def load(shelf: Shelf, folder: str) -> State:
    """The node in ``folder`` as it stands on ``shelf``."""
    files = dict(shelf.files(folder))
    node: Node | None = None
    try:
        source = _read_document(shelf, folder, files)
        files = {path: digest for path, digest in files.items() if path not in FILE_NAMES}
        found = node_problems(source.value)
        if found:
            raise at(source, found[0])
        value = cast("OnexNode", source.value)
        node = Node(f"{value['namespace']}.{value['name']}", folder, source, value)
        files = _without_ignored(shelf, node, files)
        contract = _contract(shelf, node)
        if contract.faults:
            raise contract.faults[0]
        return State(folder, node, contract, None, files | _shared(shelf, node, contract))
    except DocumentError as error:
        return State(folder, node, None, error, files)


def load_document(source: Document) -> State:
    """The node of a document that lies about by itself, without the files of its folder."""
    found = node_problems(source.value)
    if found:
        raise at(source, found[0])
    value = cast("OnexNode", source.value)
    node = Node(
        f"{value['namespace']}.{value['name']}", os.path.dirname(source.path), source, value
    )
    return State(node.folder, node, node.contract, None, {})


def _read_document(shelf: Shelf, folder: str, files: Mapping[str, str]) -> Document:
    names = [name for name in FILE_NAMES if name in files]
    data, path = shelf.read(folder, names[0] if names else FILE_NAMES[0])
    return document.parse(data, path)


def _without_ignored(shelf: Shelf, node: Node, files: dict[str, str]) -> dict[str, str]:
    """``files`` without what `.onexignore` names, which no lock covers either."""
    if IGNORE_FILE not in files:
        return files
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow to import, and few nodes ignore files

    data, path = shelf.read(node.folder, IGNORE_FILE)
    try:
        ignored = GitIgnoreSpec.from_lines(data.decode().splitlines())
    except ValueError as error:
        raise DocumentError(path, f"not a list of patterns: {error}") from error
    target = node.value["entrypoint"].get("target", "").partition(":")[0].removeprefix("./")
    needed = {target, node.value["state_contract"]}
    return {
        name: digest
        for name, digest in files.items()
        if name in needed or not ignored.match_file(name)
    }


def _contract(shelf: Shelf, node: Node) -> Contract:
    """The contract, complete with what it shares."""
    block = node.value["state_contract"]
    if isinstance(block, str):
        found = read_contract(*shelf.read(node.folder, block))
    else:
        found = Contract(block, node.document, "/state_contract")
    return node.complete(found, lambda path: shelf.read_shared(node.folder, path))


def _shared(shelf: Shelf, node: Node, contract: Contract) -> dict[str, str]:
    """Digests of the shared files that are no schemas: those are compared by what they say."""
    found = {}
    for path in node.value.get("shared", ()):
        if path not in contract.sources:
            try:
                data, _ = shelf.read_shared(node.folder, path)
            except DocumentError:
                continue
            found[f"{SHARED}{path}"] = hashlib.sha256(data).hexdigest()
    return found


def read_contract(data: bytes, path: str) -> Contract:
    """The contract that a file of its own holds.

    Raises:
        DocumentError: it is not a state contract.
    """
    source = document.parse(data, path)
    found = contract_problems(source.value)
    if found:
        raise at(source, found[0])
    return Contract(cast("StateContract", source.value), source, "")
