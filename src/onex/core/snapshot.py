"""A node's files as they are: which of them a lock covers, their digests, and the node's own.

The digest of a document leaves out exactly `hash` and `trust.snapshot`, so that neither the lock
itself nor a score that is written down breaks it (ONEX-M1-10, CF-09).
"""

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from onex.core import document
from onex.core.canonical import digest
from onex.core.document import JSON
from onex.core.files import DEBRIS
from onex.core.node import Node
from onex.core.opening import HAS_MODES
from onex.core.text import printable
from onex.errors import DocumentError

SHARED = "shared:"
"""What is before the path of a shared file in `files`; no file of the node's own has such a name."""

IGNORE_FILE = ".onexignore"
CACHES = frozenset({"__pycache__"})
MOST_FILES = 10_000
MOST_PATH = 1024
_UNFIT = re.compile(r"[\\:\x00-\x1f\x7f\ud800-\udfff]|(?:^|/)~")
NAME_WORDS = "names are UTF-8 without control characters, '\\' and ':', and do not begin with '~'"
MOST_BYTES = 64 * 1024 * 1024
"""How large a single locked file may be."""

EXECUTABLE = "+x"
"""What stands behind the digest of an executable file."""

BEHAVIOUR_KEYS = ("entrypoint", "effects", "limits", "state_contract")


@dataclass(frozen=True)
class Snapshot:
    """A node's files as they are.

    Attributes:
        node: the node.
        files: for each file its digest, as `files` of node.onex has it, shared ones too.
        contents: the bytes that were digested; empty unless they were asked for.
        hash: digest over the document with these files in it.
        faults: why shared files could not be taken, by their paths.
    """

    node: Node
    files: dict[str, str]
    contents: dict[str, bytes]
    hash: str
    faults: dict[str, DocumentError] = field(default_factory=dict)

    @property
    def own(self) -> dict[str, str]:
        """The digests of the files in the node's own folder."""
        if "shared" not in self.node.value:
            return self.files
        return {path: name for path, name in self.files.items() if not path.startswith(SHARED)}

    @cached_property
    def behaviour(self) -> str:
        """Digest over what makes two nodes do the same: all but names, prose and trust."""
        value = cast("dict[str, JSON]", self.node.value)
        body: dict[str, JSON] = {key: value.get(key) for key in BEHAVIOUR_KEYS}
        body["files"] = cast("JSON", self.files)
        return digest(body)


def take(node: Node, *, keep: bool = False) -> Snapshot:
    """The node as it is now; with ``keep`` the bytes of its files too.

    Raises:
        DocumentError: a file of the node cannot be read, is not a plain file, or is too large.
    """
    files: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    faults: dict[str, DocumentError] = {}
    for path in list_files(node) + [f"{SHARED}{path}" for path in node.value.get("shared", ())]:
        try:
            data, mode = read_file(place_of(node, path))
        except DocumentError as error:
            if not path.startswith(SHARED):
                raise
            faults[path.removeprefix(SHARED)] = error
            continue
        files[path] = _record(
            hashlib.sha256(data).hexdigest(), mode, node.value.get("files", {}).get(path)
        )
        if keep:
            contents[path] = data
    return with_files(node, files, contents, faults)


def with_files(
    node: Node,
    files: dict[str, str],
    contents: dict[str, bytes],
    faults: dict[str, DocumentError] | None = None,
) -> Snapshot:
    """The node with the files that were read of it; see ``Snapshot``."""
    value = cast("dict[str, JSON]", node.value)
    return Snapshot(
        node=node,
        files=files,
        contents=contents,
        hash=document_digest({**value, "files": cast("JSON", files)}),
        faults=faults or {},
    )


def place_of(node: Node, path: str) -> str:
    """Where the file is that `files` of ``node`` calls ``path``.

    Raises:
        DocumentError: it is a shared one, and a link leads there.
    """
    if not path.startswith(SHARED):
        return os.path.join(node.folder, path)
    from onex.core import shared  # noqa: PLC0415 - few nodes share files

    return shared.place(node.folder, path.removeprefix(SHARED))


def _record(found: str, mode: int, before: str | None) -> str:
    """What `files` says of a file; where files have no modes, it stays as executable as it was."""
    executable = f"{found}{EXECUTABLE}"
    if HAS_MODES:
        return executable if mode & stat.S_IXUSR else found
    return executable if before and before.endswith(EXECUTABLE) else found


def document_digest(value: Mapping[str, JSON]) -> str:
    """Digest over a node document without `hash` and `trust.snapshot`."""
    body = {key: item for key, item in value.items() if key != "hash"}
    trust = body.get("trust")
    if isinstance(trust, dict):
        body["trust"] = {key: item for key, item in trust.items() if key != "snapshot"}
    return digest(body)


def list_files(node: Node) -> list[str]:
    """The files that a lock of ``node`` covers, sorted, relative to its folder, `/` between parts.

    Raises:
        DocumentError: something in the folder is neither a file nor a folder, or there are more
            than ``MOST_FILES`` files.
    """
    own = os.path.basename(node.document.path)
    paths: list[str] = []
    folders = [""]
    while folders:
        prefix = folders.pop()
        with os.scandir(os.path.join(node.folder, prefix)) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in CACHES:
                        folders.append(f"{path}/")
                elif path != own and _is_lockable(entry):
                    paths.append(path)
        if len(paths) > MOST_FILES:
            help_text = (
                f"name what is not part of the node in `{IGNORE_FILE}`, or move it elsewhere"
            )
            raise DocumentError(node.folder, f"holds more than {MOST_FILES} files", help=help_text)
    paths.sort()
    paths = _without_ignored(node, paths)
    _refuse_names(node, paths)
    return paths


def _is_lockable(entry: os.DirEntry[str]) -> bool:
    """Whether the entry is a file that belongs into the lock."""
    if entry.name.startswith(DEBRIS):
        return False
    if not entry.is_file(follow_symlinks=False):
        kind = "a symbolic link" if entry.is_symlink() else "not a plain file"
        raise DocumentError(
            printable(entry.path),
            f"is {kind}; a node holds plain files only",
            help="put a plain file in its place, or move it out of the node's folder",
        )
    return True


def is_fit(path: str) -> bool:
    """Whether ``path`` could stand in `files`."""
    return not _UNFIT.search(path) and len(path) <= MOST_PATH


def _refuse_names(node: Node, paths: list[str]) -> None:
    """Refuse a path that could not stand in `files`, whose names are plain text on every system."""
    for path in paths:
        if not is_fit(path):
            raise DocumentError(
                printable(os.path.join(node.folder, path)),
                f"has a name that no lock can hold: {NAME_WORDS}",
                help="rename the file, or name it in `.onexignore`",
            )


def _without_ignored(node: Node, paths: list[str]) -> list[str]:
    """``paths`` without what `.onexignore` names; entry target and contract always stay."""
    if IGNORE_FILE not in paths:
        return paths
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow to import, and few nodes ignore files

    data = document.read_bytes(os.path.join(node.folder, IGNORE_FILE))
    try:
        ignored = GitIgnoreSpec.from_lines(data.decode().splitlines())
    except ValueError as error:
        raise DocumentError(
            os.path.join(node.folder, IGNORE_FILE), f"not a list of patterns: {error}"
        ) from error
    needed = {target_file(node), node.value["state_contract"]}
    return [path for path in paths if path in needed or not ignored.match_file(path)]


def target_file(node: Node) -> str | None:
    """The file of the node that its entrypoint names, if it names one.

    A Python target is `file:function`. The target of a command is a file of the node when there is
    one of that name, else a program on the search path.
    """
    entry = node.value["entrypoint"]
    target = entry.get("target")
    if target is None:
        return None
    if entry["type"] == "python":
        return target.partition(":")[0]
    name = target.removeprefix("./")
    return name if os.path.lexists(os.path.join(node.folder, name)) else None


def read_file(path: str) -> tuple[bytes, int]:
    """The bytes and the mode of a file of a node.

    Raises:
        DocumentError: it cannot be read, is not a plain file, or has more than ``MOST_BYTES``.
    """
    data = document.read_bytes(path, MOST_BYTES, follow=False)
    return data, os.stat(path, follow_symlinks=False).st_mode
