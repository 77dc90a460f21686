"""Fixes of locks: a node is locked as it is. Whether it is as it should be, a person decides."""

import os

from onex.core import lock, node
from onex.validate.subject import Subject
from onex_types.finding import Fix


def fix(subject: Subject) -> Fix | None:
    """The fix of a lock that is missing or stale; a node that shares what is not there has none."""
    if subject.shared_faults:
        return None
    from onex.validate import mend  # noqa: PLC0415 - wanted for what is found alone

    return mend.late(subject.path, "lock the node as it is", is_safe=False)


def locked(path: str) -> bytes:
    """What the node document at ``path`` holds once the node is locked.

    Raises:
        DocumentError: the node cannot be read, or its document cannot be edited.
    """
    return lock.locked_bytes(node.load(os.path.dirname(os.path.abspath(path))), {})
