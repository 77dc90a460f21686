"""A command that is no node, executed as a run of its own: planned, executed, checked, recorded.

The command runs first, then, if it succeeded, the checks; then the files that it was to make are
kept. Whatever happens on the way, each of these ends in one verdict, and the folder is there.
"""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from onex.core.text import printable, unicode_text
from onex.core.values import JSON
from onex.errors import OnexError
from onex.projections import observer
from onex.results import facts, run_facts
from onex.results.clock import Clock, system_clock
from onex.runs import kept, program
from onex.runs.child import SIGNALLED, Ended, execute, require_platform
from onex.runs.folder import RunFolder
from onex.runs.signals import Signals
from onex.runs.transcript import Room, Transcript
from onex.runs.trigger import detect
from onex_types.common import Artifact, Environment, Error, Resource
from onex_types.fact import PlanItem
from onex_types.run import Run

COMMAND = "command"
"""The case key of the wrapped command, and its kind."""

COULD_NOT = 2
FAILED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be wrapped.

    Attributes:
        argv: the command.
        pipeline_id: what to call it.
        pipeline_version: its version.
        required_env: the variables that it needs, by name.
        checks: the name and the command of each check.
        inputs: what it reads: files, or anything else by a name.
        artifacts: the files that it is to make.
        exit_policy: whose exit status ends it all: that of the command, or 0, 1 and 2.
    """

    argv: list[str]
    pipeline_id: str
    pipeline_version: str | None = None
    required_env: tuple[str, ...] = ()
    checks: tuple[tuple[str, list[str]], ...] = ()
    inputs: tuple[str, ...] = ()
    artifacts: tuple[str, ...] = ()
    exit_policy: Literal["passthrough", "observer"] = "passthrough"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What came of it.

    Attributes:
        folder: the run folder.
        run: the record of the run.
        status: the exit status.
    """

    folder: str
    run: Run
    status: int


def wrap(order: Order, started: Callable[[str], None]) -> Wrapped:
    """Execute a command and its checks as one run.

    Args:
        order: what is to be done.
        started: is told the id of the run before anything is executed.

    Raises:
        OnexError: the order cannot be meant, or the evidence could not be written.
    """
    program.require_pipeline_id(order.pipeline_id)
    require_platform()
    env = program.required(order.required_env, os.environ)
    clock = system_clock()
    with (
        Signals() as signals,
        program.open_folder(
            order.pipeline_id,
            order.pipeline_version,
            env,
            detect(os.environ),
            root=program.recording_root(),
            clock=clock,
        ) as folder,
    ):
        started(folder.run_id)
        wrapping = _Wrapping(order, folder, clock, signals, env)
        wrapping.execute()
        if wrapping.ended is None and signals.name is not None:
            run = folder.finish("error", reason=f"{signals.name} came before the command began")
        else:
            run = folder.finish()
    return Wrapped(folder.path, run, _status(order, run, wrapping.ended, signals))


def _status(order: Order, run: Run, ended: Ended | None, signals: Signals) -> int:
    """The exit status: of the command, unless it passed and something else did not."""
    if ended is None and signals.received is None:
        return COULD_NOT
    if order.exit_policy == "observer":
        if signals.received is not None:
            return COULD_NOT
        return observer.exit_code(run)
    if ended is not None and ended.code:
        return ended.code
    if run["outcome"] == "success":
        return 0
    # A check that failed is a failure, whatever the command says of itself.
    return FAILED if signals.received is None else SIGNALLED + signals.received


class _Wrapping:
    """One order on its way through its run.

    Attributes:
        ended: how the command ended; None while it was not executed.
    """

    def __init__(
        self,
        order: Order,
        folder: RunFolder,
        clock: Clock,
        signals: Signals,
        env: Environment | None,
    ) -> None:
        self._order, self._folder, self._clock, self._signals = order, folder, clock, signals
        self._env = env
        self._room = Room()
        self._items: list[PlanItem] = []
        self.ended: Ended | None = None

    def execute(self) -> None:
        """Announce all that is to be done, and do it."""
        order = self._order
        required = [] if self._env is None else [self._plan(program.ENV_CHECK, "check", [])]
        command = self._plan(COMMAND, COMMAND, required)
        checks = [self._plan(name, "check", [command]) for name, _ in order.checks]
        artifacts = [self._plan(f"artifact {path}", "check", [command]) for path in order.artifacts]
        self._folder.plan(self._items)
        for reference in order.inputs:
            self._input(reference)
        self._require(required)
        self._run(command, order.argv, self._obstacle())
        obstacle = self._obstacle()
        for unit, (_, argv) in zip(checks, order.checks, strict=True):
            self._run(unit, argv, obstacle or self._interruption())
        for unit, path in zip(artifacts, order.artifacts, strict=True):
            self._artifact(unit, path, obstacle)

    def _plan(self, name: str, kind: str, needs: list[int]) -> int:
        """Take a unit into the plan; its place there."""
        # Hidden now, because escapes for what does not print would hide a secret from the mask.
        plain = run_facts.plain_text(self._folder.masked(name))
        self._items.append(run_facts.plan_item(self._order.pipeline_id, plain, kind, needs=needs))
        return len(self._items) - 1

    def _require(self, units: list[int]) -> None:
        for unit in units:
            if self._env is not None:
                now_us = self._clock.wall_us()
                self._folder.append(program.env_check(now_us, unit, self._items[unit], self._env))

    def _obstacle(self) -> Error | None:
        """Why what comes next must not be executed; None when nothing keeps it."""
        if self.ended is not None:
            if self.ended.error is None:
                return None
            return _kept_from("skipped", "the command did not succeed")
        if self._env is not None and self._env["missing"]:
            return program.missing_error(self._env)
        return self._interruption()

    def _interruption(self) -> Error | None:
        if self._signals.name is None:
            return None
        return _kept_from("interrupted", f"{self._signals.name} came before this began")

    def _run(self, unit: int, argv: list[str], obstacle: Error | None) -> None:
        """Execute the command of a unit, unless something keeps it, and record how it ended."""
        if obstacle is not None:
            self._refuse(unit, obstacle)
            return
        begun_us = self._clock.monotonic_us()
        transcript = Transcript(self._folder.append, self._clock, self._folder.mask, self._room)
        ended = execute(argv, transcript, self._signals)
        if self._items[unit]["kind"] == COMMAND:
            self.ended = ended
        error = ended.error
        could_not = error is not None and (ended.process is None or error["code"] == "interrupted")
        came = self._signals.name
        self._folder.append(
            facts.unit_checked(
                self._clock.wall_us(),
                unit,
                item=self._items[unit],
                status="error" if could_not else "failure" if error else "success",
                reason=error["code"] if error else None,
                duration_us=self._clock.monotonic_us() - begun_us,
                detail=f"{came} came meanwhile" if came and not error else None,
                argv=[unicode_text(word) for word in argv],
                process=ended.process,
                error=error,
            )
        )

    def _refuse(self, unit: int, error: Error) -> None:
        status: Literal["skipped", "blocked"] = (
            "skipped" if error["code"] == "skipped" else "blocked"
        )
        self._folder.append(
            facts.unit_refused(self._clock.wall_us(), unit, status=status, error=error)
        )

    def _input(self, reference: str) -> None:
        """Record what is read: a file with its digest, as it was before the command began."""
        resource: dict[str, JSON] = {"type": "reference", "ref": unicode_text(reference)}
        if _is_file(reference):
            resource["type"] = "file"
            try:
                resource["sha256"] = kept.file_digest(reference)
            except OnexError as error:
                self._folder.append(
                    run_facts.logged(self._clock.wall_us(), "run", f"input: {error.message}")
                )
        self._folder.append(run_facts.run_input(self._clock.wall_us(), cast("Resource", resource)))

    def _artifact(self, unit: int, path: str, obstacle: Error | None) -> None:
        """Keep a file that the command was to make; what a failed one has made is kept too."""
        try:
            artifact = kept.keep(path, self._folder.path, self._folder.masked(path))
        except OnexError as error:
            if obstacle is not None:
                self._refuse(unit, obstacle)
                return
            self._judge(unit, None, printable(unicode_text(error.message)))
            return
        resource: Resource = {"type": "file", "ref": unicode_text(path)}
        self._folder.append(run_facts.run_output(self._clock.wall_us(), resource, artifact))
        self._judge(unit, artifact, None)

    def _judge(self, unit: int, artifact: Artifact | None, problem: str | None) -> None:
        error: Error | None = None
        if problem is not None:
            error = {
                "code": "artifact-missing",
                "message": problem,
                "details": {},
                "hint": "see that the command makes the file, and that the path is right",
            }
        self._folder.append(
            facts.unit_checked(
                self._clock.wall_us(),
                unit,
                item=self._items[unit],
                status="failure" if error else "success",
                reason=error["code"] if error else None,
                evidence=[artifact["path"]] if artifact else None,
                error=error,
            )
        )


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _kept_from(code: str, message: str) -> Error:
    return {"code": code, "message": message, "details": {}, "hint": None}
