"""The facts of one unit while it runs: handed to the sink at once, and kept for its result."""

from typing import Literal, TypeAlias

from onex.core.document import JSON
from onex.core.node import Node
from onex.core.snapshot import Snapshot
from onex.results import facts
from onex.results.clock import Clock
from onex.results.execution import fold
from onex.results.facts import Sink
from onex.runtime import codes
from onex_types.common import Error, Isolation, Process, Step
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact
from onex_types.node_result import NodeResult

StepName: TypeAlias = Literal["lock", "gate", "input", "execute", "output", "publish"]


class Record:
    """The facts of one unit.

    Args:
        sink: takes each fact at once.
        clock: tells when.
        unit: the unit's place in the plan.
        base: facts of the run that the unit's result depends on.
    """

    def __init__(self, sink: Sink, clock: Clock, unit: int, base: list[Fact]) -> None:
        self._sink = sink
        self._clock = clock
        self._unit = unit
        self._facts = list(base)
        self._began_us = clock.monotonic_us()

    def planned(self, node: Node, snapshot: Snapshot, *, locked: bool, case: str | None) -> None:
        """The node was taken into the plan."""
        trust = node.value["trust"]
        self._emit(
            facts.unit_planned(
                self._clock.wall_us(),
                self._unit,
                node=node,
                snapshot=snapshot,
                locked=locked,
                case=case,
                trust={
                    "policy": trust["policy"],
                    "minimum": trust["minimum"],
                    "counted": locked,
                    "level": "unrated",
                    "score": None,
                },
            )
        )

    def started(self, seq_exec: int, input_state: JSON, isolation: Isolation) -> None:
        """Execution began, and so did its duration."""
        self._began_us = self._clock.monotonic_us()
        self._emit(
            facts.unit_started(
                self._clock.wall_us(),
                self._unit,
                seq_exec=seq_exec,
                input_state=input_state,
                isolation=isolation,
            )
        )

    def step(self, name: StepName, duration_us: int, problem: Error | str | None = None) -> None:
        """A step ended.

        Args:
            name: the step.
            duration_us: how long it took.
            problem: the error that it ended in, or a remark on a step that went well.
        """
        is_error = isinstance(problem, dict)
        step: Step = {
            "step": name,
            "status": "fail" if is_error else "ok",
            "duration_us": duration_us,
            "detail": problem["message"] if isinstance(problem, dict) else problem,
        }
        self._emit(facts.unit_step(self._clock.wall_us(), self._unit, step))

    def process(self, process: Process) -> None:
        """The process of the node ended."""
        self._emit(facts.unit_process(self._clock.wall_us(), self._unit, process))

    def result(self, result: NodeResult) -> None:
        """The node handed back a well-formed result."""
        self._emit(facts.unit_result(self._clock.wall_us(), self._unit, result))

    def finished(self, error: Error | None) -> None:
        """The unit ended, well or with ``error``."""
        self._emit(
            facts.unit_finished(
                self._clock.wall_us(),
                self._unit,
                status="success" if error is None else codes.status_of(error["code"]),
                reason=None if error is None else error["code"],
                error=error,
                duration_us=self._clock.monotonic_us() - self._began_us,
            )
        )

    def fold(self) -> ExecutionResult:
        """The result that the facts so far amount to."""
        return fold(self._facts)[0]

    def _emit(self, fact: Fact) -> None:
        self._facts.append(fact)
        self._sink(fact)
