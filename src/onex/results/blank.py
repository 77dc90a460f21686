"""Runs and units of which little is known yet: what facts or documents say is filled in."""

from onex.results.suite import EMPTY_SHA256
from onex_types.common import RunPolicy, Trigger
from onex_types.run import Run, Unit

VERSION = "1.0"
"""The version of the format `run`."""

DEFAULT_POLICY: RunPolicy = {
    "name": "default",
    "triggered_by": None,
    "trust_enforced": False,
    "minimum_coverage_required": None,
    "criticality": "all",
}
UNKNOWN_TRIGGER: Trigger = {"type": "local_cli", "source": None, "actor": None}


def blank_run(run_id: str, started_us: int, finished_us: int) -> Run:
    """A run of which only id and times are known."""
    return {
        "schema_version": VERSION,
        "run_id": run_id,
        "pipeline_id": run_id,
        "pipeline_version": None,
        "onex_version": None,
        "outcome": "failure",
        "reason": None,
        "started_us": started_us,
        "finished_us": finished_us,
        "duration_us": finished_us - started_us,
        "trigger": UNKNOWN_TRIGGER,
        "git": {"sha": None, "sha7": "0000000", "ref": None},
        "env": {"present": [], "missing": []},
        "inputs": [],
        "outputs": [],
        "references": {
            "config_hash": None,
            "contract_hash": None,
            "tree_digest": None,
            "suite_sha256": EMPTY_SHA256,
            "inventory_sha256": EMPTY_SHA256,
        },
        "policy": DEFAULT_POLICY,
        "coverage": None,
        "units": [],
        "artifacts": [],
        "metrics": {},
        "log": [],
        "trust": {"delta": None, "notes": None},
        "signature": None,
        "lifecycle": None,
        "ext": {},
    }


def blank_unit(item_id: str, case_key: str, place: int) -> Unit:
    """A unit of which only the name and the place in the plan, or in its document, are known."""
    return {
        "unit_id": item_id if case_key == "run" else f"{item_id}::{case_key}",
        "item_id": item_id,
        "case_key": case_key,
        "kind": "node",
        "critical": True,
        "needs": [],
        "status": "error",
        "reason": None,
        "seq_plan": place,
        "seq_exec": place,
        "executed": True,
        "started_us": None,
        "finished_us": None,
        "duration_us": None,
        "input_hash": None,
        "output_hash": None,
        "summary": None,
        "errors": [],
        "warnings": [],
        "asserts": [],
        "actions": [],
        "artifacts": [],
        "extracts": [],
        "evidence": [],
        "detail": None,
        "metrics": {},
        "process": None,
        "node": None,
        "reproduce": None,
        "metadata": {},
    }
