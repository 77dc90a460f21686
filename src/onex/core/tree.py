"""The tree: `.tree` files that lead from a root, folder by folder, to every node (ONEX-M1-02).

This module reads and writes what the files say; ``onex.core.scan`` looks at the folders themselves.
A `.tree` holds no metadata and no digests, so editing a node never touches it; where two branches
add nodes, the lines of both are right.
"""

import itertools
import os
import stat
from dataclasses import dataclass, field
from typing import cast

from onex.core import document
from onex.core.canonical import digest
from onex.core.document import JSON, Document
from onex.core.files import write_atomic
from onex.core.schema import Problem, problems
from onex.errors import DocumentError
from onex_contract import registry
from onex_types.tree import Tree as TreeDocument

FILE_NAME = ".tree"
MOST_DEPTH = 64
EMPTY = b"entries:\n"
METADATA_WORDS = "a `.tree` lists entries and holds no metadata"
FORM_HELP = "write `entries:`, and under it one `- name/` or `- name/node.onex` a line"


@dataclass(frozen=True, slots=True)
class NodeRef:
    """A node that the tree names.

    Attributes:
        folder: the node's folder, absolute.
        segments: the names of the folders from the root down to the node.
        index: the `.tree` file that names it.
        line: the line of that file.
        file: the name of the node's document.
    """

    folder: str
    segments: tuple[str, ...]
    index: str
    line: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeProblem:
    """Something wrong with a tree.

    Attributes:
        kind: `missing`, `malformed`, `metadata`, `dangling`, `cycle`, `unsorted`, `unlisted`
            or `stray`.
        path: the file that the problem is in.
        message: what was expected and found.
        at: line and column, from 1.
        help: the next step.
        source: the file, where it could be read.
    """

    kind: str
    path: str
    message: str
    at: tuple[int, int] = (1, 1)
    help: str | None = "run `onex tree --write`"
    source: Document | None = None

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.at[0]

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.at[1]


@dataclass(slots=True)
class Tree:
    """What the `.tree` files below a root say.

    Attributes:
        root: the folder at the top, absolute.
        nodes: the nodes, in tree order.
        entries: for each container, as a path relative to the root ("" is the root), its entries.
        problems: what is wrong with the files.
    """

    root: str
    nodes: list[NodeRef] = field(default_factory=list)
    entries: dict[str, list[str]] = field(default_factory=dict)
    problems: list[TreeProblem] = field(default_factory=list)


def read(root: str) -> Tree:
    """Follow the `.tree` files from ``root``; what is wrong with them stands in ``problems``.

    Raises:
        DocumentError: ``root`` itself has no `.tree`.
    """
    tree = Tree(os.path.abspath(root))
    index = os.path.join(tree.root, FILE_NAME)
    if not os.path.lexists(index):
        raise DocumentError(index, "no such file; a tree needs an index", help="run `onex init`")
    pending: list[tuple[str, ...]] = [()]
    while pending:
        segments = pending.pop()
        if len(segments) > MOST_DEPTH:
            path = os.path.join(tree.root, *segments, FILE_NAME)
            message = f"lies more than {MOST_DEPTH} folders deep"
            tree.problems.append(TreeProblem(kind="malformed", path=path, message=message))
            continue
        pending += reversed(_read_container(tree, segments))
    return tree


def read_entries(path: str) -> tuple[Document, list[str]]:
    """The document at ``path`` and the entries that it lists, as they stand.

    Raises:
        DocumentError: it is not a `.tree` file.
    """
    source = document.read(path)
    validator = registry.validator("tree")
    if not validator.is_valid(source.value):
        raise _not_a_tree(source, problems(validator, registry.schema("tree"), source.value))
    return source, cast("TreeDocument", source.value)["entries"] or []


def _not_a_tree(source: Document, found: list[Problem]) -> DocumentError:
    """Why ``source`` is not a `.tree`; metadata only when it is one but for that."""
    problem = next((p for p in found if not p.key), found[0])
    message, hint = problem.message, problem.hint
    if problem.key and isinstance(source.value, dict) and "entries" in source.value:
        message = f"{message}; {METADATA_WORDS}"
        hint = "move what it says into the nodes, and leave `entries` alone"
    line, column = source.locate(problem.pointer, key=problem.at_key)
    return DocumentError(
        source.path,
        message,
        line=line,
        column=column,
        pointer=problem.pointer,
        help=hint or FORM_HELP,
    )


def judge(path: str) -> list[TreeProblem]:
    """What is wrong with the `.tree` at ``path`` by itself, its entries not followed."""
    try:
        source, entries = read_entries(path)
    except DocumentError as error:
        return [problem_of(error)]
    return _order_problems(source, entries)


def _order_problems(source: Document, entries: list[str]) -> list[TreeProblem]:
    """The first entry of a `.tree` that stands behind one that ought to follow it."""
    for index, (before, entry) in enumerate(itertools.pairwise(entries), start=1):
        if entry < before:
            line, column = source.locate(f"/entries/{index}")
            message = f"the entries are not sorted: {entry} belongs before {before}"
            return [
                TreeProblem(
                    kind="unsorted",
                    path=source.path,
                    message=message,
                    at=(line, column),
                    source=source,
                )
            ]
    return []


def problem_of(error: DocumentError) -> TreeProblem:
    """Why a `.tree` could not be read, as a problem of its kind."""
    place = (error.line, error.column)
    if not os.path.lexists(error.path):
        message = "no such file; each folder of the tree needs an index"
        return TreeProblem(kind="missing", path=error.path, message=message)
    kind = "metadata" if METADATA_WORDS in error.problem else "malformed"
    return TreeProblem(
        kind=kind,
        path=error.path,
        message=error.problem,
        at=place,
        help=error.help or FORM_HELP,
    )


def render(entries: list[str], before: bytes = b"") -> bytes:
    """The bytes of a `.tree` that lists ``entries``, under the comment that heads ``before``."""
    head = b""
    for line in before.splitlines(keepends=True):
        if not line.startswith(b"#"):
            break
        head += line
    return head + EMPTY + b"".join(f"- {entry}\n".encode() for entry in sorted(entries))


def add(root: str, segments: tuple[str, ...], file: str) -> None:
    """List the node at ``segments`` below ``root``, and the folders on the way; the root last.

    Raises:
        OnexError: a `.tree` on the way cannot be read or written.
    """
    entry = f"{segments[-1]}/{file}"
    for depth in range(len(segments) - 1, -1, -1):
        path = os.path.join(root, *segments[:depth], FILE_NAME)
        before, entries = b"", list[str]()
        if _exists(path):
            source, entries = read_entries(path)
            before = source.data
        if entry not in entries:
            write_atomic(path, render([*entries, entry], before))
        entry = f"{segments[depth - 1]}/"


def tree_digest(tree: Tree, hashes: dict[str, str | None]) -> str:
    """The Merkle digest of a tree: over its entries and the `hash` of each node.

    Args:
        tree: the tree.
        hashes: for the folder of each node, the hash that its lock records.
    """
    below: dict[str, JSON] = {}
    for container in sorted(tree.entries, key=lambda path: -path.count("/")):
        members: dict[str, JSON] = {}
        for entry in sorted(tree.entries[container]):
            name, _, file = entry.partition("/")
            place = f"{container}{name}"
            folder = os.path.join(tree.root, *place.split("/"))
            members[entry] = hashes.get(folder) if file else below.get(f"{place}/")
        below[container] = digest(members)
    return cast("str", below[""])


def _exists(path: str) -> bool:
    """Whether something is at ``path``; what cannot be looked at is an error, not an absence."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    return True


def _read_container(tree: Tree, segments: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Take in one `.tree`; the containers that it names, in order."""
    folder = os.path.join(tree.root, *segments)
    path = os.path.join(folder, FILE_NAME)
    try:
        source, entries = read_entries(path)
    except DocumentError as error:
        tree.problems.append(problem_of(error))
        return []
    key = "".join(f"{segment}/" for segment in segments)
    tree.entries[key] = sorted(entries)
    tree.problems += _order_problems(source, entries)
    return _read_children(tree, segments, source, entries)


def _read_children(
    tree: Tree, segments: tuple[str, ...], source: Document, entries: list[str]
) -> list[tuple[str, ...]]:
    """Look at what the entries of one container name; the containers among it."""
    containers = []
    lines = {entry: index for index, entry in enumerate(entries)}
    for entry in sorted(entries):
        name, _, file = entry.partition("/")
        child = (*segments, name)
        folder = os.path.join(tree.root, *child)
        fault = _fault(folder, file)
        if fault:
            line, column = source.locate(f"/entries/{lines[entry]}")
            kind, message = fault
            tree.problems.append(
                TreeProblem(
                    kind=kind,
                    path=source.path,
                    message=f"{entry} {message}",
                    at=(line, column),
                    source=source,
                )
            )
        elif file:
            tree.nodes.append(NodeRef(folder, child, source.path, lines[entry] + 2, file))
        else:
            containers.append(child)
    return containers


def _fault(folder: str, file: str) -> tuple[str, str] | None:
    """What keeps an entry from naming what it says: a kind and words, or None."""
    try:
        mode = os.lstat(folder).st_mode
        if stat.S_ISLNK(mode):
            target = os.path.realpath(folder)
            if os.path.join(os.path.realpath(os.path.dirname(folder)), "").startswith(
                os.path.join(target, "")
            ):
                return "cycle", "is a symbolic link that leads back up the tree; it would never end"
            return "dangling", "is a symbolic link; a tree holds plain folders only"
        if not stat.S_ISDIR(mode):
            return "dangling", "is not a folder"
        if file:
            os.lstat(os.path.join(folder, file))
    except FileNotFoundError:
        return "dangling", "does not exist"
    except OSError as error:
        return "dangling", f"cannot be looked at: {error.strerror}"
    return None
