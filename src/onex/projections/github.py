"""GitHub Actions: workflow commands that annotate a run, and the summary of a step in Markdown.

What a node wrote is never a command of its own: it stands escaped, on the row of one of ours.
"""

from collections import Counter

from onex.core.text import plural
from onex.core.words import cut
from onex.core.workflow import LONGEST_CELL, MOST, cell, command, fitting
from onex.results.places import record
from onex.results.told import code, line, told_units
from onex_types.run import Run, Unit

LONGEST_NAME = 200

COMMANDS = {
    "error": "error",
    "failure": "error",
    "partial": "warning",
    "blocked": "notice",
    "skipped": "notice",
}
"""The command for a unit, by its status; the worst first."""

ORDER = [*COMMANDS, "success"]


def annotations(run: Run) -> str:
    """The workflow commands for a run: the worst units, then a notice that counts all."""
    units = told_units(run)
    worst = [unit for unit in _worst_first(units) if unit["status"] in COMMANDS]
    rows = [_annotation(unit) for unit in worst[:MOST]]
    told = _tally(units)
    if len(worst) > MOST:
        told += f"; {len(worst) - MOST} more are in the summary of this step"
    told += f"; the whole record is {record(run)}"
    title = f"onex {cut(run['pipeline_id'], LONGEST_NAME)}"
    rows.append(command("notice", {"title": title}, told))
    return "\n".join([*rows, ""])


def step_summary(run: Run) -> str:
    """The summary of a run in Markdown: the counts, then a table with the worst units first."""
    units = told_units(run)
    head = [f"## {cell(run['pipeline_id'])}: {run['outcome']}", "", f"{_facts(run, units)}", ""]
    head += ["| Status | Unit | Time | What happened |", "| --- | --- | ---: | --- |"]
    rows, left_out = fitting([_row(unit) for unit in _worst_first(units)], head)
    tail = [""]
    if left_out:
        tail += [f"**{plural(left_out, 'unit')} more** left out for their size.", ""]
    tail += [f"The whole record is `{record(run)}`.", ""]
    return "\n".join([*head, *rows, *tail])


def _worst_first(units: list[Unit]) -> list[Unit]:
    """The units by status, and those of one status in the order of the plan."""
    return sorted(units, key=lambda unit: ORDER.index(unit["status"]))


def _tally(units: list[Unit]) -> str:
    """How many units ended how."""
    found: Counter[str] = Counter(unit["status"] for unit in units)
    counts = [f"{found[status]} {status}" for status in ORDER if status in found]
    return ": ".join([plural(len(units), "unit"), *([", ".join(counts)] if counts else [])])


def _annotation(unit: Unit) -> str:
    message = f"{code(unit)}: {line(unit)}"
    if unit["reproduce"]:
        message += f"\nreproduce: {cut(unit['reproduce'], LONGEST_CELL)}"
    return command(COMMANDS[unit["status"]], {"title": cut(unit["unit_id"], LONGEST_NAME)}, message)


def _facts(run: Run, units: list[Unit]) -> str:
    told = f"{_tally(units)}."
    coverage = run["coverage"]
    if coverage and coverage["percent"] is not None:
        told += f" Coverage {coverage['percent']} %."  # as it was counted: never rounded up
    return told + (f" Reason: {cell(run['reason'])}." if run["reason"] else "")


def _row(unit: Unit) -> str:
    time = "" if unit["duration_us"] is None else f"{unit['duration_us'] // 1000} ms"
    told = cell(line(unit))
    if unit["status"] != "success":
        told = f"{cell(code(unit))}: {told}"
    cells = (unit["status"], cell(unit["unit_id"], LONGEST_NAME), time, told)
    return f"| {' | '.join(cells)} |"
