"""A way to look at runs: which filters hold, and what each run is compared with (ONEX-R-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onex.errors import OnexError
from onex.report.compare import Change, changes, compared, differences
from onex.report.select import only_failed, only_named
from onex.report.view import View
from onex_types.run import Run, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What to show of runs.

    Attributes:
        failed: whether units that succeeded are left out.
        regressed: whether units are left out that are not worse than in the baseline.
        strict: whether another output for the same input is worse.
        summary: see ``View``.
        coverage: see ``View``.
        baseline: the units that others are held to, by id; None when there is no baseline.
        other: the run that others are compared with, or None.
    """

    failed: bool = False
    regressed: bool = False
    strict: bool = False
    summary: bool = False
    coverage: bool = False
    baseline: Mapping[str, Unit] | None = None
    other: Run | None = None

    def at(self, run: Run, *, alone: bool = True) -> View:
        """What is to be shown of ``run``; one of several is shown as far as a filter asks for it.

        Raises:
            OnexError: only regressions are wanted, and nothing in the run can be compared.
        """
        worse = self._worse(run)
        units: Sequence[Unit] = only_failed(run["units"]) if self.failed else run["units"]
        if self.regressed:
            units = only_named(units, {change.unit_id for change in worse or []})
        is_filtered = self.failed or self.regressed
        return View(
            run=run,
            units=units,
            is_filtered=is_filtered,
            summary=self.summary,
            brief=not alone and not is_filtered,
            coverage=self.coverage,
            regressions=worse,
            compared=0 if self.baseline is None else compared(run, self.baseline),
            comparison=None if self.other is None else differences(self.other, run),
        )

    def _worse(self, run: Run) -> list[Change] | None:
        """What is worse in ``run``, when there is something to compare with."""
        if self.baseline is None:
            return None
        found = changes(run, self.baseline, strict=self.strict)
        if self.regressed and not found and not compared(run, self.baseline):
            raise OnexError(
                f"{run['run_id']}: no unit has a verdict that the baseline has one for, too; nothing was compared",
                help="name a baseline of the same nodes: `--baseline RUN`",
            )
        return found
