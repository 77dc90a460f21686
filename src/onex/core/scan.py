"""What the folders of a workspace hold, against what its `.tree` files say (ONEX-M1-12, P-03)."""

import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from onex.core import config, document
from onex.core.files import write_atomic
from onex.core.index import FILE_NAME, TreeProblem, read_damaged, read_entries, render
from onex.core.node import FILE_NAMES
from onex.core.text import printable
from onex.core.tree import Tree

IGNORE_FILE = ".onexignore"
FOREIGN = frozenset({"node_modules", "__pycache__"})
"""Folders with other people's files; like hidden folders, virtual environments and workspaces of
their own, not looked into."""

SEGMENT_WORDS = "lower-case letters, digits, _ and -, a letter first"
SEGMENT = re.compile(r"[a-z][a-z0-9_-]{0,63}").fullmatch

DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}
)
"""Names that no file can have on Windows, whatever follows after a dot."""

Ignored = Callable[[str], bool]


@dataclass(slots=True)
class _Folder:
    """A folder of the workspace that is not a node.

    Attributes:
        key: its path relative to the root, with `/` at the end; "" is the root.
        listable: whether its name and those above it can stand in a `.tree`.
        indexed: whether it has a `.tree`.
        folders: the names of the folders inside it that are worth looking into.
        nodes: the entries of the nodes inside it.
    """

    key: str
    listable: bool
    indexed: bool = False
    folders: list[str] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)


def scan(root: str, known: Collection[str] = ()) -> tuple[dict[str, list[str]], list[TreeProblem]]:
    """What the `.tree` files below ``root`` ought to list, and the `.onex` files that none can list.

    Args:
        root: the folder at the top.
        known: folders that were looked at already, and have a document of the usual name.

    Returns:
        For each folder that needs a `.tree`, as a path relative to the root that ends in `/` ("" is
        the root), its entries; and the strays.
    """
    strays: list[TreeProblem] = []
    folders = _walk(os.path.abspath(root), strays, known)
    listing: dict[str, list[str]] = {}
    for folder in reversed(folders):
        entries = folder.nodes + [
            f"{name}/" for name in folder.folders if f"{folder.key}{name}/" in listing
        ]
        if folder.listable and (entries or folder.indexed or not folder.key):
            listing[folder.key] = sorted(entries)
    return listing, strays


def check(tree: Tree) -> list[TreeProblem]:
    """Where the folders below the tree's root are not what its `.tree` files say."""
    known = {ref.folder for ref in tree.nodes if ref.file == FILE_NAMES[0]}
    listing, found = scan(tree.root, known)
    for key, entries in listing.items():
        # A folder that nothing lists, or without an index, is the business of the one above it.
        listed = tree.entries.get(key, entries)
        path = os.path.join(tree.root, key, FILE_NAME)
        missing = [entry for entry in entries if entry not in listed]
        source = read_entries(path)[0] if missing else None
        found += [
            TreeProblem(
                kind="unlisted",
                path=path,
                message=f"{entry} exists, but is not listed here",
                subject=os.path.join(tree.root, key, entry.split("/")[0]),
                entry=entry,
                listing=source,
            )
            for entry in missing
        ]
    return found


def write(root: str) -> list[str]:
    """Make every `.tree` below ``root`` list what is there; the paths that were written.

    Raises:
        OnexError: a `.tree` holds something else than entries, or cannot be written.
    """
    written = []
    for key, entries in sorted(scan(root)[0].items(), reverse=True):
        path = os.path.join(root, key, FILE_NAME)
        before = b""
        if os.path.lexists(path):
            before, listed = read_damaged(path)
            if listed == entries:
                continue
        write_atomic(path, render(entries, before))
        written.append(path)
    return written


def _walk(root: str, strays: list[TreeProblem], known: Collection[str]) -> list[_Folder]:
    """The folders below ``root`` that are not nodes, each before those inside it."""
    ignored = _ignore_rules(root)
    found: list[_Folder] = []
    pending = [("", True)]
    while pending:
        key, listable = pending.pop()
        folder = _look(root, _Folder(key, listable), ignored, strays)
        found.append(folder)
        here = os.path.join(root, *key.split("/"))
        for name in folder.folders.copy():
            path = f"{here}{name}"
            file = FILE_NAMES[0] if path in known else _document_in(path)
            fits = listable and SEGMENT(name) is not None
            if file is None:
                pending.append((f"{key}{name}/", fits))
                continue
            folder.folders.remove(name)
            if fits:
                folder.nodes.append(f"{name}/{file}")
            else:
                why = f"a folder on its path has a name that no node id can have ({SEGMENT_WORDS})"
                strays.append(_stray(os.path.join(path, file), why))
    return found


def _document_in(folder: str) -> str | None:
    """The name of the node document in ``folder``, if it is that of a node."""
    return next((f for f in FILE_NAMES if os.path.lexists(os.path.join(folder, f))), None)


def _look(root: str, folder: _Folder, ignored: Ignored, strays: list[TreeProblem]) -> _Folder:
    """Take in one folder: what to look into, and the `.onex` files that lie about in it."""
    with os.scandir(os.path.join(root, folder.key)) as entries:
        for entry in entries:
            name = entry.name
            if name == FILE_NAME:
                folder.indexed = True
            elif name == "pyvenv.cfg" or (name == config.FILE_NAME and folder.key):
                return _Folder(folder.key, listable=False)
            elif name.endswith((".onex", ".onex.yaml")):
                if not ignored(f"{folder.key}{name}"):
                    strays.append(_stray(entry.path, "it is not the document of a node's folder"))
            elif _is_own(entry) and not ignored(f"{folder.key}{name}/"):
                folder.folders.append(name)
    return folder


def _is_own(entry: os.DirEntry[str]) -> bool:
    """Whether the entry is a folder that may hold the user's nodes."""
    name = entry.name
    return name[0] != "." and name not in FOREIGN and entry.is_dir(follow_symlinks=False)


def _stray(path: str, why: str) -> TreeProblem:
    return TreeProblem(
        kind="stray",
        path=printable(path),
        subject=path,
        message=f"a stray .onex file: {why}",
        help="move it into a node's folder as node.onex, rename it, or name it in `.onexignore` at the root",
    )


def _ignore_rules(root: str) -> Ignored:
    """Whether a path relative to ``root`` is one that its `.onexignore` names."""
    path = os.path.join(root, IGNORE_FILE)
    if not os.path.lexists(path):
        return lambda _: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow to import, and few workspaces ignore

    return GitIgnoreSpec.from_lines(
        document.read_bytes(path).decode(errors="replace").splitlines()
    ).match_file
