"""Findings as people read them in a terminal, and as programs read them from a pipe."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from onex.core.document import SNIPPET
from onex.core.text import plural
from onex.validate.engine import Verdict
from onex_types.finding import Finding


def render_text(verdict: Verdict) -> Iterator[str]:
    """One block of lines per finding, then the line that counts.

    ``path:line:column: CODE [*] message``, the line of the file with a mark under the column, and
    what to do. ``[*]`` marks what `--fix` mends, ``[-]`` what only unsafe fixes do.
    """
    for finding in verdict.findings:
        yield from render_finding(finding)
        fix = finding.get("fix")
        if verdict.shows_unsafe and fix and not finding["fixable"]:
            yield f"  unsafe fix: {fix['message']}"
    yield from _waived_lines(verdict)
    yield count_line(verdict)


def render_concise(verdict: Verdict) -> Iterator[str]:
    """One line per finding, then the line that counts."""
    yield from map(_first_line, verdict.findings)
    yield from _waived_lines(verdict)
    yield count_line(verdict)


def render_statistics(verdict: Verdict) -> Iterator[str]:
    """How often each rule found something, the most frequent first, then the line that counts."""
    found = Counter((f["code"], f["rule"]) for f in verdict.findings)
    marks = {f["code"]: _mark(f) for f in sorted(verdict.findings, key=lambda f: f["fixable"])}
    for (code, name), count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>7}  {code} {marks[code]:<3} {name}"
    yield count_line(verdict)


def _waived_lines(verdict: Verdict) -> Iterator[str]:
    """One line per finding that its owner accepts."""
    for finding, waiver in verdict.waived:
        terms = f"waived until {waiver['expires']} ({waiver['reason']})"
        yield f"{_place(finding)}: {finding['code']} {terms}: {finding['message']}"


def _place(finding: Finding) -> str:
    return f"{finding['path']}:{finding['line']}:{finding['column']}"


def _first_line(finding: Finding) -> str:
    mark = f" {mark}" if (mark := _mark(finding)) else ""
    kind = "warning: " if finding["severity"] == "warning" else ""
    return f"{_place(finding)}: {finding['code']}{mark} {kind}{finding['message']}"


def _mark(finding: Finding) -> str:
    """Whether a program mends the finding."""
    if finding["fixable"]:
        return "[*]"
    return "[-]" if finding.get("fix") else ""


def render_finding(finding: Finding) -> Iterator[str]:
    """The lines of one finding."""
    yield _first_line(finding)
    if finding["snippet"]:
        number = str(finding["line"])
        yield f"  {' ' * len(number)} |"
        yield f"  {number} | {finding['snippet']}"
        yield f"  {' ' * len(number)} | {' ' * _offset(finding['snippet'], finding['column'])}^"
    if finding["help"]:
        yield f"  help: {finding['help']}"


_CELL = re.compile(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|.")


def _offset(snippet: str, column: int) -> int:
    """How many cells of a terminal stand left of the character at ``column`` of the line.

    A character that does not print is shown as an escape, a wide one takes two cells, and the
    start of a long line is left out.
    """
    count, cells = column - 1, 0
    if snippet.startswith("...") and count > SNIPPET // 2:
        snippet, count, cells = snippet[3:], SNIPPET // 2, 3
    for cell in _CELL.findall(snippet)[:count]:
        cells += sum(map(_width, cell))
    return cells


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def count_line(verdict: Verdict) -> str:
    """What was checked and what was found, in one line; nodes are left out where none were meant."""
    counts = ((verdict.contracts, "contract"), (verdict.trees, "`.tree` file"))
    checked = [plural(count, noun) for count, noun in counts if count]
    if verdict.nodes or not checked:
        checked.insert(0, plural(verdict.nodes, "node"))
    errors, warnings = verdict.count("error"), verdict.count("warning")
    found = f"{plural(errors, 'error')}, {plural(warnings, 'warning')}"
    if verdict.waived:
        found += f", {len(verdict.waived)} waived"
    if verdict.hidden:
        found += f", {verdict.hidden} in the baseline"
    if verdict.fixed:
        found += f", {verdict.fixed} fixed"
    scope = f"{verdict.scope}; " if verdict.scope else ""
    return f"{scope}{' and '.join(checked)} checked: {found}{_remedies(verdict)}"


def _remedies(verdict: Verdict) -> str:
    """How much can be mended, and by which options."""
    safe = sum(finding["fixable"] for finding in verdict.findings)
    unsafe = sum(finding.get("fix") is not None for finding in verdict.findings) - safe
    if not safe:
        return f" ({unsafe} fixable with `--fix --unsafe-fixes`)" if unsafe else ""
    more = f", {unsafe} more with `--unsafe-fixes`" if unsafe else ""
    return f" ({safe} fixable with `--fix`{more})"


def render_ndjson(findings: Iterable[Finding]) -> Iterator[str]:
    """One line of JSON per finding."""
    for finding in findings:
        yield json.dumps(finding, ensure_ascii=False, sort_keys=True)


def render_json(verdict: Verdict) -> str:
    """The verdict as one JSON document."""
    document = {
        "nodes_checked": verdict.nodes,
        "contracts_checked": verdict.contracts,
        "trees_checked": verdict.trees,
        "errors": verdict.count("error"),
        "warnings": verdict.count("warning"),
        "findings": verdict.findings,
        "waived": [{"finding": finding, **waiver} for finding, waiver in verdict.waived],
        "in_baseline": verdict.hidden,
        "edition": verdict.edition,
        "fixed": verdict.fixed,
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
