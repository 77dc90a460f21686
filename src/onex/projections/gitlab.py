"""GitLab code quality: a finding for each unit that did not plainly succeed (Code Climate's subset)."""

import json

from onex.core.text import printable
from onex.core.values import JSON
from onex.results.places import node_document, record
from onex.results.told import code, identities, line, told_units
from onex_types.run import Run, Unit

SEVERITIES = {
    "error": "critical",
    "failure": "major",
    "partial": "minor",
    "skipped": "info",
    "blocked": "info",
}
"""GitLab's word for how bad a finding is, by the status of the unit; a success is no finding."""


def code_quality(run: Run) -> str:
    """The run as a code quality report, a line for each finding."""
    units = [unit for unit in told_units(run) if unit["status"] in SEVERITIES]
    findings = [
        json.dumps(_finding(unit, identity, run), ensure_ascii=False, sort_keys=True)
        for unit, identity in zip(units, identities(units), strict=True)
    ]
    return "[\n" + ",\n".join(findings) + "\n]\n" if findings else "[]\n"


def _finding(unit: Unit, identity: str, run: Run) -> dict[str, JSON]:
    # GitLab leaves out a finding without a place. A node's is the document in the folder of its id;
    # a command, a check or a gate has no file of its own, so theirs is the record of the run.
    path = node_document(unit) or record(run)
    return {
        "description": f"{printable(unit['unit_id'])}: {line(unit)}",
        "check_name": code(unit),
        "fingerprint": identity,
        "severity": SEVERITIES[unit["status"]],
        "location": {"path": path, "lines": {"begin": 1}},
    }
