"""Unit: one thing that a run executed or checked, as a fold over its facts."""

import json
import shlex
from typing import cast

from onex.core.canonical import golden_bytes
from onex.core.values import JSON
from onex.results.attempts import Attempts, assertions, is_handled, outcome_of
from onex.results.blank import blank_unit
from onex.results.execution import INTERRUPTED, NOT_STARTED, warnings
from onex.results.gathered import Gathered, unit_id
from onex.results.status import Status
from onex_types.common import Error
from onex_types.fact import PlanItem, UnitChecked, UnitPlanned
from onex_types.run import Assertion, Attempt, Unit, UnitNode

LONGEST_COMMAND = 1_000
"""How long a command that reproduces a unit may be; a longer state is taken from the record."""

NEVER_BEGUN: Error = {
    "code": "interrupted",
    "message": "the run was cut off before this unit began",
    "details": {},
    "hint": "run it again",
}


NEVER_COMPARED: Error = {
    "code": "interrupted",
    "message": "the run was cut off before what came was compared with the case",
    "details": {},
    "hint": "run it again",
}


def unit_of(gathered: Gathered, names: list[str], order: int) -> Unit:
    """The record of one unit.

    Args:
        gathered: its facts.
        names: the names of the units of the plan, for what this one needs.
        order: its place in the real order, where the facts tell none.
    """
    base = _base(gathered.item, gathered.number, names)
    base["seq_exec"] = gathered.order if gathered.order is not None else order
    if gathered.line is not None:
        place = f"run.json:$.x_onex.units[{gathered.number}]"
        base["evidence"] = [f"run.log:line:{gathered.line}", place]
    if gathered.checked is not None:
        return _checked(base, gathered.checked)
    base["started_us"] = base["finished_us"] = gathered.decided_us
    base["duration_us"] = 0
    if gathered.refused is not None:
        refused = gathered.refused
        error = refused["error"]
        return {**base, "status": refused["status"], "reason": error["code"], "errors": [error]}
    if gathered.planned is None:
        return {**base, "status": "blocked", "reason": "interrupted", "errors": [NEVER_BEGUN]}
    return _executed(base, gathered, gathered.planned)


def status_of(gathered: Gathered) -> Status:
    """How the unit ended, without the rest of its record."""
    if gathered.checked is not None:
        return gathered.checked["status"]
    if gathered.refused is not None:
        return gathered.refused["status"]
    return "blocked" if gathered.planned is None else _verdict(gathered)[0]


def reproduce(gathered: Gathered, run_id: str) -> str | None:
    """The command that executes the unit again; None when nothing was started."""
    planned, started = gathered.planned, gathered.started
    if planned is None or started is None:
        return None
    node_id = planned["node_id"]
    if planned["case"] is not None:
        return f"onex test {node_id}"
    state = golden_bytes(started["input_state"]).decode()
    if not state.isprintable():  # a command is to be copied from a terminal
        state = json.dumps(started["input_state"], sort_keys=True, separators=(",", ":"))
    command = f"onex run {node_id} --input {shlex.quote(state)}"
    if len(command) <= LONGEST_COMMAND:
        return command
    record = f"reports/runs/{run_id}/nodes/{gathered.number:04d}-{node_id}/execution_result.json"
    return f"onex run {node_id} --input '@{record}#/input_state'"


def _base(item: PlanItem, number: int, names: list[str]) -> Unit:
    """A unit of which nothing is known but its place in the plan."""
    return {
        **blank_unit(item["item_id"], item["case_key"], number),
        "unit_id": unit_id(item),
        "kind": item["kind"],
        "critical": item["critical"],
        "needs": [names[place] for place in item["needs"] if place < len(names)],
        "executed": False,
    }


def _executed(base: Unit, gathered: Gathered, planned: UnitPlanned) -> Unit:
    """The unit of a node that was taken into the plan, and executed unless the run was cut off."""
    started, finished, result = gathered.started, gathered.finished, gathered.result
    started_us = started["at_us"] if started else planned["at_us"]
    duration_us = finished["duration_us"] if finished else max(0, gathered.last_us - started_us)
    given = result["result"] if result else None
    attempts = Attempts(gathered, planned)
    status, reason, errors = _verdict(gathered)
    return {
        **base,
        "status": status,
        "reason": reason,
        "executed": started is not None,
        "started_us": started_us,
        "finished_us": started_us + duration_us,
        "duration_us": duration_us,
        "input_hash": started["input_hash"] if started else None,
        "output_hash": result["output_hash"] if result else None,
        "summary": given.get("summary") if given else None,
        "errors": errors,
        "warnings": warnings(gathered),
        "asserts": assertions(gathered),
        "actions": attempts.actions,
        "artifacts": attempts.artifacts,
        "extracts": attempts.extracts,
        "metrics": given.get("metrics", {}) if given else {},
        "process": gathered.process["process"] if gathered.process else None,
        "node": _node(gathered, planned),
        "reproduce": gathered.reproduce,
    }


def _verdict(gathered: Gathered) -> tuple[Status, str | None, list[Error]]:
    """How the unit ended: as its case expects, where it is a case; else as the node did."""
    finished, expected = gathered.finished, gathered.expected
    if finished is None:
        return "error", "interrupted", [INTERRUPTED]
    errors = [finished["error"]] if finished["error"] else []
    if expected is None and finished["status"] != "error" and gathered.item.get("expects"):
        return "error", "interrupted", [NEVER_COMPARED]
    if expected is None or (finished["status"] == "error" and not is_handled(gathered)):
        return finished["status"], finished["reason"], errors
    if expected["status"] == "pass":
        return "success", None, []
    unmet: Error = {
        "code": "expectation",
        "message": expected["msg"],
        "details": {},
        "hint": "change the node, or the case in its contract; then run `onex lock` and `onex test`",
    }
    return "failure", "expectation", [unmet, *errors]


def _node(gathered: Gathered, planned: UnitPlanned) -> UnitNode:
    started = gathered.started
    return {
        "id": planned["node_id"],
        "version": planned["node_version"],
        "hash": planned["node_hash"],
        "behaviour": planned["behaviour"],
        "executor": planned["executor"],
        "lifecycle": planned["lifecycle"],
        "locked": planned["locked"],
        "isolation": started["isolation"] if started else NOT_STARTED,
        "trust": planned["trust"],
    }


def _checked(base: Unit, fact: UnitChecked) -> Unit:
    """The unit of a check, a command or a gate; it is its own assertion, or its own action."""
    status, error = fact["status"], fact["error"]
    duration_us = fact["duration_us"]
    unit: Unit = {
        **base,
        "status": status,
        "reason": fact["reason"],
        "executed": status not in {"skipped", "blocked"},
        "started_us": fact["at_us"] - min(duration_us or 0, fact["at_us"]),
        "finished_us": fact["at_us"],
        "duration_us": duration_us,
        "errors": [error] if error else [],
        "evidence": fact["evidence"] or base["evidence"][:1],
        "detail": fact["detail"],
        "process": fact["process"],
        "reproduce": shlex.join(fact["argv"]) if fact["argv"] else None,
    }
    if fact["argv"] is not None:
        unit["actions"] = [_command(fact, fact["argv"])]
    elif status in {"success", "failure"}:
        unit["asserts"] = [_assertion(fact)]
    return unit


def _assertion(fact: UnitChecked) -> Assertion:
    passed = fact["status"] == "success"
    told = fact["error"]["message"] if fact["error"] else fact["detail"]
    return {
        "status": "pass" if passed else "fail",
        "msg": told or f"{fact['item']['case_key']} {'passed' if passed else 'failed'}",
        "predicate": fact["item"]["kind"],
    }


def _command(fact: UnitChecked, argv: list[str]) -> Attempt:
    """The action that the execution of a command is."""
    action: Attempt = {
        "action": "proc",
        "status": "ok" if fact["status"] == "success" else "fail",
        "args": cast("JSON", argv[:1]),
        "action_id": "command",
    }
    if fact["duration_us"] is not None:
        action["duration_ms"] = fact["duration_us"] // 1000
    if action["status"] == "ok":
        action["ok"] = outcome_of(fact["process"])
        return action
    error, process = fact["error"], fact["process"]
    action["fail"] = {
        "kind": error["code"] if error else fact["reason"] or fact["status"],
        "msg": error["message"] if error else "the command did not succeed",
    }
    if process is not None and process["exit"]:
        action["fail"]["code"] = process["exit"]
    return action
