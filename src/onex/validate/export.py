"""One [000] result record per node that was checked, for `onex validate --export` (ONEX-R-14)."""

import hashlib
import json
from collections.abc import Iterator

from onex.validate.engine import Verdict
from onex.validate.seen import Seen
from onex_types.finding import Finding
from onex_types.node_execution_result import NodeExecutionResult

NOTHING = hashlib.sha256(b"").hexdigest()
"""The digest of a document that could not be read."""


def node_records(verdict: Verdict) -> Iterator[str]:
    """A line of JSON per node, in tree order; the input is the node's document."""
    by_node: dict[str | None, list[Finding]] = {}
    for finding in verdict.findings:
        by_node.setdefault(finding["node_id"], []).append(finding)
    for subject in verdict.subjects:
        if not subject.is_node:
            continue
        record = _record(subject, by_node.get(subject.node_id, []))
        yield json.dumps(record, ensure_ascii=False, sort_keys=True)


def _record(subject: Seen, findings: list[Finding]) -> NodeExecutionResult:
    lines = {
        severity: [_line(finding) for finding in findings if finding["severity"] == severity]
        for severity in ("error", "warning")
    }
    passed = not lines["error"]
    return {
        "node_id": subject.node_id or subject.path,
        "input_hash": subject.digest or NOTHING,
        "output_hash": None,
        "success": passed,
        "execution_time_ms": None,
        "metadata": {"onex.check": "validate", "onex.hash": subject.hash},
        "errors": lines["error"],
        "warnings": lines["warning"],
        "status": "success" if passed else "failure",
    }


def _line(finding: Finding) -> str:
    place = f"{finding['path']}:{finding['line']}:{finding['column']}"
    return f"{place}: {finding['code']} {finding['message']}"
