"""The order in which facts can happen, so that a journal whose lines were moved is not believed.

    the run    run_started, run_planned, …, run_finished
    a unit     unit_planned, steps, unit_started, steps, unit_process, unit_result, unit_finished,
               unit_expected; or unit_refused; or unit_checked

Each of these happens once at most, and each step of a unit once. What a unit is refused after is
left open: it may have been planned.
"""

from onex.results.gathered import unit_number
from onex_types.fact import Fact

_AFTER: dict[str, str] = {
    "unit_started": "unit_planned",
    "unit_step": "unit_planned",
    "unit_process": "unit_started",
    "unit_result": "unit_started",
    "unit_finished": "unit_planned",
    "unit_expected": "unit_finished",
}
"""What must have happened to a unit before."""

_ENDS = frozenset({"unit_finished", "unit_refused", "unit_checked"})
_OFTEN = frozenset({"logged", "run_input", "run_output"})


class Sequence:
    """What has happened so far, by unit."""

    def __init__(self) -> None:
        self._run: set[str] = set()
        self._units: dict[int, set[str]] = {}

    def take(self, fact: Fact) -> None:
        """Take the next fact.

        Raises:
            ValueError: it cannot happen after those before it.
        """
        kind, number = fact["kind"], unit_number(fact)
        if not self._run and kind != "run_started":
            raise ValueError("a journal begins with run_started")
        if "run_finished" in self._run:
            raise ValueError("nothing happens after run_finished")
        if number is not None:
            self._take_unit(fact, kind, number)
        elif kind not in _OFTEN:
            if kind in self._run:
                raise ValueError(f"{kind} happens once")
            if kind == "run_planned" and self._units:
                raise ValueError("a run is planned before its units begin")
            self._run.add(kind)

    def _take_unit(self, fact: Fact, kind: str, number: int) -> None:
        done = self._units.setdefault(number, set())
        wanted = _AFTER.get(kind)
        if wanted is not None and wanted not in done:
            raise ValueError(f"{kind} of unit {number} comes before {wanted}")
        if kind != "unit_expected" and not done.isdisjoint(_ENDS):
            raise ValueError(f"{kind} of unit {number} comes after its end")
        name = f"step {fact['step']['step']}" if fact["kind"] == "unit_step" else kind
        if name in done:
            raise ValueError(f"{name} of unit {number} happens once")
        done.add(name)
