"""What an export tells of a run: its units, and of each a code, one line, and a lasting identity.

Every format that other tools read says the same of a unit, so it is decided here. A run that ended
worse than its units explain (it was cut off, or there was nothing to run) is told as one unit more:
no reader of units alone may take it for a success (AMB-02).
"""

import re
from collections.abc import Iterable

from onex.core import identities as lasting
from onex.core.text import printable, split_lines
from onex.core.words import cut
from onex.results.blank import blank_unit
from onex.results.headline import headline
from onex.results.status import Outcome, Status
from onex_types.run import Run, Unit

LONGEST = 1_000
"""How many characters a line about a unit has at most."""

MOST = 20
"""How many lines of one kind are told of a unit."""

OUTCOME = "outcome"
"""The case key of the unit that stands for the run itself."""

_EXPLAINED: dict[Outcome, set[Status]] = {
    "success": set(),
    "partial": {"partial", "skipped", "blocked", "failure", "error"},
    "failure": {"failure", "error"},
    "error": {"error"},
}
"""The statuses of which one unit must have one, so that the units explain the outcome."""

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,127}").fullmatch


def told_units(run: Run) -> list[Unit]:
    """The units of ``run``, and the run itself where they do not explain how it ended."""
    explained = _EXPLAINED[run["outcome"]]
    if not explained or any(unit["status"] in explained for unit in run["units"]):
        return run["units"]
    return [*run["units"], _unit_of(run)]


def code(unit: Unit) -> str:
    """The stable word for how the unit ended: its error's code, else its reason, else its status."""
    if unit["errors"]:
        return unit["errors"][0]["code"]
    reason = unit["reason"] or ""
    return reason if _CODE(reason) else unit["status"]


def line(unit: Unit) -> str:
    """What happened to the unit, on one row that is never empty and holds no control character."""
    text = headline(unit)
    if unit["status"] == "partial" and unit["warnings"]:
        text = unit["warnings"][0]
    return cut(text.strip(), LONGEST) or unit["status"]


def few(texts: Iterable[str]) -> list[str]:
    """The first ``MOST`` of ``texts``, each on one row, and a row that says how many are left out."""
    every = list(texts)
    rows = [cut(text, LONGEST) for text in every[:MOST]]
    return rows if len(every) <= MOST else [*rows, f"… and {len(every) - MOST} more"]


def block(text: str) -> str:
    """``text`` with its lines and tabs, and with escapes for all else that does not print."""
    return "\n".join(_row(row) for row in split_lines(text))


def identities(units: Iterable[Unit]) -> list[str]:
    """A digest for each unit that is its own, and the same in every run in which it ends like that.

    It is of the unit's name and code alone: messages hold numbers and times.
    """
    return lasting.identities((unit["unit_id"], code(unit)) for unit in units)


def _row(row: str) -> str:
    # Most rows print as they are, and the question is a hundred times as fast as the answer.
    return row if row.isprintable() else "\t".join(map(printable, row.split("\t")))


def _unit_of(run: Run) -> Unit:
    """The run itself as a unit."""
    outcome, reason = run["outcome"], run["reason"]
    told = reason or ("its units do not say why" if run["units"] else "there was nothing to run")
    return {
        **blank_unit(run["pipeline_id"], OUTCOME, len(run["units"])),
        "kind": "run",
        "status": outcome,
        "reason": reason,
        "duration_us": run["duration_us"],
        "errors": [
            {
                "code": reason if reason and _CODE(reason) else f"run-{outcome}",
                "message": f"the run ended as {outcome}: {told}",
                "details": {},
                "hint": "run.log in the folder of the run says what happened",
            }
        ],
    }
