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
    column = _byte_column(finding, finding["line"], finding["column"])
    if column is not None:
        start["column"] = column
    diagnostic: dict[str, JSON] = {
        "message": printable(finding["message"]) + help_text,
        "location": {"path": printable(finding["path"]), "range": {"start": start}},
        "severity": finding["severity"].upper(),
        "code": {"value": finding["code"]},
    }
    suggestions = _suggestions(finding)
    if suggestions:
        diagnostic["suggestions"] = [*suggestions]
    return diagnostic


def _suggestions(finding: Finding) -> list[JSON]:
    """What can be put in the place of what; none when not all places can be told in bytes."""
    fix = finding.get("fix")
    found: list[JSON] = []
    for edit in fix["edits"] if fix else ():
        start = _byte_column(finding, edit["line"], edit["column"])
        end = _byte_column(finding, edit["end_line"], edit["end_column"])
        if start is None or end is None:
            return []
        place: JSON = {
            "start": {"line": edit["line"], "column": start},
            "end": {"line": edit["end_line"], "column": end},
        }
        found.append({"range": place, "text": edit["text"]})
    return found


def _byte_column(finding: Finding, line: int, column: int) -> int | None:
    """A column in bytes of UTF-8, as the format counts; None where the line is not all there.

    A snippet shows characters that do not print as escapes, and leaves out the start of a long line.
    """
    count = column - 1
    before = (finding["snippet"] or "")[:count] if line == finding["line"] else ""
    if "\\" in before or count > SNIPPET // 2 or len(before) < count:
        return 1 if count == 0 else None
    return len(before.encode()) + 1
