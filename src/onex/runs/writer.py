"""RunWriter: any Python program records its run, in the form that `onex run` leaves behind.

    writer = RunWriter("P2-Backfill", "0.1.0", ["DATABASE_URL"])
    writer.start()
    try:
        main(writer)
        writer.finish("success")
    except Exception as error:
        writer.log(f"Exception: {error}")
        writer.finish("failed")
        raise

As a context manager it does the same by itself: `with RunWriter(...) as writer: main(writer)`.
"""

import atexit
import os
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

from onex.core.text import unicode_text
from onex.errors import OnexError, RefusedError, UsageError
from onex.results.clock import Clock, system_clock
from onex.runs import declared, program
from onex.runs.declared import CheckStatus, RunStatus
from onex.runs.recording import Recording
from onex.runs.trigger import detect_trigger
from onex_types.run import Run

__all__ = ["CheckStatus", "RunStatus", "RunWriter", "detect_trigger"]

COMPLETED = "completed"
"""The check that says how the program itself judges its run."""


class RunWriter:
    """Records one run of a program below `reports/runs`. Threads may share it.

    Args:
        pipeline_id: what is run; letters, digits and hyphens.
        version: its version.
        required_env: the variables that it needs, by name; their values are hidden in the record.
        root: where `reports` is; the workspace around the current folder, else that folder.
        clock: tells the time.

    Raises:
        UsageError: the pipeline id, or the name of a variable, cannot be one.
    """

    def __init__(
        self,
        pipeline_id: str,
        version: str | None,
        required_env: Iterable[str] = (),
        *,
        root: str | os.PathLike[str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        program.require_pipeline_id(pipeline_id)
        names = [required_env] if isinstance(required_env, str) else required_env
        self._env = program.required(names, os.environ)
        self._pipeline_id = pipeline_id
        self._version = None if version is None else str(version)
        self._root = program.recording_root() if root is None else os.path.abspath(root)
        self._clock = clock or system_clock()
        self._lock = threading.RLock()
        self._recording: Recording | None = None
        self._is_over = False
        self._process = 0

    def start(
        self,
        trigger_type: str | None = None,
        trigger_source: str | None = None,
        actor: str | None = None,
    ) -> str:
        """Begin the run, and print its id (OVC-06).

        Args:
            trigger_type: what started it, such as `local_cli`; detected when left out.
            trigger_source: where that came from, for example the name of an event.
            actor: who was behind it.

        Returns:
            The id of the run.

        Raises:
            UsageError: it was started before, or there is no such trigger.
            RefusedError: a required variable is missing; the run is recorded as failed (OVC-14).
            OnexError: the folder cannot be made.
        """
        trigger = declared.trigger(trigger_type, trigger_source, actor)
        with self._lock:
            if self._recording is not None:
                raise UsageError(f"{self._pipeline_id}: this run was started before")
            folder = program.open_folder(
                self._pipeline_id,
                self._version,
                self._env,
                trigger,
                root=self._root,
                clock=self._clock,
            )
            recording = Recording(folder, self._pipeline_id, self._root, self._clock)
            self._recording, self._process = recording, os.getpid()
            atexit.register(self._abandon)
            sys.stdout.write(f"RUN_ID={folder.run_id}\n")
            sys.stdout.flush()
            if self._env is not None:
                recording.check_env(self._env)
                if self._env["missing"]:
                    self.finish("failed")
                    error = program.missing_error(self._env)
                    problem = f"{self._pipeline_id}: {error['message']}"
                    raise RefusedError(problem, help=error["hint"])
        return folder.run_id

    @property
    def run_id(self) -> str:
        """The id of the run.

        Raises:
            UsageError: it was not started.
        """
        return self._started().folder.run_id

    @property
    def path(self) -> str:
        """The run folder.

        Raises:
            UsageError: the run was not started.
        """
        return self._started().folder.path

    def add_input(self, type: str, ref: str | os.PathLike[str], **members: object) -> None:  # noqa: A002 - the name that programs use
        """Record what the run reads.

        Args:
            type: what kind of thing it is, for example `file` or `table`.
            ref: which one.
            members: what else there is to say about it, as JSON.

        Raises:
            UsageError: the run is not going on, or a member is no JSON.
        """
        resource = declared.resource(type, ref, members)
        with self._lock:
            self._going().add_input(resource)

    def add_output(self, type: str, ref: str | os.PathLike[str], **members: object) -> None:  # noqa: A002 - the name that programs use
        """Record what the run made; of a `file` below the root, the run keeps a copy.

        Args:
            type: what kind of thing it is, for example `file` or `table`.
            ref: which one.
            members: what else there is to say about it, as JSON.

        Raises:
            UsageError: the run is not going on, or a member is no JSON.
            OnexError: the file cannot be copied.
        """
        resource = declared.resource(type, ref, members)
        with self._lock:
            self._going().add_output(resource, os.fspath(ref))

    def check(
        self,
        name: str,
        status: CheckStatus,
        evidence: Iterable[str] | str = (),
        *,
        detail: str | None = None,
    ) -> None:
        """Record a check.

        Args:
            name: what was checked; a number goes behind it when it comes again.
            status: how it ended: `pass`, `fail` or `skip`.
            evidence: where the evidence lies: `run.json:<path>`, `run.log:line:<n>` or
                `artifacts/<path>`. Any other text is taken for detail, and the log says so (CF-14).
            detail: what else there is to say about it.

        Raises:
            UsageError: the run is not going on, the name is empty, or there is no such status.
        """
        if not name.strip():
            raise UsageError("a check has a name, which is more than spaces")
        declared.require(status, declared.CHECKS, "status of a check")
        told = [evidence] if isinstance(evidence, str) else map(str, evidence)
        with self._lock:
            texts = [unicode_text(text) for text in told]
            self._going().check(name, status, texts, str(detail or ""))

    def log(self, message: object) -> None:
        """Put a message into the log, with the time; each of its lines is a line there (OVC-05).

        Raises:
            UsageError: the run is not going on.
        """
        with self._lock:
            self._going().log(str(message))

    def finish(self, status: RunStatus) -> Run:
        """End the run, and write all that is derived from it.

        Args:
            status: how the program judges its run: `success`, `failed` or `partial`.

        Returns:
            The record of the run.

        Raises:
            UsageError: the run is not going on, or there is no such status.
            RefusedError: the checks amount to less than `status`; the run still goes on (OVC-08).
            OnexError: something could not be written.
        """
        declared.require(status, declared.ENDS, "status of a run")
        end = declared.ENDS[status]
        with self._lock:
            recording = self._going()
            if declared.worse(end, recording.worst) != end:
                amount = declared.status_of(recording.worst)
                raise RefusedError(
                    f"{self._pipeline_id}: declared {status}, but the checks amount to {amount}",
                    help=f'call finish("{amount}")',
                )
            recording.check(COMPLETED, end, [], f"the program declared {status}")
            self._is_over = True
            atexit.unregister(self._abandon)
            return recording.finish()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            if self._is_over:
                return
            # A program that exits with status 0 has not failed.
            if error is None or (isinstance(error, SystemExit) and not error.code):
                self.finish(declared.status_of(self._going().worst))
                return
            try:
                self.log(f"{type(error).__name__}: {error}")
                self.finish("failed")
            except OnexError as problem:
                # What went wrong first is what the caller is to see.
                error.add_note(f"onex: the record of this run is not complete: {problem}")

    def _started(self) -> Recording:
        if self._recording is None:
            problem = f"{self._pipeline_id}: this run was not started"
            raise UsageError(problem, help="call start() first")
        return self._recording

    def _going(self) -> Recording:
        """The run, which has begun and not ended."""
        recording = self._started()
        if self._is_over:
            problem = f"{self._pipeline_id}: this run is finished"
            raise UsageError(problem, help="record what belongs to it before finish()")
        return recording

    def _abandon(self) -> None:
        """End a run that its program forgot, or left by `sys.exit`, as one that was cut off."""
        if self._recording is not None and not self._is_over and self._process == os.getpid():
            self._is_over = True
            with suppress(OnexError):  # `onex runs recover` closes what could not be closed here
                self._recording.abandon()
