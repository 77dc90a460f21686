"""Nodes that were adopted before: which script each came from, and what a changed script does to it.

A node follows its script as long as nobody has taken it over: while it is a draft whose copy was not
edited. What was written into its contract stays, as with `onex infer --write`.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from typing import cast

from onex.core import document, edit, lock, node
from onex.core.document import JSON
from onex.core.files import write_atomic
from onex.core.node import Node
from onex.core.snapshot import target_file
from onex.core.workspace import Workspace
from onex.errors import DocumentError, OnexError
from onex.infer import record
from onex.infer.handover import Handover
from onex.scaffold.intake import ANSWERS_FILE
from onex.validate.code import MOST_BYTES

KEY = "x-adopted-from"
"""The member of node.onex that says which script a node came from."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A node that was adopted before.

    Attributes:
        node: the node.
        sha256: the digest of the script as it was then.
    """

    node: Node
    sha256: str


def known(workspace: Workspace) -> dict[str, Adopted]:
    """The nodes of ``workspace`` that were adopted, by the path that they record."""
    found: dict[str, Adopted] = {}
    for ref in workspace.refs():
        try:
            data = document.read_bytes(os.path.join(ref.folder, ref.file), follow=False)
            if KEY.encode() not in data:
                continue
            loaded = node.load(ref.folder)
        except DocumentError:
            continue  # what is wrong with other nodes is told by `onex validate`
        path, sha256 = _origin(loaded)
        if path:
            found.setdefault(path, Adopted(loaded, sha256))
    return found


def unlisted(root: str, node_id: str, origin: str) -> Adopted | None:
    """The node of that id and origin, if it is there and no `.tree` names it; else None."""
    folder = os.path.join(os.path.abspath(root), *node_id.split("."))
    if not os.path.lexists(folder):
        return None
    try:
        loaded = node.load(folder)
    except DocumentError:
        return None
    path, sha256 = _origin(loaded)
    return Adopted(loaded, sha256) if (path, loaded.id) == (origin, node_id) else None


def _origin(loaded: Node) -> tuple[str, str]:
    """The path and the digest that a node records; empty when it was not adopted."""
    match cast("dict[str, JSON]", loaded.value).get(KEY):
        case {"path": str(path), "sha256": str(sha256)}:
            return path, sha256
    return "", ""


def outcome(adopted: Adopted, data: bytes) -> tuple[str, str | None]:
    """What is to become of a node whose script now holds ``data``, and why."""
    if hashlib.sha256(data).hexdigest() == adopted.sha256:
        return "unchanged", None
    if adopted.node.lifecycle != "draft":
        why = f"its script has changed, but the node is {adopted.node.lifecycle}: take the change over by hand"
        return "kept", why
    if _copied(adopted.node) is None:
        return (
            "kept",
            "its script has changed, but so has the copy in the node: merge the two by hand",
        )
    return "updated", None


def update(adopted: Adopted, handover: Handover) -> None:
    """Bring the node up to date with its script: the copy, the contract, the lock.

    Raises:
        OnexError: a file of the node cannot be written, or its contract not be completed.
    """
    name = _copied(adopted.node)
    if name is None:
        raise OnexError(f"{adopted.node.id}: its copy is not what was adopted")
    folder = adopted.node.folder
    write_atomic(os.path.join(folder, name), handover.data, 0o755)
    _record_copy(folder, name, handover.data)
    own = adopted.node.document
    write_atomic(own.path, edit.set_members(own.data, {KEY: handover.answers["origin"]}, own.path))
    reading = record.infer(node.load(folder))
    files = record.wanted(reading)
    if files:
        record.write(reading, files)
    else:
        lock.write(node.load(folder))


def _answers(folder: str) -> dict[str, JSON]:
    """What `.onex-answers.json` says; nothing when it cannot be read."""
    try:
        value = document.read(os.path.join(folder, ANSWERS_FILE)).value
    except DocumentError:
        return {}
    return value if isinstance(value, dict) else {}


def _copied(adopted: Node) -> str | None:
    """The file of the node that is still the copy that was made; None when it was edited."""
    name = target_file(adopted)
    files = _answers(adopted.folder).get("files")
    recorded = files.get(name) if isinstance(files, dict) and name else None
    if name is None or not isinstance(recorded, str):
        return None
    try:
        data = document.read_bytes(os.path.join(adopted.folder, name), MOST_BYTES * 2, follow=False)
    except DocumentError:
        return None
    return name if hashlib.sha256(data).hexdigest() == recorded.removesuffix("+x") else None


def _record_copy(folder: str, name: str, data: bytes) -> None:
    """Let `.onex-answers.json` say what the copy is now."""
    answers = _answers(folder)
    files = answers.get("files")
    if isinstance(files, dict):
        files[name] = f"{hashlib.sha256(data).hexdigest()}+x"
        text = json.dumps(answers, ensure_ascii=False, indent=2, sort_keys=True)
        write_atomic(os.path.join(folder, ANSWERS_FILE), f"{text}\n".encode())
