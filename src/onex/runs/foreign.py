"""Documents of others that tell of a run without being the record of one: they are only read.

A manifest of an Atlas engine tells its steps and events; an error payload tells one failure.
"""

from typing import cast

from onex.core.values import JSON
from onex.core.words import shorten
from onex.projections import batch
from onex.results.blank import blank_run, blank_unit
from onex.results.moments import parse_utc
from onex.results.status import outcome
from onex.results.tables import STEP, exact
from onex_contract import registry
from onex_types.common import Error
from onex_types.node_execution_result import NodeExecutionResult
from onex_types.run import Run, Unit

WORDS = frozenset(word for word, _ in STEP.values())


def remarked(run: Run, remarks: list[str]) -> Run:
    """``run`` with what there is to say about the document that it was read from, as warnings."""
    for remark in remarks:
        name, _, _ = remark.partition(":")
        units = [unit for unit in run["units"] if unit["item_id"] == name] or run["units"][:1]
        for unit in units[:1]:
            unit["warnings"] = [*unit["warnings"], remark]
    return run


def batch_of(results: list[NodeExecutionResult], name: str) -> Run:
    """The run that lines of results amount to; they do not say when it was.

    Raises:
        ValueError: what they tell does not fit together.
    """
    status = batch.status_of(result["status"] for result in results)
    return batch.read(
        {
            "batch_id": name,
            "status": status,  # type: ignore[typeddict-item]
            "results": results,
            "started_at": "1970-01-01T00:00:00Z",
            "completed_at": "1970-01-01T00:00:00Z",
            "coverage_percent": None,
            "trust_delta": None,
            "trust_notes": None,
        }
    )


def manifest(value: dict[str, JSON]) -> Run:
    """The run that a manifest of an engine tells of, onex's or another one.

    Raises:
        ValueError: it has no steps, or one that is none.
    """
    steps = value.get("steps")
    if not isinstance(steps, dict) or not steps:
        raise ValueError("/steps must name at least one step")
    about = _object(value, "run")
    run_id = about.get("run_id")
    if not isinstance(run_id, str) or not run_id:
        raise ValueError("/run/run_id must name the run")
    units = [_step(name, step, place) for place, (name, step) in enumerate(_ordered(steps))]
    reasons = _reasons(value.get("events"))
    for unit in units:
        if unit["status"] == "failure":
            message = reasons.get(unit["unit_id"]) or unit["summary"] or "the step failed"
            unit["errors"], unit["reason"] = [_reported(message)], "reported"
    started_us = _moment(about.get("started_at")) or min(
        (unit["started_us"] for unit in units if unit["started_us"] is not None), default=0
    )
    ends = [unit["finished_us"] for unit in units if unit["finished_us"] is not None]
    finished_us = max([started_us, _moment(about.get("finished_at")) or 0, *ends])
    run = blank_run(run_id, started_us, finished_us)
    inputs = _object(value, "inputs")
    run["references"]["config_hash"] = _digest(inputs.get("config_hash"))
    run["references"]["contract_hash"] = _digest(inputs.get("contract_hash"))
    run["units"] = units
    run["outcome"] = outcome(unit["status"] for unit in units)
    return run


def error_payload(value: dict[str, JSON], name: str) -> Run:
    """A run of one step, which failed as an Atlas error payload tells.

    Raises:
        ValueError: the payload lacks what one has (ATLAS-U9).
    """
    kind, message, details = value.get("type"), value.get("message"), value.get("details")
    if not (isinstance(kind, str) and isinstance(message, str) and isinstance(details, dict)):
        raise ValueError("an error payload has type, message and details")  # noqa: TRY004
    hint, step = value.get("hint"), details.get("step")
    error: Error = {
        "code": kind,
        "message": message,
        "details": {**details, "decision_required": value.get("decision_required")},
        "hint": hint if isinstance(hint, str) else None,
    }
    if not registry.validator("common", definition="error").is_valid(error):
        raise ValueError(
            f"/type {shorten(kind)} is no name of an error: letters, digits, `_`, `.` and `-`"
        )
    run = blank_run(name, 0, 0)
    unit = blank_unit(step if isinstance(step, str) and step else name, "run", 0)
    unit["kind"], unit["status"], unit["reason"], unit["errors"] = "step", "failure", kind, [error]
    run["units"], run["outcome"] = [unit], "failure"
    return run


def _step(name: str, value: JSON, place: int) -> Unit:
    if not isinstance(value, dict) or value.get("status") not in WORDS:
        found = shorten(value.get("status") if isinstance(value, dict) else value)
        words = ", ".join(sorted(WORDS))
        raise ValueError(f"/steps/{name}: the status {found} is none of {words}")
    unit = blank_unit(name, "run", place)
    kind, summary, metrics = value.get("kind"), value.get("summary"), value.get("metrics")
    unit["kind"] = kind if isinstance(kind, str) else "step"
    unit["status"] = exact(STEP, str(value["status"]), value.get("onex.status"))
    unit["executed"] = unit["status"] not in {"skipped", "blocked"}
    unit["started_us"], unit["finished_us"] = (
        _moment(value.get("started_at")),
        _moment(value.get("finished_at")),
    )
    duration = value.get("duration_ms")
    is_count = isinstance(duration, int) and not isinstance(duration, bool) and duration >= 0
    unit["duration_us"] = cast("int", duration) * 1000 if is_count else None
    unit["summary"] = summary if isinstance(summary, str) else None
    warnings = value.get("warnings")
    unit["warnings"] = [str(item) for item in warnings] if isinstance(warnings, list) else []
    if isinstance(metrics, dict):
        unit["metrics"] = {
            k: v for k, v in metrics.items() if isinstance(v, (bool, int, float, str))
        }
    return unit


def _reasons(events: JSON) -> dict[str, str]:
    """Why steps failed, as the events tell."""
    found: dict[str, str] = {}
    for event in events if isinstance(events, list) else []:
        if isinstance(event, dict) and event.get("event_type") == "step_failed":
            step, told = event.get("step_id"), _object(event, "payload").get("error")
            if isinstance(step, str) and isinstance(told, str):
                found[step] = told
    return found


def _reported(message: str) -> Error:
    return {"code": "reported", "message": message, "details": {}, "hint": None}


def _ordered(steps: dict[str, JSON]) -> list[tuple[str, JSON]]:
    """The steps in the order in which they began; in the same moment, by their names."""

    def key(entry: tuple[str, JSON]) -> tuple[int, str]:
        name, step = entry
        return (_moment(step.get("started_at")) or 0 if isinstance(step, dict) else 0, name)

    return sorted(steps.items(), key=key)


def _object(value: dict[str, JSON], name: str) -> dict[str, JSON]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _digest(value: JSON) -> str | None:
    """A digest without the name of its algorithm (CF-16); None where it is none."""
    bare = value.removeprefix("sha256:") if isinstance(value, str) else ""
    return bare if registry.validator("common", definition="digest").is_valid(bare) else None


def _moment(value: JSON) -> int | None:
    return parse_utc(value) if isinstance(value, str) else None
