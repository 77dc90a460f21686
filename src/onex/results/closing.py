"""The facts that close a run which was cut off, so that every unit ends in exactly one verdict."""

from collections.abc import Iterator

from onex.results import facts
from onex.results.execution import INTERRUPTED
from onex.results.run import RunFold
from onex.results.unit import NEVER_BEGUN
from onex_types.fact import Fact


def closing_facts(fold: RunFold, at_us: int) -> Iterator[Fact]:
    """A fact for each unit of ``fold`` that is open: begun or not, the cut ended it."""
    for unit in fold.open_units():
        if unit.planned is None:
            yield facts.unit_refused(at_us, unit.number, status="blocked", error=NEVER_BEGUN)
            continue
        since = unit.started["at_us"] if unit.started else at_us
        yield facts.unit_finished(
            at_us,
            unit.number,
            status="error",
            reason=INTERRUPTED["code"],
            error=INTERRUPTED,
            duration_us=max(0, at_us - since),
        )
