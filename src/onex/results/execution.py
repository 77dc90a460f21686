"""ExecutionResult as a fold over facts: nothing stands in a result that no fact says."""

from collections.abc import Iterable

from onex.core.canonical import state_digest
from onex.results.gathered import Gathered, planned_item, unit_number
from onex.results.status import UNCOUNTED
from onex_types.common import Error, Isolation
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact, UnitPlanned

VERSION = "1.0"
"""The version of the format `execution_result`."""

NO_RUN = "unrecorded"
"""The run id of executions that belong to no run."""

INTERRUPTED: Error = {
    "code": "interrupted",
    "message": "the run was cut off before this unit ended",
    "details": {},
    "hint": "run the node again",
}

NOT_STARTED: Isolation = {"requested": "process", "effective": "none", "degraded": []}
"""The isolation of a unit that never started: nothing was asked of it."""


def fold(facts: Iterable[Fact]) -> list[ExecutionResult]:
    """One result for every node that was planned, in the order of the plan.

    A unit that no fact finishes ended in an error, as interrupted: its run was cut off.

    Args:
        facts: the facts of one run, or of a part of it that begins with the units' plans.
    """
    run_id = NO_RUN
    units: dict[int, Gathered] = {}
    for fact in facts:
        if fact["kind"] == "run_started":
            run_id = fact["run_id"]
        elif fact["kind"] == "unit_planned":
            unit = units[fact["unit"]] = Gathered(fact["unit"], planned_item(fact), fact["at_us"])
            unit.add(fact)
        elif (number := unit_number(fact)) is not None and number in units:
            units[number].add(fact)
    return [
        execution_result(unit, unit.planned, run_id)
        for _, unit in sorted(units.items())
        if unit.planned is not None
    ]


def execution_result(unit: Gathered, planned: UnitPlanned, run_id: str) -> ExecutionResult:
    """The record of the execution of a node.

    Args:
        unit: its facts.
        planned: the fact that planned it.
        run_id: the run that it belongs to.
    """
    started, finished = unit.started, unit.finished
    status = finished["status"] if finished else "error"
    started_us = started["at_us"] if started else planned["at_us"]
    # The wall clock may have been set back meanwhile: the end is the beginning and the duration.
    duration_us = finished["duration_us"] if finished else max(0, unit.last_us - started_us)
    given = unit.result["result"] if unit.result else None
    counts = planned["trust"]["counted"] and planned["locked"] and status not in UNCOUNTED
    return {
        "schema_version": VERSION,
        "run_id": run_id,
        "seq_plan": planned["unit"],
        "seq_exec": started["seq_exec"] if started else None,
        "node_id": planned["node_id"],
        "node_version": planned["node_version"],
        "node_hash": planned["node_hash"],
        "behaviour": planned["behaviour"],
        "executor": planned["executor"],
        "lifecycle": planned["lifecycle"],
        "locked": planned["locked"],
        "case": planned["case"],
        "status": status,
        "reason": finished["reason"] if finished else "interrupted",
        "started_us": started_us,
        "finished_us": started_us + duration_us,
        "duration_us": duration_us,
        "input_state": started["input_state"] if started else None,
        "input_hash": started["input_hash"] if started else state_digest(None),
        "output_state": given["state"] if given else None,
        "output_hash": unit.result["output_hash"] if unit.result else None,
        "isolation": started["isolation"] if started else NOT_STARTED,
        "process": unit.process["process"] if unit.process else None,
        "summary": given.get("summary") if given else None,
        "warnings": warnings(unit),
        "metrics": given.get("metrics", {}) if given else {},
        "artifacts": given.get("artifacts", []) if given else [],
        "actions": given.get("actions", []) if given else [],
        "extracts": given.get("extracts", []) if given else [],
        "trace": unit.trace,
        "error": finished["error"] if finished else INTERRUPTED,
        "trust": {**planned["trust"], "counted": counts},
    }


def warnings(unit: Gathered) -> list[str]:
    """What onex had to say about the node, then what the node had to say."""
    said = [
        step["detail"]
        for step in unit.trace
        if step["step"] in {"lock", "gate"} and step["status"] == "ok" and step["detail"]
    ]
    return said + (unit.result["result"].get("warnings", []) if unit.result else [])
