"""A report as one JSON document: the record of each run, with the units that are shown.

Beside the members of the format `run` each has a `summary`, which counts all units, shown or not.
"""

from collections.abc import Sequence
from typing import cast

from onex.core.values import JSON
from onex.report.compare import Change
from onex.report.verdict import counts
from onex.report.view import View
from onex.results.volatile import strip


def document(views: Sequence[View], *, golden: bool = False) -> JSON:
    """The report; ``golden`` leaves out what differs between two equal runs."""
    return {"runs": [_run(view, golden=golden) for view in views]}


def _run(view: View, *, golden: bool) -> JSON:
    run = view.run if view.coverage else {**view.run, "coverage": None}
    shown = cast("JSON", {**run, "units": list(view.units)})
    record = cast("dict[str, JSON]", strip(shown, "run") if golden else shown)
    if not view.coverage:
        del record["coverage"]
    record["summary"] = {
        "units": len(view.run["units"]),
        "shown": len(view.units),
        "counts": cast("JSON", counts(view.run["units"])),
    }
    if view.regressions is not None:
        record["regressions"] = _changes(view.regressions)
    if view.comparison is not None:
        before, changes, ratio = view.comparison
        record["comparison"] = {"before": before, "changes": _changes(changes), "ratio": ratio}
    return record


def _changes(changes: Sequence[Change]) -> list[JSON]:
    return [change._asdict() for change in changes]
