"""[000] BatchExecutionResult: what a batch of nodes came to, as JSON, NDJSON or a YAML snapshot.

The format knows four statuses and no commands, gates or times of single nodes; what it has no word
for stands in the metadata of a result. Gates fail the run and are no results (ONEX-R-12).
"""

import re
from collections.abc import Iterable
from typing import cast

from onex.core import yaml_writer
from onex.core.canonical import golden_text, state_digest
from onex.core.layout import pretty
from onex.core.patch import apply, diff
from onex.core.values import JSON
from onex.results.blank import blank_run, blank_unit
from onex.results.moments import parse_utc, utc
from onex.results.order import plan_order
from onex.results.status import at_least
from onex.results.tables import BATCH, exact
from onex_types.batch_result import BatchExecutionResult, CiRun
from onex_types.common import Error
from onex_types.node_execution_result import NodeExecutionResult
from onex_types.run import Run, Unit

NAME = "batch"
SANDBOXES = frozenset({"landlock", "strict", "namespace", "wasm"})
"""The levels of isolation that keep a node from what it was not given; below, only accidents stop."""

NO_INPUT = state_digest(None)
"""The digest of the input of what took none; no node's state is null."""

REPORTED = "reported"
"""The code of an error of which only a sentence is known."""

_CODED = re.compile(r"([A-Za-z][A-Za-z0-9_.-]{0,127}): (.*)", re.DOTALL).fullmatch


def document(run: Run) -> BatchExecutionResult:
    """The run as a batch document."""
    patch = run["ext"].get(NAME, [])
    return cast("BatchExecutionResult", apply(cast("JSON", _plain(run)), patch))


def read(value: BatchExecutionResult) -> Run:
    """The run that a batch document tells of.

    Raises:
        ValueError: its status is not what its results amount to, or it ends before it began.
    """
    run = _read(value)
    derived = status_of(result["status"] for result in value["results"])
    if value["status"] != derived:
        raise ValueError(
            f"/status is {value['status']}, but the results amount to {derived} (ONEX-R-06)"
        )
    patch = diff(cast("JSON", _plain(run)), cast("JSON", value))
    return {**run, "ext": {NAME: patch}} if patch else run


def complete(value: dict[str, JSON]) -> tuple[BatchExecutionResult, list[str]]:
    """A batch document in full, of one that leaves out what it does not know (CF-03).

    Returns:
        The document, which its schema may still refuse, and what there is to say about it.
    """
    results = value.get("results")
    filled = (
        [_complete(item) if isinstance(item, dict) else item for item in results]
        if isinstance(results, list)
        else results
    )
    remarks = [
        f"{item.get('node_id')}: not reproducible: the document gives no input hash"
        for item in (results if isinstance(results, list) else [])
        if isinstance(item, dict) and "input_hash" not in item
    ]
    whole = {
        "coverage_percent": None,
        "trust_delta": None,
        "trust_notes": None,
        **value,
        "results": filled,
    }
    return cast("BatchExecutionResult", whole), remarks


def _complete(result: dict[str, JSON]) -> dict[str, JSON]:
    absent: dict[str, JSON] = {
        "input_hash": NO_INPUT,
        "output_hash": None,
        "execution_time_ms": None,
        "metadata": {},
        "errors": None,
        "warnings": None,
    }
    return {**absent, **result}


def to_text(run: Run, name: str) -> str:
    """The batch in the form that the ending of a file's name asks for: JSON unless it says more."""
    if name.endswith(".ndjson"):
        return to_ndjson(run)
    return to_yaml(run) if name.endswith((".yaml", ".yml")) else to_json(run)


def to_json(run: Run) -> str:
    """The batch as one JSON document."""
    return pretty(cast("JSON", document(run)))


def to_ndjson(run: Run) -> str:
    """The results of the batch, a line of JSON each (ONEX-R-09)."""
    return "".join(f"{golden_text(cast('JSON', result))}\n" for result in document(run)["results"])


def to_yaml(run: Run) -> str:
    """The batch as a YAML snapshot to commit: JSON data in block style, stable to the byte (ONEX-R-11)."""
    return yaml_writer.write(cast("JSON", document(run)))


def status_of(statuses: Iterable[str]) -> str:
    """What the statuses of results amount to (ONEX-R-06, AMB-02): order and number do not matter."""
    found = set(statuses)
    if not found:
        return "failure"
    if found == {"success"}:
        return "success"
    return "partial" if "success" in found or "failure" not in found else "failure"


def _plain(run: Run) -> BatchExecutionResult:
    results = [_result(unit) for unit in plan_order(run) if unit["kind"] != "gate"]
    coverage, trust = run["coverage"], run["trust"]
    return {
        "schema_version": "1.0",
        "batch_id": run["run_id"],
        "status": status_of(result["status"] for result in results),  # type: ignore[typeddict-item]
        "results": results,
        "started_at": utc(run["started_us"]),
        "completed_at": utc(run["finished_us"]),
        "coverage_percent": coverage["percent"] if coverage else None,
        "trust_delta": trust["delta"],
        "trust_notes": trust["notes"],
        "ci_run": _ci_run(run, results),
        "signature": run["signature"],
        "lifecycle": run["lifecycle"],
    }


def _result(unit: Unit) -> NodeExecutionResult:
    status, is_exact = BATCH[unit["status"]]
    metadata: dict[str, JSON] = dict(unit["metadata"])
    if not is_exact:
        metadata["onex.status"] = unit["status"]
    if unit["case_key"] != "run":
        metadata["onex.case"] = unit["case_key"]
    if unit["kind"] != "node":
        metadata["onex.kind"] = unit["kind"]
    if unit["node"] is not None:
        metadata["onex.hash"] = unit["node"]["hash"]
        metadata["onex.version"] = unit["node"]["version"]
        metadata["onex.locked"] = unit["node"]["locked"]
    duration_us = unit["duration_us"]
    return {
        "node_id": unit["item_id"],
        "input_hash": unit["input_hash"] or NO_INPUT,
        "output_hash": unit["output_hash"],
        "success": status == "success",
        "execution_time_ms": None if duration_us is None else duration_us // 1000,
        "metadata": metadata,
        "errors": [_sentence(error) for error in unit["errors"]],
        "warnings": list(unit["warnings"]),
        "status": status,  # type: ignore[typeddict-item]
    }


def _sentence(error: Error) -> str:
    return error["message"] if error["code"] == REPORTED else f"{error['code']}: {error['message']}"


def _ci_run(run: Run, results: list[NodeExecutionResult]) -> CiRun:
    policy, units = run["policy"], [unit for unit in run["units"] if unit["node"] is not None]
    levels = {unit["node"]["isolation"]["effective"] for unit in units if unit["node"]}
    flags = ["sandboxed"] if levels and levels <= SANDBOXES else []
    if run["references"]["tree_digest"] is not None:
        flags.append("registry-synced")
    return {
        "triggered_by": policy["triggered_by"]
        or run["trigger"]["source"]
        or run["trigger"]["type"],
        "policy": policy["name"],
        "node_count": len(results),
        "trust_enforced": policy["trust_enforced"],
        "minimum_coverage_required": policy["minimum_coverage_required"],
        "runtime_flags": flags,
        "failed_nodes": [result["node_id"] for result in results if result["status"] == "failure"],
    }


def _read(value: BatchExecutionResult) -> Run:
    started_us, finished_us = parse_utc(value["started_at"]), parse_utc(value["completed_at"])
    if started_us is None or finished_us is None:
        raise ValueError("/started_at and /completed_at must be moments that there were")
    if finished_us < started_us:
        raise ValueError("/completed_at is before /started_at (ONEX-R-07)")
    run = blank_run(value["batch_id"], started_us, finished_us)
    run["units"] = [_unit(result, place) for place, result in enumerate(value["results"])]
    run["outcome"] = at_least(value["status"], (unit["status"] for unit in run["units"]))
    run["trust"] = {"delta": value["trust_delta"], "notes": value["trust_notes"]}
    run["signature"], run["lifecycle"] = value.get("signature"), value.get("lifecycle")
    ci_run = value.get("ci_run")
    if ci_run:
        _check_ci_run(ci_run, value["results"])
        run["policy"] = {
            "name": ci_run["policy"],
            "triggered_by": ci_run["triggered_by"],
            "trust_enforced": ci_run["trust_enforced"],
            "minimum_coverage_required": ci_run["minimum_coverage_required"],
            "criticality": "all",
        }
    return run


def _check_ci_run(ci_run: CiRun, results: list[NodeExecutionResult]) -> None:
    failed = [result["node_id"] for result in results if result["status"] == "failure"]
    if ci_run["node_count"] != len(results):
        count = ci_run["node_count"]
        raise ValueError(f"/ci_run/node_count is {count}, but there are {len(results)} results")
    if ci_run["failed_nodes"] != failed:
        raise ValueError(f"/ci_run/failed_nodes is not what the results say: {failed}")


def _unit(result: NodeExecutionResult, place: int) -> Unit:
    metadata = dict(result["metadata"])
    case, kind = metadata.get("onex.case", "run"), metadata.get("onex.kind", "node")
    unit = blank_unit(result["node_id"], case if isinstance(case, str) else "run", place)
    unit["kind"] = kind if isinstance(kind, str) else "node"
    unit["status"] = exact(BATCH, result["status"], metadata.get("onex.status"))
    unit["executed"] = unit["status"] not in {"skipped", "blocked"}
    is_known = result["input_hash"] != NO_INPUT
    unit["input_hash"] = result["input_hash"] if is_known else None
    unit["output_hash"] = result["output_hash"]
    time_ms = result["execution_time_ms"]
    unit["duration_us"] = None if time_ms is None else time_ms * 1000
    unit["errors"] = [_error(text) for text in result["errors"] or []]
    unit["reason"] = unit["errors"][0]["code"] if unit["errors"] else None
    unit["warnings"] = list(result["warnings"] or [])
    for name in ("onex.case", "onex.kind", "onex.status"):
        metadata.pop(name, None)
    unit["metadata"] = metadata
    return unit


def _error(text: str) -> Error:
    found = _CODED(text)
    code, message = found.groups() if found and found[1] != REPORTED else (REPORTED, text)
    return {"code": code, "message": message, "details": {}, "hint": None}
