"""A verdict in Markdown: one line that counts, and a table with the worst first."""

import sys
from collections.abc import Iterable

from onex.core.text import plural
from onex.core.workflow import cell, fitting
from onex.validate.engine import Verdict
from onex.validate.text import count_line
from onex_types.finding import Finding

LONGEST_PLACE = 200


def markdown(verdict: Verdict, limit: int = sys.maxsize) -> str:
    """The verdict as a piece of Markdown.

    Args:
        verdict: the verdict.
        limit: how many bytes it may have; findings that do not fit are counted.
    """
    outcome = "failed" if verdict.fails else "passed"
    head = [f"## onex validate: {outcome}", "", f"{cell(count_line(verdict))}.", ""]
    rows = [_row(finding, finding["severity"]) for finding in worst_first(verdict.findings)]
    rows += [_row(finding, "waived", waiver["reason"]) for finding, waiver in verdict.waived]
    if not rows:
        return "\n".join(head)
    head += ["| Severity | Place | Rule | What was found |", "| --- | --- | --- | --- |"]
    kept, left_out = fitting(rows, head, limit)
    tail = ["", f"**{plural(left_out, 'finding')} more** left out for their size."]
    return "\n".join([*head, *kept, *(tail if left_out else []), ""])


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The errors, then the warnings, each in the order of their places."""
    return sorted(findings, key=lambda finding: finding["severity"])


def _row(finding: Finding, severity: str, reason: str = "") -> str:
    place = f"{finding['path']}:{finding['line']}:{finding['column']}"
    said = f"{finding['message']} (waived: {reason})" if reason else finding["message"]
    cells = (
        severity,
        cell(place, LONGEST_PLACE),
        f"{finding['code']} {finding['rule']}",
        cell(said),
    )
    return f"| {' | '.join(cells)} |"
