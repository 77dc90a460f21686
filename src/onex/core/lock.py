"""The lock of a node: a digest for each of its files, and one over its document.

``compare`` says where a node, taken as it is (``onex.core.snapshot``), differs from what was locked;
``write`` locks it.
"""

import hashlib
import os
from dataclasses import dataclass
from typing import cast

from onex.core.canonical import escape
from onex.core.document import JSON
from onex.core.files import rewrite, sweep_debris
from onex.core.node import Node
from onex.core.snapshot import SHARED, Snapshot, document_digest, place_of, read_file, take
from onex.core.text import printable
from onex.errors import ConflictError, DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class LockProblem:
    """One way in which a node is not what its lock says.

    Attributes:
        kind: `missing` (never locked), `changed` (a file or the document), `extra` (a file that
            is not locked), `gone` (a locked file that is not there).
        pointer: the place in node.onex.
        file: the file, relative to the node's folder; None for the document itself.
        message: what was locked and what was found.
    """

    kind: str
    pointer: str
    file: str | None
    message: str


def compare(node: Node, found: Snapshot) -> list[LockProblem]:
    """Where ``found`` differs from what node.onex has locked; empty when nothing does."""
    recorded = node.value.get("files")
    locked = node.value.get("hash")
    if recorded is None or locked is None:
        absent = " and ".join(
            f"'{key}'"
            for key in ("files", "hash")
            if key not in cast("dict[str, JSON]", node.value)
        )
        verb = "are" if " and " in absent else "is"
        message = f"the node was never locked: {absent} {verb} missing"
        return [LockProblem(kind="missing", pointer="", file=None, message=message)]
    problems = [
        problem
        for path in sorted({*recorded, *found.files})
        if (problem := _compare_file(node, path, recorded.get(path), found.files.get(path)))
    ]
    # With the same files, what was digested is the document as it stands.
    actual = document_digest(cast("dict[str, JSON]", node.value)) if problems else found.hash
    if actual != locked:
        message = f"{os.path.basename(node.document.path)} has changed since it was locked ({_both(actual, locked)})"
        problems.append(LockProblem(kind="changed", pointer="/hash", file=None, message=message))
    return problems


def write(node: Node, *, allow_marks: bool = False) -> bool:
    """Lock ``node`` as it is; whether anything had to be written.

    Args:
        node: the node.
        allow_marks: whether a file may hold the marks of a merge conflict.

    Raises:
        ConflictError: a file that is about to be locked holds a merge conflict.
        OnexError: a file cannot be read, or node.onex cannot be written.
    """
    sweep_debris(node.folder)
    data = locked_bytes(node, {}, allow_marks=allow_marks)
    if data == node.document.data and not node.settled:
        return False
    replace(node, data)
    return True


def locked_bytes(node: Node, changes: dict[str, JSON], *, allow_marks: bool = False) -> bytes:
    """The bytes of node.onex with ``changes`` made and with a lock that fits them.

    Raises:
        ConflictError: a file that is about to be locked holds a merge conflict; not with
            ``allow_marks``.
        DocumentError: a file of the node cannot be read, or node.onex cannot be edited.
    """
    found = take(node)
    for path, error in found.faults.items():
        raise _not_shared(node, path, error)
    if not allow_marks:
        _refuse_marks(node, found)
    return bytes_with(node, changes, found.files)


def bytes_with(node: Node, changes: dict[str, JSON], digests: dict[str, str]) -> bytes:
    """The bytes of node.onex with ``changes`` made and with a lock of files that have ``digests``.

    Raises:
        DocumentError: node.onex cannot be edited.
    """
    value = {**cast("dict[str, JSON]", node.value), **changes}
    files = cast("JSON", digests)
    locked = document_digest({**value, "files": files})
    wanted = {**changes, "files": files, "hash": locked}
    members = {key: item for key, item in wanted.items() if node.value.get(key) != item}
    if not members:
        return node.document.data
    from onex.core import edit  # noqa: PLC0415 - wanted for writing alone; validating is most of the work

    return edit.set_members(node.document.data, members, node.document.path)


def replace(node: Node, data: bytes) -> None:
    """Put ``data`` in place of what node.onex holds; its mode stays.

    Raises:
        OnexError: the file could not be written.
    """
    rewrite(node.document.path, data)


def _not_shared(node: Node, path: str, error: DocumentError) -> DocumentError:
    """Why a shared file cannot be locked, where the node names it."""
    pointer = f"/shared/{node.value.get('shared', []).index(path)}"
    line, column = node.document.locate(pointer)
    return DocumentError(
        node.document.path,
        f"the shared file {printable(path)}: {error.problem}",
        line=line,
        column=column,
        pointer=pointer,
        help=error.help or "put a plain file that may be read there, or take it out of `shared`",
    )


def _refuse_marks(node: Node, found: Snapshot) -> None:
    """Refuse a file that holds a merge conflict; what is locked as it is was meant to be so."""
    recorded = node.value.get("files", {})
    for path, digest in found.files.items():
        if recorded.get(path) == digest:
            continue
        place = place_of(node, path)
        line = _marked_line(read_file(place)[0])
        if line is not None:
            raise ConflictError(
                printable(place),
                "an unresolved merge conflict starts here, and would be locked",
                line=line,
                help="resolve it, then lock again; `onex lock --allow-marks` locks it as it is",
            )


def _marked_line(data: bytes) -> int | None:
    """The line on which a merge conflict starts in a file, or None."""
    if b"<<<<<<< " not in data:
        return None
    from onex.core import conflict  # noqa: PLC0415 - wanted behind a failed merge alone

    return conflict.marked_line(data)


def _compare_file(
    node: Node, path: str, recorded: str | None, found: str | None
) -> LockProblem | None:
    pointer = f"/files/{escape(path)}"
    if recorded == found:
        return None
    if path.startswith(SHARED):
        kind, message = _compare_shared(node, path, recorded, found)
        return LockProblem(kind=kind, pointer=pointer, file=path, message=message)
    if found is None:
        message = f"{printable(path)} is locked, but is not there"
        return LockProblem(kind="gone", pointer=pointer, file=path, message=message)
    if recorded is None:
        message = f"{printable(path)} is not locked"
        return LockProblem(kind="extra", pointer="/files", file=path, message=message)
    message = (
        f"{printable(path)} has changed since it was locked{_explain(node, path, recorded, found)}"
    )
    return LockProblem(kind="changed", pointer=pointer, file=path, message=message)


def _compare_shared(
    node: Node, path: str, recorded: str | None, found: str | None
) -> tuple[str, str]:
    """How a shared file is not what is locked of it: a kind and words."""
    name = printable(path.removeprefix(SHARED))
    if recorded is None:
        return "changed", f"the shared file {name} is not locked"
    if found is not None:
        why = _explain(node, path, recorded, found)
        return "changed", f"the shared file {name} has changed since it was locked{why}"
    if path.removeprefix(SHARED) in node.value.get("shared", ()):
        return "gone", f"the shared file {name} is locked, but cannot be read"
    return "gone", f"{name} is locked, but `shared` does not name it any more"


def _explain(node: Node, path: str, recorded: str, found: str) -> str:
    """What kind of change it was, where that can be told; explained, never accepted (AMB-08)."""
    if recorded.removesuffix("+x") == found.removesuffix("+x"):
        return f": it is {'now' if found.endswith('+x') else 'no longer'} executable"
    data, _ = read_file(place_of(node, path))
    unix = data.replace(b"\r\n", b"\n")
    bom = b"\xef\xbb\xbf"
    variants = {
        ": only its line ends differ (CRLF became LF)": unix.replace(b"\n", b"\r\n"),
        ": only its line ends differ (LF became CRLF)": unix,
        ": only a byte order mark was added": data.removeprefix(bom),
        ": only a byte order mark was taken away": bom + data,
    }
    wanted = recorded.removesuffix("+x")
    line = _marked_line(data)
    if line is not None:
        return f": an unresolved merge conflict starts on its line {line}"
    for words, variant in variants.items():
        if variant != data and hashlib.sha256(variant).hexdigest() == wanted:
            return f"{words}; a `.gitattributes` with `* -text` keeps git from doing that"
    return f" ({_both(found, recorded)})"


def _both(found: str, recorded: str) -> str:
    """Two digests that differ, cut to what a person compares."""
    return f"now {found[:12]}…, locked {recorded[:12]}…"
