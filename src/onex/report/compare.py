"""Two runs, or a run and a baseline: what became of each unit.

A unit that was skipped or blocked gave no verdict, so it is never what others are held to. Units
are paired by their ids. What each pair of statuses amounts to:

    before, after     success   partial, failure, error   blocked     skipped   (absent)
    (absent)           added     new failure               added       added
    skipped, blocked   changed   new failure               changed *   changed * removed
    success, partial   fixed *   regressed *               regressed   changed   removed
    failure, error     fixed     regressed or fixed *      changed     changed   removed

    * unless the status is the same; worse is: success < partial < failure < error

Blocked is worse than what worked: the unit was wanted and could not run. Skipped is a decision, and
no verdict on the unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from onex.errors import UsageError
from onex.report.figures import ratio
from onex.results.status import Status
from onex_types.run import Run, Unit

Kind: TypeAlias = Literal[
    "regressed", "new failure", "removed", "drift", "fixed", "changed", "added"
]
KINDS: tuple[Kind, ...] = (
    "regressed",
    "new failure",
    "removed",
    "drift",
    "fixed",
    "changed",
    "added",
)
"""What can become of a unit; the worst first."""

REGRESSIONS: frozenset[Kind] = frozenset({"regressed", "new failure", "removed"})
"""What `--only-regression` finds (AMB-09)."""

STRICT: frozenset[Kind] = REGRESSIONS | {"drift"}
"""What it finds with `--strict`: another output for the same input, too."""

_RANK: dict[Status, int] = {"success": 0, "partial": 1, "failure": 2, "error": 3}
_FAILED: frozenset[Status] = frozenset({"partial", "failure", "error"})
_WORKED: frozenset[Status] = frozenset({"success", "partial"})
_UNDECIDED: frozenset[Status] = frozenset({"skipped", "blocked"})


class Change(NamedTuple):
    """What became of one unit.

    Attributes:
        unit_id: the unit.
        change: what became of it.
        before: its status before; None when it was not there.
        after: its status now; None when it is not there.
    """

    unit_id: str
    change: Kind
    before: Status | None
    after: Status | None


class Differences(NamedTuple):
    """How one run differs from another.

    Attributes:
        before: the id of the run that it is held to.
        changes: the units that are not as they were, in the order of the plan, the removed ones last.
        ratio: how many times as long it took; None when the other took no time.
    """

    before: str
    changes: list[Change]
    ratio: float | None


def baseline(runs: Sequence[Run]) -> dict[str, Unit]:
    """The last verdict on each unit, by id; the runs are taken in the order of time.

    Raises:
        UsageError: there are no runs, or none of their units gave a verdict: nothing can be
            compared with that, and a comparison with nothing does not pass.
    """
    ordered = sorted(runs, key=lambda run: (run["started_us"], run["run_id"]))
    found = {
        unit["unit_id"]: unit
        for run in ordered
        for unit in run["units"]
        if unit["status"] not in _UNDECIDED
    }
    if not found:
        raise UsageError(
            "there is no baseline that a unit ran in; a comparison with nothing does not pass",
            help="name a run that was good: `onex report --only-regression --baseline RUN`",
        )
    return found


def changes(run: Run, baseline: Mapping[str, Unit], *, strict: bool = False) -> list[Change]:
    """What is worse in ``run`` than in ``baseline``; ``strict`` counts drift of outputs, too."""
    wanted = STRICT if strict else REGRESSIONS
    return [change for change in _compare(baseline, run["units"]) if change.change in wanted]


def compared(run: Run, baseline: Mapping[str, Unit]) -> int:
    """How many units of ``run`` gave a verdict that the baseline has one for, too."""
    return sum(
        unit["unit_id"] in baseline for unit in run["units"] if unit["status"] not in _UNDECIDED
    )


def differences(before: Run, after: Run) -> Differences:
    """Everything that is not in ``after`` as it was in ``before``."""
    units = {unit["unit_id"]: unit for unit in before["units"]}
    return Differences(
        before["run_id"],
        list(_compare(units, after["units"])),
        ratio(before["duration_us"], after["duration_us"]),
    )


def kind_of(before: Status | None, after: Status | None) -> Kind | None:
    """What two statuses of one unit amount to; None when nothing changed. See the table above."""
    if before == after:
        return None
    if after is None:
        return "removed"
    if before is None or before in _UNDECIDED:
        if after in _FAILED:
            return "new failure"
        return "added" if before is None else "changed"
    if after in _UNDECIDED:
        return "regressed" if after == "blocked" and before in _WORKED else "changed"
    return "regressed" if _RANK[after] > _RANK[before] else "fixed"


def _compare(before: Mapping[str, Unit], after: Sequence[Unit]) -> Iterator[Change]:
    for unit in after:
        old = before.get(unit["unit_id"])
        status = old["status"] if old else None
        kind = "drift" if old and _has_drifted(old, unit) else kind_of(status, unit["status"])
        if kind is not None:
            yield Change(unit["unit_id"], kind, status, unit["status"])
    here = {unit["unit_id"] for unit in after}
    for name, old in before.items():
        if name not in here:
            yield Change(name, "removed", old["status"], None)


def _has_drifted(old: Unit, new: Unit) -> bool:
    """Whether the same input gave another output, both with success and both on record."""
    return (
        old["status"] == new["status"] == "success"
        and old["input_hash"] is not None
        and old["input_hash"] == new["input_hash"]
        and None not in {old["output_hash"], new["output_hash"]}
        and old["output_hash"] != new["output_hash"]
    )
