"""Facts: what happened in a run, one value for each thing, in the order in which it happened.

The runtime hands each fact to a ``Sink`` at once. Everything else that onex says about a run is a
function of its facts.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from onex.core.canonical import state_digest
from onex.core.values import JSON
from onex.results.status import Outcome, Status
from onex_types.common import Error, Isolation, Process, ResultTrust, Step
from onex_types.fact import (
    Fact,
    RunFinished,
    RunStarted,
    UnitFinished,
    UnitPlanned,
    UnitProcess,
    UnitResult,
    UnitStarted,
    UnitStep,
)
from onex_types.node_result import NodeResult

if TYPE_CHECKING:
    from onex.core.node import Node
    from onex.core.snapshot import Snapshot

VERSION = "1.0"
"""The version of the facts' format."""

Sink: TypeAlias = Callable[[Fact], None]
"""Takes a fact and keeps it; what it raises ends the run."""


def run_started(
    at_us: int, *, run_id: str, pipeline_id: str, onex_version: str, git_sha7: str
) -> RunStarted:
    """A run began."""
    return {
        "v": VERSION,
        "kind": "run_started",
        "at_us": at_us,
        "run_id": run_id,
        "pipeline_id": pipeline_id,
        "onex_version": onex_version,
        "git_sha7": git_sha7,
    }


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


def run_finished(at_us: int, *, outcome: Outcome, duration_us: int) -> RunFinished:
    """A run ended."""
    return {
        "v": VERSION,
        "kind": "run_finished",
        "at_us": at_us,
        "outcome": outcome,
        "duration_us": duration_us,
    }
