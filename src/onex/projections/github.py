"""GitHub Actions: workflow commands that annotate a run, and the summary of a step in Markdown.

What a node wrote is never a command of its own: it stands escaped, on the row of one of ours.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from onex.core.text import plural
from onex.core.words import cut
from onex.results.places import record
from onex.results.told import code, line, told_units
from onex_types.run import Run, Unit

MOST = 9
"""GitHub shows ten annotations of a kind and step; the last is ours, and says how many there are."""

LIMIT = 900 * 1024
"""The most bytes of a summary; GitHub takes none of more than 1 MiB."""

TAIL = 2_048
"""How many bytes are kept for the row that says what was left out."""

LONGEST_NAME = 200
LONGEST_CELL = 300

COMMANDS = {
    "error": "error",
    "failure": "error",
    "partial": "warning",
    "blocked": "notice",
    "skipped": "notice",
}
"""The command for a unit, by its status; the worst first."""

ORDER = [*COMMANDS, "success"]

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})

# A reference stands for its character and never for markup; the rest of ASCII means nothing
# within a cell, and the rest of Unicode means nothing at all.
_MARKUP = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_~[]<>&|#!@$:"})
_WEB = re.compile(r"(www)\.", re.IGNORECASE)  # becomes a link without any mark


def annotations(run: Run) -> str:
    """The workflow commands for a run: the worst units, then a notice that counts all."""
    units = told_units(run)
    worst = [unit for unit in _worst_first(units) if unit["status"] in COMMANDS]
    rows = [_annotation(unit) for unit in worst[:MOST]]
    told = _tally(units)
    if len(worst) > MOST:
        told += f"; {len(worst) - MOST} more are in the summary of this step"
    told += f"; the whole record is {record(run)}"
    rows.append(_command("notice", f"onex {cut(run['pipeline_id'], LONGEST_NAME)}", told))
    return "\n".join([*rows, ""])


def step_summary(run: Run) -> str:
    """The summary of a run in Markdown: the counts, then a table with the worst units first."""
    units = told_units(run)
    head = [f"## {_cell(run['pipeline_id'])}: {run['outcome']}", "", f"{_facts(run, units)}", ""]
    head += ["| Status | Unit | Time | What happened |", "| --- | --- | ---: | --- |"]
    rows, left_out = _fitting([_row(unit) for unit in _worst_first(units)], _size(head))
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
    return _command(COMMANDS[unit["status"]], cut(unit["unit_id"], LONGEST_NAME), message)


def _command(name: str, title: str, message: str) -> str:
    return f"::{name} title={title.translate(_PROPERTY)}::{message.translate(_MESSAGE)}"


def _facts(run: Run, units: list[Unit]) -> str:
    told = f"{_tally(units)}."
    coverage = run["coverage"]
    if coverage and coverage["percent"] is not None:
        told += f" Coverage {coverage['percent']} %."  # as it was counted: never rounded up
    return told + (f" Reason: {_cell(run['reason'])}." if run["reason"] else "")


def _row(unit: Unit) -> str:
    time = "" if unit["duration_us"] is None else f"{unit['duration_us'] // 1000} ms"
    told = _cell(line(unit))
    if unit["status"] != "success":
        told = f"{_cell(code(unit))}: {told}"
    cells = (unit["status"], _cell(unit["unit_id"], LONGEST_NAME), time, told)
    return f"| {' | '.join(cells)} |"


def _cell(text: str, length: int = LONGEST_CELL) -> str:
    """``text`` on one row, with nothing in it that Markdown or HTML would read."""
    return _WEB.sub(r"\1&#46;", cut(text, length).translate(_MARKUP))


def _fitting(rows: list[str], used: int) -> tuple[list[str], int]:
    """The rows that fit below the limit, and how many do not."""
    for number, size in enumerate(_sizes(rows)):
        used += size
        if used > LIMIT - TAIL:
            return rows[:number], len(rows) - number
    return rows, 0


def _sizes(rows: Iterable[str]) -> Iterator[int]:
    return (len(row.encode()) + 1 for row in rows)


def _size(rows: Iterable[str]) -> int:
    return sum(_sizes(rows))
