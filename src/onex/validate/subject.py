"""What the rules look at: one node with all that could be read of it, and the tree of all of them."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from onex.core import lock, node, snapshot
from onex.core.contract import Contract, Origin, SchemaRefusedError, StateSchema
from onex.core.document import Document
from onex.core.index import TreeProblem
from onex.core.lock import LockProblem
from onex.core.node import Node
from onex.core.schema import Problem
from onex.core.snapshot import SHARED
from onex.core.tree import Tree
from onex.errors import DocumentError
from onex.validate.names import target_file
from onex.validate.reading import Unread, take
from onex.validate.seen import Seen, facts_of
from onex.validate.sources import Sources
from onex_types.onex_node import OnexNode
from onex_types.state_contract import StateContract

if TYPE_CHECKING:
    from onex.validate.code import Code
    from onex.validate.neighbours import Neighbours


FIELD_RULES = frozenset({"lifecycle", "version", "owner", "trust", "metadata_version"})
"""Fields of a node document whose problems have a rule of their own."""


@dataclass(slots=True)
class Subject:
    """One node, with all that could be read of it; what could not be read is None.

    Attributes:
        path: the node's document.
        segments: the folders from the root to the node; empty for a document by itself.
        is_node: whether it is a node, and not a contract that stands by itself.
        document: the document, read.
        fault: why it could not be read.
        problems: what its schema has against it.
        node: the node, when there are none.
        contract: the node's contract, when its schema has nothing against it.
        contract_document: the document that the contract stands in.
        contract_base: the pointer of the contract in it.
        contract_fault: why the contract could not be read.
        contract_problems: what its schema has against it.
        sides: the schemas of the contract, `input` and `output`, that could be compiled.
        lint_problems: for each side that could not be, what the lint has against it.
        shared_faults: what is wrong with a file that the node shares, by its path.
        files: the files of the node's folder, relative to it.
        files_fault: why they could not be taken.
        hash: the node's digest as it is.
        lock_problems: where the node is not what its lock says.
        contents: the bytes of its files, as far as they were read already.
    """

    path: str
    segments: tuple[str, ...] = ()
    is_node: bool = True
    document: Document | None = None
    fault: Unread | None = None
    problems: list[Problem] = field(default_factory=list)
    node: Node | None = None
    contract: Contract | None = None
    contract_document: Document | None = None
    contract_base: str = ""
    contract_fault: Unread | None = None
    contract_problems: list[Problem] = field(default_factory=list)
    sides: dict[str, StateSchema] = field(default_factory=dict)
    lint_problems: dict[str, list[Problem]] = field(default_factory=dict)
    shared_faults: list[tuple[str, DocumentError]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    files_fault: DocumentError | None = None
    hash: str | None = None
    lock_problems: list[LockProblem] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    _code: "list[Code | None]" = field(default_factory=list, repr=False)

    @property
    def code(self) -> "Code | None":
        """What the file of a Python entrypoint holds, parsed once; None where there is none."""
        if not self.node or self.node.value["entrypoint"]["type"] != "python":
            return None
        if not self._code:
            from onex.validate import code  # noqa: PLC0415 - wanted for nodes in Python alone

            self._code.append(code.of(self.node, self.files, self.contents))
        return self._code[0]

    @property
    def facts(self) -> OnexNode | None:
        """What is kept of the node."""
        return facts_of(self.node.value) if self.node else None

    @property
    def seen(self) -> Seen:
        """What is kept of the node, or of the contract that stands by itself."""
        source = self.document if self.is_node else self.contract_document
        digest = hashlib.sha256(source.data).hexdigest() if source else None
        return Seen(self.path, self.segments, self.is_node, digest, self.hash, self.facts)

    @property
    def node_id(self) -> str | None:
        """The node's id, as far as its document or its place tells it."""
        if self.node:
            return self.node.id
        return ".".join(self.segments) or None

    def needed_files(self) -> set[str]:
        """The files that its contract, its entrypoint and `shared` name, there or not."""
        if not self.node:
            return set()
        names = [self.node.value["state_contract"], target_file(self.node.value)]
        names += [f"{SHARED}{path}" for path in self.node.value.get("shared", ())]
        return {name for name in names if isinstance(name, str)}

    def problems_of(self, name: str) -> Iterator[Problem]:
        """What the schema has against the field ``name``, unknown keys left aside."""
        for problem in self.problems:
            if problem.pointer.split("/")[1:2] == [name] and not problem.key:
                yield problem

    def other_problems(self) -> Iterator[Problem]:
        """What the schema has against fields that have no rule of their own."""
        for problem in self.problems:
            field_name = problem.pointer.split("/")[1:2]
            if not problem.key and FIELD_RULES.isdisjoint(field_name):
                yield problem

    def lint_of(self, *, injection: bool) -> Iterator[tuple[Origin, Problem]]:
        """What the lint has against the contract, each with its place.

        Args:
            injection: whether to tell of keys that name code to import, or of all else.
        """
        for side, problems in self.lint_problems.items() if self.contract else ():
            for problem in problems:
                if self.contract and (problem.keyword == "injection") is injection:
                    yield self.contract.place(side, problem.pointer), problem


@dataclass(slots=True)
class Forest:
    """The tree, and the nodes that were looked at.

    Attributes:
        tree: what the `.tree` files say.
        problems: what is wrong with them, and where the folders differ.
        subjects: the nodes.
        today: the date, as `2026-01-31`, where somebody has said it.
    """

    tree: Tree
    problems: list[TreeProblem]
    subjects: list[Seen]
    today: str | None = None
    _neighbours: "list[Neighbours]" = field(default_factory=list, repr=False)

    @property
    def neighbours(self) -> "Neighbours":
        """The nodes that nodes name, looked up once for all rules."""
        if not self._neighbours:
            from onex.validate.neighbours import Neighbours  # noqa: PLC0415 - few nodes name others

            self._neighbours.append(Neighbours(self.tree, self.subjects))
        return self._neighbours[0]

    def problems_of(self, *kinds: str) -> Iterator[TreeProblem]:
        """The problems of these kinds."""
        return (problem for problem in self.problems if problem.kind in kinds)


def examine(
    path: str,
    segments: tuple[str, ...] = (),
    data: bytes | None = None,
    sources: Sources | None = None,
) -> Subject:
    """The node whose document is ``path``, with all that can be read of it.

    Args:
        path: the node's document.
        segments: the folders from the root to the node; empty for a document by itself.
        data: what the document is about to hold, in place of what it holds.
        sources: what was read of the node already, ``data`` among it.
    """
    subject = glimpse(path, segments, data)
    if subject.node is None:
        return subject
    subject.contents = sources.contents if sources else {}
    _examine_contract(subject, subject.node)
    if "shared" in subject.node.value:
        _examine_shared(subject, subject.node, subject.node.value["shared"])
    if not subject.shared_faults:
        _examine_sides(subject)
    if segments:
        _examine_files(subject, subject.node, sources)
    return subject


def glimpse(path: str, segments: tuple[str, ...] = (), data: bytes | None = None) -> Subject:
    """The node whose document is ``path``, with that alone read; see ``examine``."""
    subject = Subject(path, segments)
    found = take(path, data, follow=not segments)
    if isinstance(found, Unread):
        subject.fault = found
        return subject
    subject.document = found
    subject.problems = node.node_problems(found.value)
    if subject.problems:
        return subject
    value = cast("OnexNode", found.value)
    folder = os.path.dirname(os.path.abspath(path))
    subject.node = Node(f"{value['namespace']}.{value['name']}", folder, found, value)
    return subject


def examine_contract(path: str) -> Subject:
    """A state contract that stands by itself."""
    subject = Subject(path, is_node=False)
    _take_contract(subject, path)
    _examine_sides(subject)
    return subject


def _take_contract(subject: Subject, path: str, data: bytes | None = None) -> None:
    """Judge a contract that has a document of its own, which holds ``data`` if that is given."""
    source = take(path, data)
    if isinstance(source, Unread):
        subject.contract_fault = source
        return
    subject.contract_document = source
    subject.contract_problems = node.contract_problems(source.value)
    if not subject.contract_problems:
        subject.contract = Contract(cast("StateContract", source.value), source, "")


def _examine_contract(subject: Subject, found: Node) -> None:
    """Read the contract; what its schema has against it."""
    block = found.value["state_contract"]
    if not isinstance(block, str):
        # The node's schema holds the contract's, so it was judged with it.
        subject.contract = Contract(block, found.document, "/state_contract")
        subject.contract_document, subject.contract_base = found.document, "/state_contract"
        return
    _take_contract(subject, os.path.join(found.folder, block), subject.contents.get(block))


def _examine_shared(subject: Subject, found: Node, paths: list[str]) -> None:
    """Put the shared schemas into the contract; what is wrong with them."""
    from onex.core.bundle import resolved  # noqa: PLC0415 - few nodes share files
    from onex.core.library import Library  # noqa: PLC0415

    library = Library(paths, found.read_shared)
    subject.shared_faults = library.faults
    if subject.contract:
        subject.contract = resolved(subject.contract, library)


def _examine_sides(subject: Subject) -> None:
    """Lint and compile both schemas of the contract."""
    if not subject.contract:
        return
    for side, schema in (
        ("input", subject.contract.value["input"]),
        ("output", subject.contract.value["output"]),
    ):
        try:
            subject.sides[side] = StateSchema(schema)
        except SchemaRefusedError as error:
            subject.lint_problems[side] = subject.contract.advised(error, side)


def _examine_files(subject: Subject, found: Node, sources: Sources | None) -> None:
    """Take the files of the node, and compare them with its lock."""
    try:
        # Shared files lie elsewhere, and were not read yet.
        is_read = sources is not None and "shared" not in found.value
        taken = (
            snapshot.with_files(found, sources.files, {})
            if sources and is_read
            else snapshot.take(found)
        )
    except DocumentError as error:
        subject.files_fault = error
        return
    known = {path for path, _ in subject.shared_faults}
    subject.shared_faults += [one for one in taken.faults.items() if one[0] not in known]
    subject.files = list(taken.own)
    subject.hash = taken.hash
    subject.lock_problems = lock.compare(found, taken)
