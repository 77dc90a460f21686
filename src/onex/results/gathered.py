"""The facts of one unit, sorted by what they say; results and reports are made of these."""

from typing import cast

from onex_types.common import Step
from onex_types.fact import (
    Fact,
    PlanItem,
    UnitChecked,
    UnitExpected,
    UnitFinished,
    UnitPlanned,
    UnitProcess,
    UnitRefused,
    UnitResult,
    UnitStarted,
)

RUN = "run"
"""The case key of the one execution of a node."""


class Gathered:
    """What the facts say of one unit so far.

    Attributes:
        number: the unit's place in the plan.
        item: what it is to execute or check.
        order: its place in the real order of starts and of decisions not to start.
        decided_us: when it was started, or decided not to be.
        last_us: when something last happened to it.
        line: the line of the log that says how it ended.
    """

    def __init__(self, number: int, item: PlanItem, at_us: int) -> None:
        self.number = number
        self.item = item
        self.order: int | None = None
        self.decided_us = at_us
        self.last_us = at_us
        self.line: int | None = None
        self.reproduce: str | None = None
        self.planned: UnitPlanned | None = None
        self.started: UnitStarted | None = None
        self.trace: list[Step] = []
        self.process: UnitProcess | None = None
        self.result: UnitResult | None = None
        self.finished: UnitFinished | None = None
        self.refused: UnitRefused | None = None
        self.expected: UnitExpected | None = None
        self.checked: UnitChecked | None = None

    def add(self, fact: Fact) -> None:
        """Take the next fact of this unit.

        Raises:
            ValueError: it has no place behind those before it.
        """
        self._judge(fact["kind"])
        self.last_us = fact["at_us"]
        match fact["kind"]:
            case "unit_planned":
                self.planned = fact
            case "unit_started":
                self.started = fact
            case "unit_step":
                self.trace.append(fact["step"])
            case "unit_process":
                self.process = fact
            case "unit_result":
                self.result = fact
            case "unit_finished":
                self.finished = fact
            case "unit_refused":
                self.refused = fact
            case "unit_expected":
                self.expected = fact
            case "unit_checked":
                self.checked = fact

    def _judge(self, kind: str) -> None:
        problem = self._problem(kind)
        if problem:
            raise ValueError(f"unit {self.number} {problem}")

    def _problem(self, kind: str) -> str | None:
        """Why a fact of this kind has no place here: a unit is planned, begins and ends once."""
        if kind == "unit_expected":
            return (
                "is compared with its case once, at its end"
                if self.expected or self.is_open
                else None
            )
        if not self.is_open:
            return "ends once"
        if kind == "unit_planned":
            return "is planned once" if self.planned else None
        if kind == "unit_checked":
            return "is a node, and no check" if self.planned else None
        if kind in {"unit_started", "unit_refused"} and self.started:
            return "has begun"
        return None if self.planned or kind == "unit_refused" else "was never planned"

    @property
    def unit_id(self) -> str:
        """The unit's name in its run."""
        return unit_id(self.item)

    @property
    def is_open(self) -> bool:
        """Whether no fact says how the unit ended."""
        return not (self.finished or self.refused or self.checked)

    @property
    def was_executed(self) -> bool:
        """Whether this is a node that was taken in hand, and not left out after all."""
        status = self.finished["status"] if self.finished else None
        is_left_out = self.refused is not None or status in {"skipped", "blocked"}
        return self.planned is not None and not is_left_out

    def release(self) -> None:
        """Let go of the states, which may be large; what is left is what reports show."""
        if self.started is not None:
            self.started = {**self.started, "input_state": None}
        if self.result is not None:
            self.result = {**self.result, "result": {**self.result["result"], "state": {}}}


def unit_id(item: PlanItem) -> str:
    """The name of the unit that an item of the plan becomes."""
    if item["case_key"] == RUN and item["kind"] == "node":
        return item["item_id"]
    return f"{item['item_id']}::{item['case_key']}"


def planned_item(fact: UnitPlanned) -> PlanItem:
    """The item of a unit of a journal that has no plan (before 1.1)."""
    key = fact["case"] if fact["case"] is not None else RUN
    return {
        "item_id": fact["node_id"],
        "case_key": key,
        "kind": "node",
        "critical": True,
        "needs": [],
    }


def unit_number(fact: Fact) -> int | None:
    """The place in the plan of the unit that a fact belongs to; None when it belongs to none."""
    return cast("int | None", cast("dict[str, object]", fact).get("unit"))
