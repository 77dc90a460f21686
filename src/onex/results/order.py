"""Which units a document of a run lists, and in which order.

A run that was cut off, or that had nothing to do, may have no unit that says so; then the run itself
is listed as one more, so that nobody who reads the units alone takes it for a success (AMB-02).
"""

from onex.results.told import told_units
from onex_types.run import Run, Unit


def plan_order(run: Run) -> list[Unit]:
    """The units of ``run`` in the order of the plan."""
    return _explained(run) if run["outcome"] == "error" else run["units"]


def run_order(run: Run) -> list[Unit]:
    """The units of ``run`` in their real order, in which they were started, or decided not to be.

    See ATLAS-14 and AMB-04.
    """
    units = plan_order(run) or _explained(run)
    return sorted(units, key=lambda unit: (unit["seq_exec"], unit["seq_plan"]))


def _explained(run: Run) -> list[Unit]:
    """The units of ``run``, and the run itself, with its times, where they do not explain its end."""
    count = len(run["units"])
    itself: list[Unit] = [
        {**unit, "started_us": run["started_us"], "finished_us": run["finished_us"]}
        for unit in told_units(run)[count:]
    ]
    return [*run["units"], *itself]
