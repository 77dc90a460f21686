"""GitLab code quality: one entry a finding, a line each (Code Climate's subset)."""

import json

from onex.core.text import printable
from onex.core.values import JSON
from onex.core.words import cut
from onex.validate.engine import Verdict
from onex.validate.fingerprint import fingerprints
from onex_types.finding import Finding

LONGEST = 1_000

SEVERITIES = {"error": "major", "warning": "minor"}
"""GitLab's word for how bad a finding is."""


def code_quality(verdict: Verdict) -> str:
    """The verdict as a code quality report."""
    entries = [
        json.dumps(_entry(finding, identity), ensure_ascii=False, sort_keys=True)
        for finding, identity in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    return "[\n" + ",\n".join(entries) + "\n]\n" if entries else "[]\n"


def _entry(finding: Finding, identity: str) -> dict[str, JSON]:
    return {
        "description": cut(f"{finding['code']} {finding['message']}", LONGEST),
        "check_name": finding["rule"],
        "fingerprint": identity,
        "severity": SEVERITIES[finding["severity"]],
        "location": {"path": printable(finding["path"]), "lines": {"begin": finding["line"]}},
    }
