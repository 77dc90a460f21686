"""The Reviewdog Diagnostic Format, as one JSON document (`rdjson`)."""

import json

from onex.core.document import SNIPPET
from onex.core.text import printable
from onex.core.values import JSON
from onex.validate.engine import Verdict
from onex_types.finding import Finding


def rdjson(verdict: Verdict) -> str:
    """The verdict as a `DiagnosticResult`."""
    document = {
        "source": {"name": "onex"},
        "diagnostics": [_diagnostic(finding) for finding in verdict.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _diagnostic(finding: Finding) -> dict[str, JSON]:
    help_text = f"\nhelp: {printable(finding['help'])}" if finding["help"] else ""
    start: dict[str, JSON] = {"line": finding["line"]}
    column = _byte_column(finding)
    if column is not None:
        start["column"] = column
    return {
        "message": printable(finding["message"]) + help_text,
        "location": {"path": printable(finding["path"]), "range": {"start": start}},
        "severity": finding["severity"].upper(),
        "code": {"value": finding["code"]},
    }


def _byte_column(finding: Finding) -> int | None:
    """The column in bytes of UTF-8, as the format counts; None where the line is not all there.

    A snippet shows characters that do not print as escapes, and leaves out the start of a long line.
    """
    count = finding["column"] - 1
    before = (finding["snippet"] or "")[:count]
    if "\\" in before or count > SNIPPET // 2 or len(before) < count:
        return 1 if count == 0 else None
    return len(before.encode()) + 1
