"""[001] manifest: what a run stands on, which steps it had, what they gave, and what happened when.

It is written however the run ends.
"""

from typing import cast

from onex.core.layout import pretty
from onex.core.values import JSON
from onex.results.headline import headline, kind_of
from onex.results.moments import moment, utc
from onex.results.order import run_order
from onex.results.tables import STEP
from onex_types.manifest import Manifest, ManifestEvent, ManifestStep
from onex_types.run import Run, Unit

UNKNOWN = "unknown"
"""What stands for a digest that is not known."""

_EVENTS = {"success": "step_finished", "failed": "step_failed"}
"""The event at the end of a step; any other end is that it was skipped."""


def document(run: Run) -> Manifest:
    """The manifest of the run."""
    references = run["references"]
    return {
        "manifest_version": "1.0",
        "run": {
            "run_id": run["run_id"],
            "started_at": utc(run["started_us"]),
            "finished_at": utc(run["finished_us"]),
            "onex_version": run["onex_version"],
        },
        "inputs": {
            "config_hash": references["config_hash"] or UNKNOWN,
            "contract_hash": references["contract_hash"] or UNKNOWN,
        },
        "steps": {unit["unit_id"]: _step(unit) for unit in run_order(run)},
        "artifacts": list(run["artifacts"]),
        "events": list(_events(run)),
    }


def to_json(run: Run) -> str:
    """The manifest as text."""
    return pretty(cast("JSON", document(run)))


def _step(unit: Unit) -> ManifestStep:
    duration_us = unit["duration_us"]
    return {
        "step_id": unit["unit_id"],
        "kind": kind_of(unit),
        "status": STEP[unit["status"]][0],  # type: ignore[typeddict-item]
        "started_at": moment(unit["started_us"]) if unit["executed"] else None,
        "finished_at": moment(unit["finished_us"]),
        "duration_ms": None if duration_us is None else duration_us // 1000,
        "summary": headline(unit),
        "warnings": list(unit["warnings"]),
        "metrics": unit["metrics"],
    }


def _events(run: Run) -> list[ManifestEvent]:
    """What happened, ordered by time; what happened in the same moment, in the order of the run."""
    found: list[tuple[int, ManifestEvent]] = []

    def tell(at_us: int, kind: str, step_id: str, payload: dict[str, JSON]) -> None:
        event = {"event_type": kind, "timestamp": utc(at_us), "payload": payload}
        named = {**event, "step_id": step_id} if step_id else event
        found.append((at_us, cast("ManifestEvent", named)))

    tell(run["started_us"], "run_started", "", {"pipeline_id": run["pipeline_id"]})
    for unit in run_order(run):
        start = unit["started_us"] if unit["started_us"] is not None else run["started_us"]
        end = unit["finished_us"] if unit["finished_us"] is not None else start
        if unit["executed"]:
            tell(start, "step_started", unit["unit_id"], {"kind": kind_of(unit)})
        status = STEP[unit["status"]][0]
        payload: dict[str, JSON] = {"status": status}
        if unit["errors"]:
            payload["error"] = unit["errors"][0]["message"]
        tell(end, _EVENTS.get(status, "step_skipped"), unit["unit_id"], payload)
    tell(run["finished_us"], "run_finished", "", {"outcome": run["outcome"]})
    return [event for _, event in sorted(found, key=lambda item: item[0])]
