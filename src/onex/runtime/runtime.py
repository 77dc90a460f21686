"""ONEXRuntime: one node and one state in, facts and an ExecutionResult out.

    lock → gate → input contract → execute → output contract → publish

A refusal before the plan (lock, gate, unknown executor) is an exception: nothing was executed.
From then on everything that happens is a fact, and every planned unit ends in exactly one result.
"""

import itertools
from dataclasses import dataclass
from typing import Protocol, Self, cast

from onex.core.canonical import golden_bytes
from onex.core.contract import StateSchema
from onex.core.document import JSON
from onex.core.node import Node
from onex.core.snapshot import Snapshot, take
from onex.core.words import kind_of
from onex.errors import OnexError, UsageError
from onex.results.clock import Clock, SystemClock
from onex.results.facts import Sink
from onex.runtime import codes, environment, gate
from onex.runtime.executor import Completed, Executor, FaultError, Job
from onex.runtime.files import stage_inputs
from onex.runtime.host import Host, Keep
from onex.runtime.outputs import Outputs
from onex.runtime.record import Record
from onex.runtime.registry import Executors
from onex.runtime.scratch import Work
from onex_types.common import Error
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact
from onex_types.node_result import NodeResult

SHOWN_PROBLEMS = 10


class Publisher(Protocol):
    """Puts what a node has made into the workspace."""

    def publish(self, node: Node, input_state: JSON, output_state: JSON, work: str) -> None:
        """Take files out of the work folder ``work``, which is removed afterwards.

        Raises:
            OnexError: what the node made is not published, and nothing of it is left behind.
        """
        ...


@dataclass(slots=True)
class _Unit:
    """One execution on its way through the steps."""

    node: Node
    snapshot: Snapshot
    executor: Executor
    record: Record
    work: Work
    outputs: Outputs
    state: dict[str, JSON]


class ONEXRuntime:
    """Executes nodes; a context manager that leaves no process, file or folder behind.

    Safe to use from several threads, as far as ``sink`` and ``publisher`` are.

    Args:
        sink: takes each fact as it happens.
        clock: tells the time.
        publisher: publishes what nodes with `effects.writes: nodes` make; without one they only
            hand back their output.
        artifacts_dir: where output files are copied to, in one folder per execution; without one
            they are only digested.
        run: the facts of the run so far, for its id.
        keep: keeps more of a process's log than its record shows.
    """

    def __init__(  # noqa: PLR0913 - what a run has and an execution alone has not
        self,
        sink: Sink,
        clock: Clock | None = None,
        publisher: Publisher | None = None,
        *,
        artifacts_dir: str | None = None,
        run: list[Fact] | None = None,
        keep: Keep | None = None,
    ) -> None:
        self._sink = sink
        self._clock = clock or SystemClock()
        self._publisher = publisher
        self._artifacts_dir = artifacts_dir
        self._run = run or []
        self._host = Host(keep)
        self._executors = Executors()
        self._plans = itertools.count()
        self._starts = itertools.count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process and remove every temporary folder."""
        self._host.close()

    def execute(  # noqa: PLR0913 - each of the options is one of a run
        self,
        node: Node,
        state: JSON,
        *,
        unit: int | None = None,
        case: str | None = None,
        unlocked: bool = False,
        isolation: str = "process",
    ) -> ExecutionResult:
        """Run ``node`` with ``state``.

        Args:
            node: the node as it was loaded.
            state: the input state; the contract's defaults are filled in.
            unit: its place in the plan of the run; without it, the next one.
            case: the name of the contract's case that this is; the files that it takes are then
                relative to the node's folder, not to the current one.
            unlocked: whether to run a node that is not what its lock says.
            isolation: the level of isolation that is asked for.

        Raises:
            LockMismatchError: the node is not what its lock says, and is no draft.
            DocumentError: a file of the node or its contract cannot be used.
            RefusedError: lifecycle, trust, isolation or executor refuse the node.
            UsageError: ``state`` is not JSON.
        """
        began = self._clock.monotonic_us()
        snapshot = take(node, keep=True)
        locked, remark = gate.check_lock(node, snapshot, unlocked=unlocked)
        lock_us = self._since(began)
        warning = gate.check_demands(node, isolation)
        gate_us = self._since(began) - lock_us
        executor = self._executors.named(node.value["entrypoint"]["type"])
        filled = _fill(node, state)
        number = next(self._plans) if unit is None else unit
        record = Record(self._sink, self._clock, number, self._run)
        record.planned(node, snapshot, locked=locked, case=case)
        record.step("lock", lock_us, remark)
        record.step("gate", gate_us, warning)
        try:
            with self._host.scratch.work() as work:
                outputs = self._outputs(node, work)
                todo = _Unit(node, snapshot, executor, record, work, outputs, filled)
                problem = self._take(todo, state, _base(node, case)) or self._run_node(todo)
        except OSError as error:
            problem = codes.error("host-error", f"the machine let onex down: {error}")
        except (KeyboardInterrupt, SystemExit, OnexError) as error:
            record.finished(_interruption(error))
            raise
        record.finished(problem)
        return record.fold()

    def _since(self, began_us: int) -> int:
        return self._clock.monotonic_us() - began_us

    def _outputs(self, node: Node, work: Work) -> Outputs:
        schema = node.contract.output.schema
        return Outputs(schema, work, node.limits.result_bytes, self._artifacts_dir)

    def _take(self, unit: _Unit, given: JSON, base: str) -> Error | None:
        """Check the input state and bring its files into place; why the node must not start."""
        began = self._clock.monotonic_us()
        contract = unit.node.contract.input
        shown = given
        problem = _contract_problem(contract, unit.state, "input")
        if problem is None:
            try:
                unit.state, taken = stage_inputs(
                    contract.schema, unit.state, lambda: unit.work.path, base
                )
                unit.outputs.took(taken)
            except FaultError as fault:
                problem = fault.problem
            shown = cast("JSON", unit.state)
        seq_exec = next(self._starts)
        unit.outputs.number(seq_exec, unit.node.id)
        unit.record.started(seq_exec, shown, gate.ISOLATION)
        unit.record.step("input", self._since(began), problem)
        return problem

    def _run_node(self, unit: _Unit) -> Error | None:
        """Execute the node and judge what it gives; why it did not succeed."""
        began = self._clock.monotonic_us()
        completed = self._complete(unit)
        if completed.process is not None:
            unit.record.process(completed.process)
        unit.record.step("execute", self._since(began), completed.problem)
        if completed.result is None:
            return completed.problem
        return self._give(unit, completed.result) or self._publish(unit, completed.result)

    def _complete(self, unit: _Unit) -> Completed:
        absent = environment.missing(unit.node)
        if absent:
            message = (
                f"the node requires environment variables that are not set: {', '.join(absent)}"
            )
            names = cast("list[JSON]", absent)
            return Completed(problem=codes.error("missing-env", message, {"names": names}))
        job = Job(
            node=unit.node,
            snapshot=unit.snapshot,
            state=unit.state,
            work=unit.work,
            host=self._host,
        )
        return unit.executor.execute(job)

    def _give(self, unit: _Unit, result: NodeResult) -> Error | None:
        """Check the output state and collect its files; why the result is refused."""
        began = self._clock.monotonic_us()
        problem = _contract_problem(unit.node.contract.output, result["state"], "output")
        if problem is None:
            try:
                unit.outputs.collect(result)
            except FaultError as fault:
                problem = fault.problem
        unit.record.result(unit.outputs.recorded(result))
        unit.record.step("output", self._since(began), problem)
        return problem

    def _publish(self, unit: _Unit, result: NodeResult) -> Error | None:
        """Have made nodes put into the workspace; why they were refused."""
        makes_nodes = unit.node.value.get("effects", {}).get("writes") == "nodes"
        if not makes_nodes or self._publisher is None:
            return None
        began = self._clock.monotonic_us()
        problem: Error | None = None
        try:
            self._publisher.publish(
                unit.node, cast("JSON", unit.state), result["state"], unit.work.path
            )
        except OnexError as error:
            problem = codes.error("publish-refused", error.message)
            problem["hint"] = error.help or problem["hint"]
        unit.record.step("publish", self._since(began), problem)
        return problem


def _base(node: Node, case: str | None) -> str:
    """The folder that input files are relative to; empty for the current one.

    A case brings its files with it: they lie in the node, and are locked with it.
    """
    return "" if case is None else node.folder


def _fill(node: Node, state: JSON) -> dict[str, JSON]:
    """``state`` with the contract's defaults; what is no object is left to the contract's judge.

    Raises:
        DocumentError: the contract is not one to judge with.
        UsageError: ``state`` is not JSON.
    """
    contract = node.contract
    filled = contract.input.with_defaults(state)
    _ = (
        contract.output
    )  # compiled before anything is executed: a contract that is refused ends here
    try:
        golden_bytes(state)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"{node.id}: the input state is not JSON: {error}"
        raise UsageError(message) from error
    return cast("dict[str, JSON]", filled)


def _contract_problem(contract: StateSchema, state: JSON, side: str) -> Error | None:
    """What one side of the contract has against ``state``."""
    code = f"{side}-contract"
    if not isinstance(state, dict):
        return codes.error(code, f"the {side} state is {kind_of(state)}, but a state is an object")
    if contract.is_valid(state):
        return None
    problems = contract.problems(state)
    listed: list[JSON] = [
        {"pointer": problem.pointer, "message": problem.message}
        for problem in problems[:SHOWN_PROBLEMS]
    ]
    message = f"the {side} state does not keep the contract: {problems[0].message}"
    return codes.error(code, message, {"problems": listed})


def _interruption(error: BaseException) -> Error:
    if isinstance(error, OnexError):
        return codes.error("host-error", error.message)
    return codes.error("interrupted", "the run was interrupted while the node was running")
