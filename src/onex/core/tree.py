"""The tree: `.tree` files that lead from a root, folder by folder, to every node (ONEX-M1-02).

This module follows what the files say (``onex.core.index`` reads one); ``onex.core.scan`` looks at the
folders themselves.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from onex.core import config
from onex.core.canonical import digest
from onex.core.document import JSON, Document
from onex.core.files import write_atomic
from onex.core.index import (
    FILE_NAME,
    TreeProblem,
    order_problems,
    problem_of,
    read_entries,
    render,
)
from onex.errors import DocumentError

MOST_DEPTH = 64


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


def find_root(start: str = ".") -> str | None:
    """The top of the chain of folders with a `.tree` that ``start`` lies in, or None.

    A folder with an onex.toml ends the chain.
    """
    place = os.path.abspath(start)
    while not _has_index(place):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    while not os.path.lexists(os.path.join(place, config.FILE_NAME)):
        above = os.path.dirname(place)
        if above == place or not _has_index(above):
            break
        place = above
    return place


def _has_index(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, FILE_NAME))


def add(root: str, segments: tuple[str, ...], file: str) -> None:
    """List the node at ``segments`` below ``root``, and the folders on the way; the root last.

    Raises:
        OnexError: a `.tree` on the way cannot be read or written.
    """
    add_all(root, {segments: file})


def add_all(root: str, nodes: Mapping[tuple[str, ...], str]) -> None:
    """List many nodes as ``add`` lists one, with each `.tree` written once and the root's last.

    Args:
        root: the root of the tree.
        nodes: for the segments of each node the name of its document.

    Raises:
        OnexError: a `.tree` on the way cannot be read or written.
    """
    wanted: dict[tuple[str, ...], set[str]] = {}
    for segments, file in nodes.items():
        wanted.setdefault(segments[:-1], set()).add(f"{segments[-1]}/{file}")
        for depth in range(1, len(segments)):
            wanted.setdefault(segments[: depth - 1], set()).add(f"{segments[depth - 1]}/")
    for container in sorted(wanted, key=lambda each: (-len(each), each)):
        path = os.path.join(root, *container, FILE_NAME)
        before, entries = b"", list[str]()
        if _exists(path):
            source, entries = read_entries(path)
            before = source.data
        if not wanted[container].issubset(entries):
            write_atomic(path, render([*{*entries, *wanted[container]}], before))


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
    tree.problems += order_problems(source, entries)
    return _read_children(tree, segments, source, entries)


def _read_children(
    tree: Tree, segments: tuple[str, ...], source: Document, entries: list[str]
) -> list[tuple[str, ...]]:
    """Look at what the entries of one container name; the containers among it."""
    containers = []
    lines = {entry: index for index, entry in enumerate(entries)}
    here = os.path.join(tree.root, *segments)
    plain = _plain_folders(here)
    for entry in sorted(entries):
        name, _, file = entry.partition("/")
        child = (*segments, name)
        folder = f"{here}{os.sep}{name}"
        is_there = name in plain and (not file or os.path.lexists(f"{folder}{os.sep}{file}"))
        fault = None if is_there else _fault(folder, file)
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
                    entry=entry,
                    number=lines[entry],
                )
            )
        elif file:
            tree.nodes.append(NodeRef(folder, child, source.path, lines[entry] + 2, file))
        else:
            containers.append(child)
    return containers


def _plain_folders(folder: str) -> set[str]:
    """The names of the folders in ``folder``, links left aside; what cannot be told is left out."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    except OSError:
        return set()


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
