"""Nodes executed one after the other in one run, each with its evidence.

All of it is planned before any of it is executed. A node that cannot or must not be executed does
not keep the others from it; its unit ends in an error, and so does the run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onex.core.document import JSON
from onex.core.node import Node
from onex.core.text import printable
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.pipeline import gate
from onex.pipeline.opening import Terms, open_run, policy_of, terms_of
from onex.results import facts, run_facts
from onex.results.clock import Clock, system_clock
from onex.results.gathered import RUN
from onex.runs.folder import RunFolder
from onex.runs.run_id import pipeline_id_of
from onex.runtime.runtime import ONEXRuntime, Publisher
from onex_types.common import Error, RunPolicy
from onex_types.execution_result import ExecutionResult
from onex_types.fact import PlanItem
from onex_types.run import Run

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
class Prepared:
    """A unit that is ready to be executed, or the reason why it is not."""

    item: PlanItem
    node: Node | None = None
    state: JSON = None
    case: str | None = None
    refusal: OnexError | None = None


@dataclass(slots=True)
class RunReport:
    """What a run came to.

    Attributes:
        folder: the run folder.
        run: the record of the run.
        results: one for each unit that was executed, in the order of the plan; without secrets.
        refusals: for each unit that was not, why.
        output: the output state of the last unit that was executed, just as the node gave it.
    """

    folder: str
    run: Run
    results: list[ExecutionResult] = field(default_factory=list)
    refusals: list[OnexError] = field(default_factory=list)
    output: JSON = None


def run(
    workspace: Workspace,
    units: Sequence[Unit],
    *,
    publisher: Publisher | None = None,
    unlocked: bool = False,
    terms: Terms | None = None,
) -> RunReport:
    """Execute ``units`` in order, as one run of the workspace.

    Args:
        workspace: where it takes place; the run folder is made below its root.
        units: what to execute.
        publisher: publishes what nodes make; without one it is recorded only.
        unlocked: whether to run nodes that are not what their lock says.
        terms: what the run is held to and measured against; the settings alone without them.

    Raises:
        OnexError: the evidence could not be written.
    """
    clock = system_clock()
    terms = terms or terms_of(workspace, policy_of(workspace))
    plan = [prepare(unit) for unit in units]
    pipeline_id = pipeline_id_of(units[0].name) if len(units) == 1 else SEVERAL
    nodes = [unit.node for unit in plan if unit.node]
    with open_run(workspace, pipeline_id, clock, nodes, terms.policy, publisher=publisher) as (
        folder,
        runtime,
    ):
        announce(folder, plan, terms)
        results: list[ExecutionResult] = []
        output: JSON = None
        for number, unit in enumerate(plan):
            if unit.node is not None and unit.refusal is None:
                unit.refusal, result = _execute(runtime, unit, unit.node, number, unlocked=unlocked)
                if result is not None:
                    results.append(folder.masked(result))
                    output = result["output_state"]
            if unit.refusal is not None:
                refuse(folder, clock, number, unit.refusal)
        finished = conclude(folder, clock, terms.policy)
    refusals = [unit.refusal for unit in plan if unit.refusal]
    return RunReport(folder.path, finished, results, refusals, output)


def prepare(unit: Unit) -> Prepared:
    """Read the node of ``unit`` and the state that it is to be given."""
    try:
        node = unit.load()
    except OnexError as error:
        return Prepared(run_facts.plan_item(unit.name, RUN, "node"), refusal=error)
    try:
        case = unit.case(node)
        item = run_facts.plan_item(node.id, RUN if case is None else case, "node")
        return Prepared(item, node, unit.state(node), case)
    except OnexError as error:
        return Prepared(run_facts.plan_item(node.id, RUN, "node"), node, refusal=error)


def announce(folder: RunFolder, plan: Sequence[Prepared], terms: Terms) -> None:
    """Record what is to be executed, what builds on what, and what it is measured against.

    Raises:
        OnexError: it could not be written.
    """
    places = {unit.item["item_id"]: number for number, unit in enumerate(plan)}
    for number, unit in enumerate(plan):
        wanted = unit.node.value.get("dependencies", []) if unit.node else []
        found = {places[item["node"]] for item in wanted if item["node"] in places}
        unit.item["needs"] = sorted(found - {number})
    folder.plan(
        [*(unit.item for unit in plan), *gate.planned(terms.policy)],
        active=terms.active,
        inventory_sha256=terms.inventory,
        tree_digest=terms.tree_digest,
    )


def refuse(folder: RunFolder, clock: Clock, number: int, refusal: OnexError) -> None:
    """Record that a unit of the plan was refused, unless it is on record how it ended.

    Raises:
        OnexError: it could not be written.
    """
    if not folder.is_open(number):
        return
    error: Error = {
        "code": "refused",
        "message": printable(folder.below(refusal.message)),
        "details": {},
        "hint": printable(refusal.help) if refusal.help else None,
    }
    folder.append(facts.unit_refused(clock.wall_us(), number, status="error", error=error))


def conclude(folder: RunFolder, clock: Clock, policy: RunPolicy) -> Run:
    """Judge the gates and finish the run.

    Raises:
        OnexError: it could not be written.
    """
    if gate.planned(policy):
        number = folder.units - 1
        folder.append(gate.coverage_gate(clock.wall_us(), number, policy, folder.coverage))
    return folder.finish()


def _execute(
    runtime: ONEXRuntime, unit: Prepared, node: Node, number: int, *, unlocked: bool
) -> tuple[OnexError | None, ExecutionResult | None]:
    """Execute one unit: why it was refused, or what it came to."""
    try:
        result = runtime.execute(node, unit.state, unit=number, case=unit.case, unlocked=unlocked)
    except OnexError as error:
        return error, None
    return None, result
