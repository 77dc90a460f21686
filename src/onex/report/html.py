"""The page of a run: one HTML file that is complete without JavaScript and asks for nothing.

It depends on the run alone: the same run gives the same bytes. What it shows and how much of each
stands in ``page``, part by part.
"""

from collections.abc import Sequence
from typing import Any, cast

from onex.core.values import JSON
from onex.report.compare import Change
from onex.report.page import assets
from onex.report.page.details import details
from onex.report.page.failures import failing, failure
from onex.report.page.gates import gates
from onex.report.page.graph import graph
from onex.report.page.provenance import headline, provenance
from onex.report.page.record import log, raw
from onex.report.page.rows import Budget, rows, urgent
from onex.report.page.statuses import SYMBOLS, counts
from onex.report.page.texts import cut
from onex.report.page.timeline import timeline
from onex.report.verdict import FAILING
from onex.results.blank import blank_unit
from onex.results.volatile import strip
from onex_types.run import Run, Unit

MOST_NOTED = 100
"""How many warnings, changes and artifacts a page lists at most."""

FAILURES_SIZE = 300_000
TABLE_SIZE = 1_000_000
"""How many bytes the table takes at most, if its rows alone do not take more."""


def page(
    run: Run,
    *,
    comparison: Sequence[Change] | None = None,
    golden: bool = False,
) -> str:
    """The page of ``run``.

    Args:
        run: the record of the run.
        comparison: what is worse than in a baseline; None when there is no baseline.
        golden: whether what differs between two equal runs is left out.
    """
    record = run
    if golden:
        record = cast("Run", strip(cast("JSON", run), "run"))
        run = _filled(record)
    template = assets.environment().get_template("page.html.j2")
    return template.render(
        run=run,
        policy=assets.policy(),
        css=assets.read("page.css"),
        js=assets.read("page.js"),
        symbols=SYMBOLS,
        cut=cut,
        headline=headline(run),
        counts=counts(run["units"]),
        succeeded=sum(unit["status"] == "success" for unit in run["units"]),
        changes=comparison,
        gates=gates(run),
        graph=graph(run),
        timeline=timeline(run),
        provenance=provenance(run),
        log=log(run),
        raw=raw(record),
        golden=golden,
        most=MOST_NOTED,
        warned=_warned(run),
        **_failures(run),
        **_table(run),
    )


def _filled(record: Run) -> Run:
    """A golden record whose units have all members again: what was left out is not known."""
    units = [
        cast("Unit", {**blank_unit(unit["item_id"], unit["case_key"], unit["seq_plan"]), **unit})
        for unit in record["units"]
    ]
    return {**record, "units": units}


def _warned(run: Run) -> list[tuple[int, str, str]]:
    """The warnings of units that did not fail: those of others stand with their failures."""
    return [
        (number, unit["unit_id"], warning)
        for number, unit in enumerate(run["units"])
        if unit["status"] not in FAILING
        for warning in unit["warnings"]
    ]


def _failures(run: Run) -> dict[str, object]:
    """The units that did not succeed, as many as there is room for, and at least one."""
    found = failing(run)
    budget = Budget(FAILURES_SIZE)
    cards: list[str] = []
    for number in found:
        card = _macros().card(failure(number, run["units"][number]), SYMBOLS)
        if not budget.takes(card) and cards:
            break
        cards.append(card)
    return {"cards": cards, "failed": len(found)}


def _table(run: Run) -> dict[str, object]:
    """The rows of the table, with the details of as many units as there is room for."""
    found = {row.number: row for row in rows(run)}
    heads = {number: _macros().head(row, SYMBOLS) for number, row in found.items()}
    budget = Budget(TABLE_SIZE - sum(len(head.encode()) for head in heads.values()))
    cells: dict[int, str] = {}
    for number in urgent(run):
        if number in found and not budget.is_spent:
            cell = _macros().cell(found[number].text, details(run["units"][number]))
            if budget.takes(cell):
                cells[number] = cell
    return {
        "rows": [(head, cells.get(number, found[number].text)) for number, head in heads.items()],
        "without": len(found) - len(cells),
    }


def _macros() -> Any:  # noqa: ANN401 - the macros of a template have no types
    """What draws the parts of a unit."""
    return assets.environment().get_template("unit.html.j2").module
