"""What an executor is: it runs one node with one state, and says how that went.

The runtime checks lock, contract and limits around it; an executor never judges a state. Those of
onex are in `python`, `cli` and `noop`, others come through the entry-point group `onex.executors`
(see `registry`): an entry point is a class, or anything else that gives an `Executor` when called.
"""

from dataclasses import dataclass
from typing import Protocol

from onex.core.document import JSON
from onex.core.node import Node
from onex.core.snapshot import Snapshot
from onex.runtime import codes
from onex.runtime.host import Host
from onex.runtime.scratch import Work
from onex_types.common import Error, Process
from onex_types.node_result import NodeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One execution that is to be done.

    Attributes:
        node: the node.
        snapshot: its files as they were checked, with their bytes.
        state: the input state, which keeps the contract; defaults are filled in.
        work: the work folder of this execution.
        host: folders and processes.
    """

    node: Node
    snapshot: Snapshot
    state: dict[str, JSON]
    work: Work
    host: Host

    def staged(self) -> str:
        """A read-only folder with the node's files, byte for byte as they were checked."""
        return self.host.scratch.stage(self.snapshot.own, self.snapshot.contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """An execution that was done: a well-formed result, or an error.

    Attributes:
        result: what the node handed back; it keeps the schema `node_result`.
        problem: why there is no result; one of `codes`, or a code of the node's own.
        process: the record of the process; None where there was none.
    """

    result: NodeResult | None = None
    problem: Error | None = None
    process: Process | None = None


class Executor(Protocol):
    """Runs nodes of one entrypoint type; one executor may be called from several threads."""

    def execute(self, job: Job) -> Completed:
        """Run the node and wait for its end.

        Every fault of the node is a ``Completed`` with a problem, never an exception. The node
        ends within its time limit, with all that it started, and writes into its work folder.
        """
        ...


class FaultError(Exception):
    """A fault of a node on the way to its result; executors turn it into a ``Completed``."""

    def __init__(self, *, code: str, message: str, details: dict[str, JSON] | None = None) -> None:
        super().__init__(message)
        self.problem = codes.error(code, message, details)
