"""A report as Markdown, for a pull request or a wiki.

Everything that comes from nodes and documents stands in code: there it is neither markup nor HTML,
and nobody is mentioned and nothing is linked by it.
"""

import re
from collections.abc import Iterator, Sequence

from onex.core.words import cut
from onex.report.figures import duration
from onex.report.text import comparisons, statuses, time_of
from onex.report.verdict import counts, coverage_text, score
from onex.report.view import STDERR, View, count_line, details, told
from onex_types.run import Unit

LONGEST = 1_000
"""How many characters of one text are shown."""

_PLAIN = frozenset(" ,;()'\"/=+-")


def code(text: str) -> str:
    """``text`` as a piece of code in a line or in a cell of a table; nothing for nothing."""
    shown = cut(text, LONGEST)
    if not shown:
        return ""
    # A cell ends at `|` even in code, and a backtick ends code: these are spelt as HTML.
    if shown.isspace() or not {"|", "`", "\\"}.isdisjoint(shown):
        inner = "".join(c if c.isalnum() or c in _PLAIN else f"&#{ord(c)};" for c in shown)
        return f"<code>{inner}</code>"
    return f"`{shown}`"


def markdown(views: Sequence[View]) -> str:
    """The report as a document."""
    return "".join(f"{line}\n" for line in _document(views))


def _document(views: Sequence[View]) -> Iterator[str]:
    for view in views:
        yield from _verdict(view)
        yield from _comparisons(view)
        if view.failures:
            yield from ["", "### Failures"]
        for unit in view.failures:
            yield from _failure(unit)
        if view.others:
            yield from ["", "### Units", ""]
            yield from _table(view.others)
        yield ""
    yield f"{count_line(views)}."


def _verdict(view: View) -> Iterator[str]:
    run = view.run
    yield f"## {code(run['run_id'])}: {_score(view)}"
    yield ""
    facts = [f"{count} {status}" for status, count in counts(run["units"]).items()]
    facts.append(duration(run["duration_us"]))
    if view.coverage:
        facts.append(coverage_text(run))
    yield " · ".join(facts)


def _score(view: View) -> str:
    """The score; why the outcome is what it is may be anybody's words."""
    run = view.run
    if run["reason"] is None:
        return score(run)
    return f"{score({**run, 'reason': None})} ({code(run['reason'])})"


def _comparisons(view: View) -> Iterator[str]:
    for before, words, changes in comparisons(view):
        yield from ["", f"### Compared with {code(before) if before else 'the baseline'}: {words}"]
        if changes:
            yield from ["", "| change | unit | status |", "| --- | --- | --- |"]
        for change in changes:
            yield f"| {change.change} | {code(change.unit_id)} | {statuses(change)} |"


def _failure(unit: Unit) -> Iterator[str]:
    yield from [
        "",
        f"**{unit['status']}** {code(unit['unit_id'])}: {code(told(unit))}".rstrip(": "),
    ]
    found = details(unit)
    explained = [f"- {label}: {code(text)}" for label, text in found if label != STDERR]
    if explained:
        yield from ["", *explained]
    written = [cut(text, LONGEST) for label, text in found if label == STDERR]
    if written:
        # A fence is closed by a longer row of backticks alone.
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", "\n".join(written))), default=0))
        yield from ["", f"{fence}text", *written, fence]


def _table(units: Sequence[Unit]) -> Iterator[str]:
    yield "| status | unit | time | |"
    yield "| --- | --- | ---: | --- |"
    for unit in units:
        words = [told(unit), *(f"warning: {warning}" for warning in unit["warnings"])]
        cells = "<br>".join(code(word) for word in words if word)
        yield f"| {unit['status']} | {code(unit['unit_id'])} | {time_of(unit)} | {cells} |"
