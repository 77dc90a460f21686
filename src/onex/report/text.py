"""A report as lines of text for a terminal: the verdict, failures first, the count last.

The lines hold what nodes and documents say, as they say it; whoever prints them escapes them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from onex.report.compare import Change
from onex.report.figures import duration
from onex.report.verdict import verdict
from onex.report.view import STDERR, View, count_line, details, tally, told
from onex_types.run import Unit

WIDEST = 60
"""How wide the column of names becomes; a longer name pushes its row to the right."""


class Line(NamedTuple):
    """A line of the report.

    Attributes:
        text: what it says.
        tone: the status or outcome that it tells of; empty where it tells of none.
    """

    text: str
    tone: str = ""


Part: TypeAlias = "Line | list[Unit]"
"""A line, or units to name in a row each."""


def lines(views: Sequence[View]) -> Iterator[str]:
    """The report as plain text."""
    for part in parts(views):
        if isinstance(part, Line):
            yield part.text
        else:
            yield from _rows(part)


def parts(views: Sequence[View]) -> Iterator[Part]:
    """The report on one run; or on several, a line for each and then what is shown of it."""
    for view in views:
        yield Line(verdict(view.run, coverage=view.coverage), view.run["outcome"])
    for view in views:
        inner = list(_body(view))
        if len(views) > 1 and inner:
            yield from (Line(""), Line(view.run["run_id"], view.run["outcome"]))
        yield from inner
    yield from (Line(""), Line(count_line(views)))


def comparisons(view: View) -> Iterator[tuple[str | None, str, list[Change]]]:
    """For each comparison the run that it is with, None for the baseline, its words and changes."""
    if view.comparison is not None:
        before, changes, ratio = view.comparison
        took = "" if ratio is None else f"; {ratio:g} times as long"
        yield before, f"{tally(changes)}{took}", changes
    if view.regressions is not None:
        found = tally(view.regressions) if view.regressions else "no regression"
        yield None, found, view.regressions


def statuses(change: Change) -> str:
    """The status of a unit before and now, as far as it was there and changed."""
    if change.before is None or change.after is None or change.before == change.after:
        return f"{change.before or change.after}"
    return f"{change.before} -> {change.after}"


def time_of(unit: Unit) -> str:
    """How long a unit took, where it was executed and that is known."""
    if unit["duration_us"] is None or not unit["executed"]:
        return ""
    return duration(unit["duration_us"])


def _body(view: View) -> Iterator[Part]:
    """What is told of a run below its verdict."""
    for before, words, changes in comparisons(view):
        yield from (Line(""), Line(f"compared with {before or 'the baseline'}: {words}"))
        for change in changes:
            text = f"  {change.change:<11}  {change.unit_id}: {statuses(change)}"
            yield Line(text, change.after or "")
    for unit in view.failures:
        yield Line("")
        yield from _failure(unit)
    if view.others:
        yield from (Line(""), view.others)


def _failure(unit: Unit) -> Iterator[Line]:
    """What happened, what explains it, and what does it again."""
    what = told(unit)
    name = f"{unit['status']}  {unit['unit_id']}"
    yield Line(f"{name}: {what}" if what else name, unit["status"])
    for label, text in details(unit):
        yield Line(f"  {label} {text}" if label == STDERR else f"  {label}: {text}")


def _rows(units: Sequence[Unit]) -> Iterator[str]:
    """A row for each unit, in columns; its warnings below it."""
    width = min(max(len(unit["unit_id"]) for unit in units), WIDEST)
    for unit in units:
        name = f"{unit['status']:<7}  {unit['unit_id']:<{width}}"
        yield f"{name}  {time_of(unit):>8}  {told(unit)}".rstrip()
        yield from (f"  warning: {warning}" for warning in unit["warnings"])
