"""Nodes executed one after the other in one run, each with its evidence.

A node that cannot or must not be executed does not keep the others from it; the run says so at its
end, and its outcome is an error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onex.core.document import JSON
from onex.core.node import Node
from onex.errors import OnexError
from onex.results.clock import SystemClock
from onex.results.status import Outcome, outcome
from onex.runs.folder import RunFolder
from onex.runs.run_id import pipeline_id_of
from onex.runtime.runtime import ONEXRuntime, Publisher
from onex_types.execution_result import ExecutionResult

SEVERAL = "nodes"
"""The pipeline id of a run of several nodes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One execution of a plan; each function may raise an OnexError, which refuses the unit.

    Attributes:
        name: the id of the node.
        load: reads the node.
        state: the input state for the node.
        case: the name of the case that is executed, or None.
    """

    name: str
    load: Callable[[], Node]
    state: Callable[[Node], JSON]
    case: Callable[[Node], str | None] = lambda _: None


@dataclass(slots=True)
class RunReport:
    """What a run came to.

    Attributes:
        folder: the run folder.
        results: one for each unit that was executed, in the order of the plan.
        refusals: for each unit that was not, why.
    """

    folder: str
    results: list[ExecutionResult] = field(default_factory=list)
    refusals: list[OnexError] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What the units amount to."""
        return "error" if self.refusals else outcome(result["status"] for result in self.results)


def run(
    root: str,
    units: Sequence[Unit],
    *,
    publisher: Publisher | None = None,
    unlocked: bool = False,
) -> RunReport:
    """Execute ``units`` in order, as one run of the workspace at ``root``.

    Args:
        root: the workspace; the run folder is made below it.
        units: what to execute.
        publisher: publishes what nodes make; without one it is recorded only.
        unlocked: whether to run nodes that are not what their lock says.

    Raises:
        OnexError: the evidence could not be written.
    """
    clock = SystemClock()
    pipeline_id = pipeline_id_of(units[0].name) if len(units) == 1 else SEVERAL
    with (
        RunFolder(root, pipeline_id, clock) as folder,
        ONEXRuntime(folder.append, clock, publisher, run=folder.opening) as runtime,
    ):
        report = RunReport(folder.path)
        for unit in units:
            _execute(unit, runtime, folder, report, unlocked=unlocked)
        folder.finish(report.outcome)
    return report


def _execute(
    unit: Unit, runtime: ONEXRuntime, folder: RunFolder, report: RunReport, *, unlocked: bool
) -> None:
    """Execute one unit, and put what it came to into ``report``."""
    try:
        node = unit.load()
        result = runtime.execute(node, unit.state(node), case=unit.case(node), unlocked=unlocked)
    except OnexError as error:
        report.refusals.append(error)
        return
    folder.write_result(result)
    report.results.append(result)
