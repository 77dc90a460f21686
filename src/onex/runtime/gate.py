"""What must hold before a node may run at all: its lock, its lifecycle, its demands.

A refusal here is an exception, because it is no result of the node: nothing was executed. What is
only worth knowing is said in a step's detail, and becomes a warning of the result.
"""

import os
from collections.abc import Mapping

from onex.core import lock
from onex.core.lock import LockProblem
from onex.core.node import Node
from onex.core.snapshot import SHARED, Snapshot
from onex.errors import LockMismatchError, RefusedError
from onex_types.common import Isolation

LEVELS = ("none", "process", "limits", "landlock", "strict", "namespace", "wasm")
AVAILABLE = "process"
"""The strongest isolation that this onex gives."""

FORKED = frozenset({"python", "cli"})
"""The executors that run a node in a process of its own."""

ISOLATION: Isolation = {"requested": "process", "effective": "process", "degraded": []}


def check_lock(
    node: Node, found: Snapshot, *, unlocked: bool, host: Mapping[str, str] = os.environ
) -> tuple[bool, str | None]:
    """Whether the node is what its lock says, and what to warn about if it may run nevertheless.

    Raises:
        LockMismatchError: it is not, and neither a draft nor ``unlocked``.
        RefusedError: ``unlocked`` in continuous integration.
    """
    if unlocked and is_ci(host):
        message = f"{node.id}: a node is not run unlocked in continuous integration (CI is set)"
        raise RefusedError(
            message,
            help=f"run `onex lock {node.id}` and commit the lock",
        )
    _require_same_contract(node, found)
    problems = lock.compare(node, found)
    if not problems:
        return True, None
    if not unlocked and node.lifecycle != "draft":
        raise _mismatch(node, problems)
    return False, f"not locked: {'; '.join(problem.message for problem in problems)}"


def check_demands(node: Node, isolation: str) -> str | None:
    """What to warn about before the node runs.

    Args:
        node: the node.
        isolation: the level that the caller asks for.

    Raises:
        RefusedError: the node or the caller demands isolation or trust that cannot be given, or
            the level is none; or it needs processes, and the platform cannot fork them.
    """
    if node.value["entrypoint"]["type"] in FORKED:
        require_fork()
    if isolation not in LEVELS:
        message = f"there is no isolation level {isolation}; there are {', '.join(LEVELS)}"
        raise RefusedError(message)
    demanded = node.value.get("isolation", {"minimum": "none"})["minimum"]
    wanted = max(isolation, demanded, key=LEVELS.index)
    if LEVELS.index(wanted) > LEVELS.index(AVAILABLE):
        whose = "isolation.minimum of the node" if wanted == demanded else "the caller"
        message = f"{node.id}: {whose} demands isolation {wanted}, but this onex gives {AVAILABLE}"
        raise RefusedError(
            message,
            help="lower the demand, or run the node with an onex that can meet it",
        )
    minimum = node.value["trust"]["minimum"]
    if minimum not in {None, "unrated"}:
        message = f"{node.id}: trust.minimum demands {minimum}, but the node is unrated"
        raise RefusedError(
            message,
            help="set trust.minimum to null: this onex does not rate nodes yet",
        )
    return _deprecation(node)


def require_fork() -> None:
    """Refuse to run a process of a node where none can be forked.

    Raises:
        RefusedError: this platform has no fork.
    """
    if not hasattr(os, "fork"):
        message = "this platform cannot fork, so it cannot run nodes of the types python and cli"
        help_text = "run them on Linux or macOS; `onex validate` and `onex lock` work everywhere"
        raise RefusedError(message, help=help_text)


def is_ci(host: Mapping[str, str]) -> bool:
    """Whether this is continuous integration, by the variable that all of its services set."""
    return host.get("CI", "").lower() not in {"", "0", "false"}


def _deprecation(node: Node) -> str | None:
    if node.lifecycle != "deprecated":
        return None
    notice = node.value.get("deprecated")
    if notice is None:
        return "the node is deprecated"
    successor = notice.get("successor")
    return f"the node is deprecated: {notice['reason']}" + (
        f"; use {successor}" if successor else ""
    )


def _mismatch(node: Node, problems: list[LockProblem]) -> LockMismatchError:
    first = problems[0]
    line, column = node.document.locate(first.pointer)
    return LockMismatchError(
        node.document.path,
        "; ".join(problem.message for problem in problems),
        line=line,
        column=column,
        pointer=first.pointer,
        help=f"run `onex lock {node.id}` if the change is intended",
    )


def _require_same_contract(node: Node, found: Snapshot) -> None:
    """Refuse a contract that changed between its reading and the digest over it."""
    block, contract = node.value["state_contract"], node.contract
    read = {f"{SHARED}{path}": data for path, data in contract.sources.items()}
    if isinstance(block, str):
        read[block] = contract.document.data
    for path, data in read.items():
        if data != found.contents.get(path):
            message = f"{path.removeprefix(SHARED)} changed while the node was being read"
            raise LockMismatchError(node.document.path, message, help="run the node again")
