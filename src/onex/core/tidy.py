"""What the files of a node and of a tree would be in house form, before anything is written.

A node's document is locked by its values, so its form is free. Its contract is locked by its bytes:
where the lock was true, the plan brings a lock that fits the new ones; where it was stale, it stays
stale, since formatting must not vouch for what nobody looked at.
"""

import hashlib
import os
from dataclasses import dataclass, field, replace

from onex.core import document, lock, node, snapshot
from onex.core.files import rewrite
from onex.core.house import house_form
from onex.core.node import Node
from onex.core.tree import NodeRef
from onex.errors import DocumentError
from onex_types.onex_node import OnexNode
from onex_types.state_contract import StateContract
from onex_types.tree import Tree

NODE_KEYS = tuple(OnexNode.__annotations__)
CONTRACT_KEYS = tuple(StateContract.__annotations__)
TREE_KEYS = tuple(Tree.__annotations__)
"""The keys of the top level of each document, in the order of its schema."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is, and as it is to be."""

    path: str
    before: bytes
    after: bytes

    @property
    def changes(self) -> bool:
        """Whether there is something to write."""
        return self.before != self.after

    def write(self) -> None:
        """Put the new bytes in place of the old.

        Raises:
            OnexError: the file could not be written.
        """
        if self.changes:
            rewrite(self.path, self.after)


@dataclass(slots=True)
class Plan:
    """What is to become of some files that belong together.

    Attributes:
        files: those that could be read, in the order in which they are to be written.
        faults: why others are left alone.
        locks: whether the node is locked again.
    """

    files: list[File] = field(default_factory=list)
    faults: list[DocumentError] = field(default_factory=list)
    locks: bool = False


def plan_tree(path: str) -> Plan:
    """The `.tree` at ``path`` in house form, which is the form that `onex tree --write` gives it."""
    plan = Plan()
    _add(plan, path, TREE_KEYS, indents_lists=False)
    return plan


def plan_node(ref: NodeRef) -> Plan:
    """The document of a node, and the contract if it has a file of its own, in house form.

    The contract of a node whose document does not keep the schema is left alone unseen.
    """
    plan = Plan()
    own = _add(plan, os.path.join(ref.folder, ref.file), NODE_KEYS)
    if own is None:
        return plan
    try:
        subject = node.load(ref.folder)
    except DocumentError:
        return plan
    name = subject.value["state_contract"]
    if isinstance(name, str):
        contract = _add(plan, os.path.join(ref.folder, name), CONTRACT_KEYS)
        if contract is not None and contract.changes:
            _lock_again(plan, subject, own, contract)
    return plan


def _add(
    plan: Plan, path: str, keys: tuple[str, ...], *, indents_lists: bool = True
) -> File | None:
    """Take the file at ``path`` into ``plan``; None if it is left alone."""
    try:
        before = document.read_bytes(path, follow=False)
        after = house_form(before, path, keys, indents_lists=indents_lists)
    except DocumentError as error:
        plan.faults.append(error)
        return None
    plan.files.append(File(path, before, after))
    return plan.files[-1]


def _lock_again(plan: Plan, subject: Node, own: File, contract: File) -> None:
    """Bring the lock of a node up to its new contract, if it is true now."""
    try:
        found = snapshot.take(subject)
    except DocumentError as error:  # a link on the way to the contract, for one
        plan.faults.append(error)
        plan.files.remove(contract)
        return
    plan.files = [contract, own]
    if lock.compare(subject, found):
        return
    name = os.path.relpath(contract.path, subject.folder).replace(os.sep, "/")
    mark = found.files[name].removeprefix(hashlib.sha256(contract.before).hexdigest())
    files = {**found.files, name: f"{hashlib.sha256(contract.after).hexdigest()}{mark}"}
    formatted = replace(subject, document=document.parse(own.after, own.path))
    plan.files[-1] = replace(own, after=lock.bytes_with(formatted, {}, files))
    plan.locks = True
