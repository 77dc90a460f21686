"""What a report shows of a run, whatever form it is written in: units, and how they are sorted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onex.core.text import plural, split_lines
from onex.report.compare import KINDS, Change, Differences
from onex.report.verdict import FAILING
from onex.results.headline import headline
from onex_types.run import Run, Unit

MOST_LINES = 12
"""How many lines of what a process wrote to standard error are shown: its last ones."""

STDERR = "stderr|"
"""The label of a line that a process wrote to standard error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A run, and what is to be shown of it.

    Attributes:
        run: the whole run; counts are always taken from it.
        units: the units that pass the filter, in the order of the plan.
        is_filtered: whether there is a filter.
        summary: whether units that no filter asks for are left out, failures aside.
        brief: whether the verdict is all there is to show, beside comparisons.
        coverage: whether coverage is shown.
        regressions: what is worse than in the baseline; None when there is none to compare with.
        compared: how many units the baseline knows, too.
        comparison: how the run differs from another one; None when there is none.
    """

    run: Run
    units: Sequence[Unit]
    is_filtered: bool = False
    summary: bool = False
    brief: bool = False
    coverage: bool = False
    regressions: list[Change] | None = None
    compared: int = 0
    comparison: Differences | None = None

    @property
    def failures(self) -> list[Unit]:
        """The units to explain in full, the worst first."""
        if self.brief:
            return []
        return [unit for status in FAILING for unit in self.units if unit["status"] == status]

    @property
    def others(self) -> list[Unit]:
        """The units to name in a row each."""
        if self.brief or (self.summary and not self.is_filtered):
            return []
        return [unit for unit in self.units if unit["status"] not in FAILING]


def told(unit: Unit) -> str:
    """What there is to say of a unit; nothing, where its status says it all."""
    words = headline(unit)
    return "" if words == unit["status"] else words


def details(unit: Unit) -> list[tuple[str, str]]:
    """What explains a failure, in pairs of a label and a line; the headline is left out."""
    found = [("also", error["message"]) for error in unit["errors"][1:]]
    unmet = (item["msg"] for item in unit["asserts"] if item["status"] == "fail")
    known = {headline(unit), *(error["message"] for error in unit["errors"])}
    found += [("expected", msg) for msg in unmet if msg not in known]
    found += [("warning", warning) for warning in unit["warnings"]]
    if unit["process"] is not None:
        found += [(STDERR, line) for line in tail(unit["process"]["stderr"]["text"])]
    hints = dict.fromkeys(error["hint"] for error in unit["errors"])
    found += [("help", hint) for hint in hints if hint]
    if unit["reproduce"] is not None:
        found.append(("again", unit["reproduce"]))
    return found


def tail(text: str) -> list[str]:
    """The last lines of ``text``; the first of them says how many are left out."""
    lines = split_lines(text.rstrip("\r\n")) if text.strip() else []
    if len(lines) <= MOST_LINES:
        return lines
    return [f"... ({plural(len(lines) - MOST_LINES, 'line')})", *lines[-MOST_LINES:]]


def tally(changes: Sequence[Change]) -> str:
    """How many units changed in which way, the worst first: `1 regressed, 2 removed`."""
    found = Counter(change.change for change in changes)
    return ", ".join(f"{found[kind]} {kind}" for kind in KINDS if kind in found) or "no difference"


def count_line(views: Sequence[View]) -> str:
    """How many units were looked at, and how many of them are shown."""
    looked = sum(len(view.run["units"]) for view in views)
    shown = sum(len(view.failures) + len(view.others) for view in views)
    runs = f"{plural(len(views), 'run')}, " if len(views) > 1 else ""
    line = f"{runs}{plural(looked, 'unit')} looked at, {shown} shown"
    if any(view.regressions is not None for view in views):
        line += f", {sum(view.compared for view in views)} compared with the baseline"
    return line
