"""The verdict on a run in one line: it tells of the whole run, whatever a filter shows of it."""

from collections.abc import Iterable

from onex.report.figures import duration, percent
from onex.results.status import Status
from onex_types.run import Run, Unit

STATUSES: tuple[Status, ...] = ("success", "partial", "failure", "error", "blocked", "skipped")
"""Every status, in the order in which they are counted."""

FAILING: tuple[Status, ...] = ("error", "failure", "partial")
"""The statuses that a report explains in full: no plain success, and no decision; the worst first."""


def counts(units: Iterable[Unit]) -> dict[Status, int]:
    """How many units have each status; those that do not occur are left out."""
    found = [unit["status"] for unit in units]
    return {status: found.count(status) for status in STATUSES if status in found}


def verdict(run: Run, *, coverage: bool = False) -> str:
    """`id: 1 of 2, partial: 1 success, 1 failure; 11.0 s` (ONEX-R-16); coverage when asked for."""
    found = counts(run["units"])
    parts = [f"{run['run_id']}: {score(run)}"]
    if found:
        parts.append(": " + ", ".join(f"{count} {status}" for status, count in found.items()))
    parts.append(f"; {duration(run['duration_us'])}")
    if coverage:
        parts.append(f"; {coverage_text(run)}")
    return "".join(parts)


def score(run: Run) -> str:
    """How many units succeeded, and what the run came to: `1 of 2, partial`."""
    passed = sum(unit["status"] == "success" for unit in run["units"])
    reason = f" ({run['reason']})" if run["reason"] else ""
    return f"{passed} of {len(run['units'])}, {run['outcome']}{reason}"


def coverage_text(run: Run) -> str:
    """How much of what should run did."""
    found = run["coverage"]
    if found is None or found["percent"] is None:
        return "coverage unknown"
    return f"coverage {percent(found['percent'])} % ({found['covered']} of {found['active']} active nodes)"
