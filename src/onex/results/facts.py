"""Facts: what happened in a run, one value for each thing, in the order in which it happened.

The runtime hands each fact to a ``Sink`` at once. Everything else that onex says about a run is a
function of its facts.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from onex.core.canonical import state_digest
from onex.core.values import JSON
from onex.results.status import Status
from onex_types.common import (
    Error,
    Isolation,
    Process,
    ResultTrust,
    Step,
)
from onex_types.fact import (
    Fact,
    PlanItem,
    UnitChecked,
    UnitExpected,
    UnitFinished,
    UnitPlanned,
    UnitProcess,
    UnitRefused,
    UnitResult,
    UnitStarted,
    UnitStep,
)
from onex_types.node_result import NodeResult

if TYPE_CHECKING:
    from onex.core.node import Node
    from onex.core.snapshot import Snapshot

VERSION = "1.1"
"""The version of the facts' format; 1.0 knew no plan, no checks, and no logs."""

Sink: TypeAlias = Callable[[Fact], None]
"""Takes a fact and keeps it; what it raises ends the run."""


def unit_planned(  # noqa: PLR0913 - one argument for each thing that the fact says
    at_us: int,
    unit: int,
    *,
    node: "Node",
    snapshot: "Snapshot",
    locked: bool,
    case: str | None,
    trust: ResultTrust,
) -> UnitPlanned:
    """A node, found as ``snapshot``, was taken into the plan."""
    return {
        "v": VERSION,
        "kind": "unit_planned",
        "at_us": at_us,
        "unit": unit,
        "node_id": node.id,
        "node_version": node.value["version"],
        "node_hash": snapshot.hash,
        "behaviour": snapshot.behaviour,
        "executor": node.value["entrypoint"]["type"],
        "lifecycle": node.value["lifecycle"],
        "locked": locked,
        "case": case,
        "trust": trust,
    }


def unit_started(
    at_us: int, unit: int, *, seq_exec: int, input_state: JSON, isolation: Isolation
) -> UnitStarted:
    """Execution of a unit began."""
    return {
        "v": VERSION,
        "kind": "unit_started",
        "at_us": at_us,
        "unit": unit,
        "seq_exec": seq_exec,
        "input_state": input_state,
        "input_hash": state_digest(input_state),
        "isolation": isolation,
    }


def unit_step(at_us: int, unit: int, step: Step) -> UnitStep:
    """A step of an execution ended."""
    return {"v": VERSION, "kind": "unit_step", "at_us": at_us, "unit": unit, "step": step}


def unit_process(at_us: int, unit: int, process: Process) -> UnitProcess:
    """The process of an execution ended."""
    return {
        "v": VERSION,
        "kind": "unit_process",
        "at_us": at_us,
        "unit": unit,
        "process": process,
    }


def unit_result(at_us: int, unit: int, result: NodeResult) -> UnitResult:
    """A node handed back a well-formed result."""
    return {
        "v": VERSION,
        "kind": "unit_result",
        "at_us": at_us,
        "unit": unit,
        "result": result,
        "output_hash": state_digest(result["state"]),
    }


def unit_finished(  # noqa: PLR0913 - one argument for each thing that the fact says
    at_us: int,
    unit: int,
    *,
    status: Status,
    reason: str | None,
    error: Error | None,
    duration_us: int,
) -> UnitFinished:
    """A unit ended; every planned unit ends exactly once."""
    return {
        "v": VERSION,
        "kind": "unit_finished",
        "at_us": at_us,
        "unit": unit,
        "status": status,
        "reason": reason,
        "error": error,
        "duration_us": duration_us,
    }


def unit_refused(
    at_us: int, unit: int, *, status: Literal["error", "skipped", "blocked"], error: Error
) -> UnitRefused:
    """A unit of the plan could not, or must not, be started."""
    return {
        "v": VERSION,
        "kind": "unit_refused",
        "at_us": at_us,
        "unit": unit,
        "status": status,
        "error": error,
    }


def unit_expected(
    at_us: int, unit: int, *, predicate: Literal["output", "error"], passed: bool, msg: str
) -> UnitExpected:
    """What came out of a unit was compared with what its case expects."""
    return {
        "v": VERSION,
        "kind": "unit_expected",
        "at_us": at_us,
        "unit": unit,
        "predicate": predicate,
        "status": "pass" if passed else "fail",
        "msg": msg,
    }


def unit_checked(  # noqa: PLR0913 - one argument for each thing that the fact says
    at_us: int,
    unit: int,
    *,
    item: PlanItem,
    status: Status,
    reason: str | None = None,
    duration_us: int | None = None,
    evidence: list[str] | None = None,
    detail: str | None = None,
    argv: list[str] | None = None,
    process: Process | None = None,
    error: Error | None = None,
) -> UnitChecked:
    """Something that is no node was executed or checked."""
    return {
        "v": VERSION,
        "kind": "unit_checked",
        "at_us": at_us,
        "unit": unit,
        "item": item,
        "status": status,
        "reason": reason,
        "duration_us": duration_us,
        "evidence": evidence or [],
        "detail": detail,
        "argv": argv,
        "process": process,
        "error": error,
    }
