"""Puts what a node made into the tree: a whole node or none (ONEX-MVP-01, FAULTS W3).

The new node is built aside, in the lowest folder that exists on the way to its place, as a small
tree of its own. There it is locked and judged like any other; then one rename puts it in its place,
and the `.tree` files name it, the root's last. A node that no `.tree` names cannot be run, so a
crash at any point leaves nothing that could be taken for a node that was finished.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

from onex.core import index, lock, node, snapshot, tree
from onex.core.document import JSON
from onex.core.files import DEBRIS, tree_lock, write_all, write_atomic
from onex.core.node import FILE_NAMES, Node
from onex.core.opening import open_file, set_mode, sync_folder
from onex.core.schema import problems
from onex.core.workspace import Workspace
from onex.errors import OnexError, RefusedError
from onex.scaffold import template as templates
from onex.scaffold.intake import ANSWERS_FILE, MadeFile, take
from onex.scaffold.target import Target, find_target
from onex.validate.engine import validate
from onex_contract import registry
from onex_types.scaffold_answers import ScaffoldAnswers


class NodePublisher:
    """Publishes the nodes that nodes with `effects.writes: nodes` make.

    Args:
        workspace: the workspace that the new nodes come into.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._root = workspace.root

    def publish(self, node: Node, input_state: JSON, output_state: JSON, work: str) -> None:
        """Put the node that ``node`` made into the tree.

        Args:
            node: the node that made it.
            input_state: what it was asked for; `node_id` is the id of the new node.
            output_state: what it gave; `files` names what it made.
            work: its work folder, where the files lie.

        Raises:
            OnexError: what it made is not a node that may come into the tree, or it cannot be
                written. The tree is as it was before.
        """
        node_id = asked_id(node, input_state)
        try:
            made = take(output_state, work)
            made += origin(node, input_state, output_state, made)
            with tree_lock(self._root):
                _publish(find_target(self._root, node_id), made)
        except OSError as error:
            message = f"{node_id}: cannot be written: {error.strerror}"
            raise OnexError(message) from error


def asked_id(maker: Node, state: JSON) -> str:
    """The id that ``maker`` was asked to make a node of."""
    node_id = state.get("node_id") if isinstance(state, dict) else None
    if not isinstance(node_id, str):
        message = f"{maker.id}: the input state has no `node_id`: where does the new node belong?"
        hint = "let the input contract of a node with `effects.writes: nodes` require `node_id`"
        raise RefusedError(message, help=hint)
    return node_id


def origin(maker: Node, asked: JSON, given: JSON, made: list[MadeFile]) -> list[MadeFile]:
    """The file that says where the new node came from; none when it came from no template."""
    asked, given = cast("dict[str, JSON]", asked), cast("dict[str, JSON]", given)
    name, digest = asked.get("template"), given.get("template_sha256")
    if not isinstance(name, str) or not isinstance(digest, str):
        return []
    answers = cast("dict[str, JSON]", asked.get("answers", {}))
    if templates.names(maker):
        answers = templates.complete(maker, name, answers)
    answered: ScaffoldAnswers = {
        "scaffold": maker.id,
        "scaffold_version": maker.value["version"],
        "scaffold_hash": snapshot.take(maker).hash,
        "template": name,
        "template_sha256": digest,
        "answers": answers,
        "files": {file.path: file.digest for file in made},
    }
    validator = registry.validator("scaffold_answers")
    if not validator.is_valid(answered):
        problem = problems(validator, registry.schema("scaffold_answers"), cast("JSON", answered))[
            0
        ]
        message = f"{ANSWERS_FILE}: {problem.message}"
        raise RefusedError(message, help=problem.hint)
    text = json.dumps(answered, ensure_ascii=False, indent=2, sort_keys=True)
    return [MadeFile(ANSWERS_FILE, f"{text}\n".encode(), executable=False)]


def _publish(target: Target, made: list[MadeFile]) -> None:
    """Build the node aside, judge it, and put it in its place; the lock on the tree is held."""
    sweep(target.containers())
    aside = os.path.join(target.anchor, f"{DEBRIS}{secrets.token_hex(8)}")
    os.mkdir(aside)
    try:
        with told_of(target.root, aside):
            document = _build(target, aside, made)
            _judge(target, aside)
        _enter(target, aside, document)
    finally:
        # What cannot be removed now is swept by the next scaffold; the error at hand matters more.
        shutil.rmtree(aside, ignore_errors=True)


def _build(target: Target, aside: str, made: list[MadeFile]) -> str:
    """Write the node and the folders on the way to it below ``aside``; its document's name."""
    folder = os.path.join(aside, *target.segments)
    document = build(folder, ".".join(target.segments), made)
    sync(aside)
    tree.add(aside, target.segments, document)
    return document


def build(folder: str, node_id: str, made: list[MadeFile]) -> str:
    """Write and lock the node ``node_id``, made of ``made``, in ``folder``; its document's name.

    Raises:
        RefusedError: what was made is another node, or one that its lock would not cover.
        OnexError: it cannot be written, or is no node.
    """
    for file in made:
        _write(os.path.join(folder, *file.path.split("/")), file)
    sync(folder)
    found = node.load(folder)
    if found.id != node_id:
        message = f"{node_id} was asked for, but {found.id} was made"
        raise RefusedError(message)
    lock.write(found)
    _require_locked(node.load(folder), made)
    return os.path.basename(found.document.path)


def _write(path: str, file: MadeFile) -> None:
    """Write one file of the new node and bring it to the disk."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    mode = 0o755 if file.executable else 0o644
    descriptor = open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        set_mode(descriptor, mode)
        write_all(descriptor, file.data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync(aside: str) -> None:
    """Bring the names of everything below ``aside`` to the disk."""
    for folder, _, _ in os.walk(aside):
        sync_folder(folder)


def _require_locked(found: Node, made: list[MadeFile]) -> None:
    """Refuse a file that rides along without being locked."""
    locked = found.value.get("files", {})
    for file in made:
        if file.path not in locked and file.path not in FILE_NAMES:
            message = (
                f"{file.path}: the new node's {snapshot.IGNORE_FILE} leaves it out of the lock"
            )
            raise RefusedError(message, help="make only files that the lock covers")


def _judge(target: Target, aside: str) -> None:
    """Refuse a node that the rules find errors in; warnings are for its author to mend."""
    findings = validate(Workspace(aside)).findings
    errors = [finding for finding in findings if finding["severity"] == "error"]
    if errors:
        first = errors[0]
        more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
        place = f"{first['path']}:{first['line']}:{first['column']}"
        words = f"{place}: {first['code']} {first['message']}{more}"
        message = f"{'.'.join(target.segments)} would not be valid: {words}"
        raise RefusedError(message, help=first["help"])


def _enter(target: Target, aside: str, document: str) -> None:
    """Put the node in its place and into the `.tree` files; when that fails, undo it all."""
    indexes = [os.path.join(folder, index.FILE_NAME) for folder in target.containers()]
    before = {path: _bytes(path) for path in indexes}
    os.rename(os.path.join(aside, *target.segments[: target.depth + 1]), target.entry)
    try:
        sync_folder(target.anchor)
        tree.add(target.root, target.segments, document)
    except BaseException:
        for path, data in before.items():
            _restore(path, data)
        os.rename(target.entry, os.path.join(aside, "undone"))
        raise


def _bytes(path: str) -> bytes | None:
    """The bytes of a `.tree`; None when there is none."""
    try:
        # Not `lexists`, which takes a folder that cannot be looked into for one without the file.
        os.lstat(path)
    except FileNotFoundError:
        return None
    return index.read_entries(path)[0].data


def _restore(path: str, data: bytes | None) -> None:
    """Let ``path`` hold again what it held before."""
    if data is None:
        with suppress(FileNotFoundError):
            os.unlink(path)
    elif _bytes(path) != data:
        write_atomic(path, data)


def sweep(folders: list[str]) -> None:
    """Remove what a crash left behind in ``folders``."""
    for folder in folders:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name.startswith(DEBRIS)]
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


@contextmanager
def told_of(root: str, aside: str) -> Iterator[None]:
    """Let an error name the place where the node belongs, not the one where it was built."""
    try:
        yield
    except OnexError as error:
        if aside not in error.message:
            raise
        place = os.path.join(aside, "")
        words = [
            text and text.replace(place, os.path.join(root, ""))
            for text in (error.message, error.help)
        ]
        raise RefusedError(words[0] or "", help=words[1]) from error
