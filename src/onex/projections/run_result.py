"""[001] RunResult: the consolidated view of a run.

Steps stand in the real order of execution (ATLAS-14). The status depends on critical steps alone:
`failed` when one failed or was kept from running by a failure, `success` when all of them
succeeded, else `partial` (ATLAS-08 to -10, AMB-03).
"""

from collections import Counter
from collections.abc import Iterable
from typing import cast

from onex.core.layout import pretty
from onex.core.patch import apply, diff
from onex.core.text import plural
from onex.core.values import JSON
from onex.results.blank import blank_run, blank_unit
from onex.results.headline import headline, kind_of
from onex.results.moments import moment, parse_utc, utc
from onex.results.order import run_order
from onex.results.status import at_least
from onex.results.tables import OUTCOMES, STEP, exact
from onex_types.manifest import Manifest
from onex_types.run import Run, Unit
from onex_types.run_result import RunResult, RunStep

NAME = "run_result"
MANIFEST = "manifest.json"
UNKNOWN = "unknown"
"""What stands for a digest that is not known."""


def document(run: Run) -> RunResult:
    """The run as a RunResult."""
    return cast("RunResult", apply(cast("JSON", _plain(run)), run["ext"].get(NAME, [])))


def read(value: RunResult) -> Run:
    """The run that a RunResult tells of.

    Raises:
        ValueError: its status is not what its steps amount to, a step stands twice, or it ends
            before it began.
    """
    run = _read(value)
    derived = status_of((unit["critical"], STEP[unit["status"]][0]) for unit in run["units"])
    if any(unit["status"] == "partial" for unit in run["units"]) and derived == "success":
        derived = "partial"
    if value["status"] != derived:
        raise ValueError(
            f"/status is {value['status']}, but the steps amount to {derived} (ATLAS-08 to -10)"
        )
    patch = diff(cast("JSON", _plain(run)), cast("JSON", value))
    return {**run, "ext": {NAME: patch}} if patch else run


def status_of(steps: Iterable[tuple[bool, str]]) -> str:
    """What steps amount to, each whether it is critical and how it ended.

    A run without steps has failed: nothing was looked at (AMB-02). A critical step that was blocked
    counts as failed, whatever blocked it (AMB-03).
    """
    found = set(steps)
    if not found or found & {(True, "failed"), (True, "blocked")}:
        return "failed"
    return "success" if {status for _, status in found} == {"success"} else "partial"


def incomplete(result: RunResult, manifest: Manifest) -> list[str]:
    """What keeps a consumer from understanding, tracing or reproducing the run (ATLAS-31)."""
    problems = [] if result["steps"] else ["/steps is empty: nothing tells what happened"]
    references = result["references"]
    problems += [
        f"/references/{name} is not known: the run cannot be reproduced"
        for name in ("config_hash", "contract_hash")
        if references[name] == UNKNOWN
    ]
    known = {(item["path"], item["hash"]) for item in manifest["artifacts"]}
    problems += [
        f"/artifacts/{place}: {item['path']} with its digest is not in the manifest"
        for place, item in enumerate(result["artifacts"])
        if (item["path"], item["hash"]) not in known
    ]
    problems += [
        f"/steps/{place}: {step['step_id']} is not in the manifest"
        for place, step in enumerate(result["steps"])
        if step["step_id"] not in manifest["steps"]
    ]
    return problems


def to_json(run: Run) -> str:
    """The RunResult as text."""
    return pretty(cast("JSON", document(run)))


def _plain(run: Run) -> RunResult:
    units = run_order(run)
    references = run["references"]
    status = status_of((unit["critical"], STEP[unit["status"]][0]) for unit in units)
    # A step that succeeded in part is written as a success with a warning (CF-02).
    if status == "success" and any(unit["status"] == "partial" for unit in units):
        status = "partial"
    return {
        "schema_version": "1.0",
        "run_id": run["run_id"],
        "status": status,  # type: ignore[typeddict-item]
        "started_at": utc(run["started_us"]),
        "finished_at": utc(run["finished_us"]),
        "duration_ms": run["duration_us"] // 1000,
        "summary": _summary(run, units),
        "steps": [_step(unit) for unit in units],
        "metrics": {**run["metrics"], **_counters(units)},
        "artifacts": [
            {"name": item["name"], "path": item["path"], "hash": item["hash"], "type": item["type"]}
            for item in run["artifacts"]
        ],
        "references": {
            "manifest_path": MANIFEST,
            "config_hash": references["config_hash"] or UNKNOWN,
            "contract_hash": references["contract_hash"] or UNKNOWN,
        },
        "policy": {
            "criticality": run["policy"]["criticality"],
            "not_critical": [unit["unit_id"] for unit in units if not unit["critical"]],
        },
    }


def _summary(run: Run, units: list[Unit]) -> str:
    succeeded = sum(unit["status"] == "success" for unit in units)
    reason = f": {run['reason']}" if run["reason"] else ""
    return f"{succeeded} of {plural(len(units), 'step')} succeeded; {run['outcome']}{reason}"


def _counters(units: list[Unit]) -> dict[str, JSON]:
    """The counters of the run (ATLAS-15); figures of single steps stay in the manifest."""
    counts: dict[str, JSON] = {
        "steps_planned": len(units),
        "steps_executed": sum(unit["executed"] for unit in units),
    }
    for status in STEP:
        counts[f"steps_{status}"] = sum(unit["status"] == status for unit in units)
    return counts


def _step(unit: Unit) -> RunStep:
    status, is_exact = STEP[unit["status"]]
    duration_us = unit["duration_us"]
    step: RunStep = {
        "step_id": unit["unit_id"],
        "kind": kind_of(unit),
        "status": status,  # type: ignore[typeddict-item]
        "started_at": moment(unit["started_us"]),
        "finished_at": moment(unit["finished_us"]),
        "duration_ms": None if duration_us is None else duration_us // 1000,
        "summary": headline(unit),
        "warnings": list(unit["warnings"]),
        "artifacts": [item["name"] for item in unit["artifacts"] if item["event"] == "publish"],
    }
    if not is_exact:
        step["onex.status"] = unit["status"]
    return step


def _read(value: RunResult) -> Run:
    started_us, finished_us = parse_utc(value["started_at"]), parse_utc(value["finished_at"])
    if started_us is None or finished_us is None:
        raise ValueError("/started_at and /finished_at must be moments that there were")
    if finished_us < started_us:
        raise ValueError("/finished_at is before /started_at")
    run = blank_run(value["run_id"], started_us, finished_us)
    run["duration_us"] = value["duration_ms"] * 1000
    references = value["references"]
    run["references"]["config_hash"] = _hash(references["config_hash"])
    run["references"]["contract_hash"] = _hash(references["contract_hash"])
    minor = _not_critical(value)
    run["units"] = [
        _unit(step, place, critical=step["step_id"] not in minor)
        for place, step in enumerate(value["steps"])
    ]
    (name, times), *_ = [*Counter(unit["unit_id"] for unit in run["units"]).most_common(1), ("", 0)]
    if times > 1:
        raise ValueError(f"/steps: the step {name} stands {times} times")
    run["artifacts"] = [
        {
            "name": item["name"],
            "path": item["path"],
            "hash": item["hash"],
            "type": item["type"],
            "produced_by": None,
        }
        for item in value["artifacts"]
    ]
    counters = _counters(run["units"])
    run["metrics"] = {
        key: item
        for key, item in value["metrics"].items()
        if key not in counters and isinstance(item, (int, float, str))
    }
    statuses = (unit["status"] for unit in run["units"])
    run["outcome"] = at_least(OUTCOMES[value["status"]], statuses)
    return run


def _not_critical(value: RunResult) -> set[str]:
    """The steps that the policy lets fail; a policy of others may hold anything."""
    listed = cast("dict[str, JSON]", value.get("policy", {})).get("not_critical")
    return {item for item in listed if isinstance(item, str)} if isinstance(listed, list) else set()


def _hash(text: str) -> str | None:
    """A digest without the name of its algorithm (CF-16); None where it is none."""
    bare = text.removeprefix("sha256:")
    return bare if len(bare) == 64 and set(bare) <= set("0123456789abcdef") else None  # noqa: PLR2004


def _unit(step: RunStep, place: int, *, critical: bool) -> Unit:
    item, separator, case = step["step_id"].partition("::")
    unit = blank_unit(item, case if separator and case else "run", place)
    unit["unit_id"], unit["kind"], unit["critical"] = step["step_id"], step["kind"], critical
    unit["status"] = exact(STEP, step["status"], step.get("onex.status"))
    unit["executed"] = unit["status"] not in {"skipped", "blocked"}
    started, finished = step["started_at"], step["finished_at"]
    unit["started_us"] = parse_utc(started) if started else None
    unit["finished_us"] = parse_utc(finished) if finished else None
    unit["duration_us"] = None if step["duration_ms"] is None else step["duration_ms"] * 1000
    unit["warnings"] = [item for item in step["warnings"] if isinstance(item, str)]
    if unit["status"] in {"failure", "error"}:
        unit["errors"] = [
            {"code": "reported", "message": step["summary"], "details": {}, "hint": None}
        ]
        unit["reason"] = "reported"
    else:
        unit["summary"] = step["summary"]
    return unit
