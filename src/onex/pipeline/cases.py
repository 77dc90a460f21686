"""The cases of nodes, executed as one run: each is a unit, with what it expects as a fact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onex.core.node import Node
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.pipeline.opening import Terms, open_run
from onex.pipeline.run import Prepared, announce, conclude, refuse
from onex.proof.cases import CaseVerdict, run_case
from onex.results import facts, run_facts
from onex.results.clock import system_clock
from onex.results.gathered import RUN
from onex.runs.folder import RunFolder
from onex_types.fact import UnitExpected
from onex_types.run import Run
from onex_types.state_contract import Case

PIPELINE = "test"


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What the cases came to.

    Attributes:
        folder: the run folder.
        run: the record of the run.
        verdicts: one for each case that was executed.
        refusals: why others were not.
    """

    folder: str
    run: Run
    verdicts: list[CaseVerdict]
    refusals: list[OnexError]


def run_cases(workspace: Workspace, nodes: Sequence[Node], terms: Terms) -> CaseReport:
    """Execute every case of ``nodes``; what a case makes is compared, and never published.

    Raises:
        OnexError: the evidence could not be written.
    """
    clock = system_clock()
    plan = [unit for node in nodes for unit in _prepare(node)]
    verdicts: list[CaseVerdict] = []
    with open_run(workspace, PIPELINE, clock, nodes, terms.policy) as (folder, runtime):
        announce(folder, [unit for unit, _ in plan], terms)
        for number, (unit, case) in enumerate(plan):
            if unit.node is not None and case is not None:
                try:
                    verdict = run_case(runtime, unit.node, case, unit=number)
                except OnexError as error:
                    unit.refusal = error
                else:
                    verdicts.append(_shown(verdict, folder))
                    folder.append(_expected(clock.wall_us(), number, case, verdict))
            if unit.refusal is not None:
                refuse(folder, clock, number, unit.refusal)
        finished = conclude(folder, clock, terms.policy)
    return CaseReport(folder.path, finished, verdicts, [u.refusal for u, _ in plan if u.refusal])


def _shown(verdict: CaseVerdict, folder: RunFolder) -> CaseVerdict:
    """The verdict without the secrets of the run."""
    message, result = folder.masked(verdict.message), folder.masked(verdict.result)
    return replace(verdict, message=message, result=result)


def _expected(at_us: int, unit: int, case: Case, verdict: CaseVerdict) -> UnitExpected:
    """What came, held to what the case expects."""
    return facts.unit_expected(
        at_us,
        unit,
        predicate="error" if "error" in case else "output",
        passed=verdict.passed,
        msg=verdict.message or "it came as expected",
    )


def _prepare(node: Node) -> list[tuple[Prepared, Case | None]]:
    """A unit for each case of a node; none would mean that nothing is tested."""
    try:
        cases = node.contract.cases
    except OnexError as error:
        return [(Prepared(run_facts.plan_item(node.id, RUN, "node"), node, refusal=error), None)]
    if not cases:
        refusal = OnexError(
            f"{node.id}: the contract has no cases, so nothing was tested",
            help="add a case to the contract, then run `onex lock`",
        )
        return [(Prepared(run_facts.plan_item(node.id, RUN, "node"), node, refusal=refusal), None)]
    return [
        (Prepared(run_facts.plan_item(node.id, case["name"], "node", expects=True), node), case)
        for case in cases
    ]
