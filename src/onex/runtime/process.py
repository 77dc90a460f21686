"""One process of a node, from its launch to its report, with its output drained meanwhile."""

import json
import os
import select
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal, Self, cast

from onex.core.document import JSON
from onex.core.files import write_all
from onex.runtime.streams import Capture, Tail, drain
from onex.runtime.worker import Worker, WorkerLostError
from onex_types.common import Process

GRACE_MS = 1000
"""How long a process may take to end after TERM, before it is killed."""

CANCEL_SECONDS = 8.0
"""How long a kill may take to be reported; the supervisor gives up a little earlier."""


SLACK_SECONDS = 15.0
"""How much later than its own limits a supervisor may report on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """A process that is to be started.

    Attributes:
        job: what ``bare.launch`` calls a job, without its times.
        state: the input state on descriptor 3.
        wall_ms: the time limit, in milliseconds.
        most: the most bytes on descriptor 4, or on standard output if that is wanted.
        wants_stdout: whether standard output is the result, and not a log alone.
    """

    job: dict[str, JSON]
    state: bytes
    wall_ms: int
    most: int
    wants_stdout: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that has ended, and all that it started with it.

    Attributes:
        process: the record of it.
        verdict: what the node process told its supervisor before it ended; see ``bare``.
        data: what it handed back.
        is_over: whether that was more than allowed, so that it was killed.
        left: how many processes could not be killed.
    """

    process: Process
    logs: dict[Literal["stdout", "stderr"], bytes]
    verdict: dict[str, JSON]
    data: bytes
    is_over: bool
    left: int


def run(worker: Worker, launch: Launch) -> Ended:
    """Run the process to its end.

    Raises:
        WorkerLostError: it cannot be said how it ended.
        RefusedError: this platform cannot fork.
    """
    with _Channels(launch) as channels:
        channels.start(worker)
        try:
            report = channels.pump()
        except BaseException:  # an interrupt, mostly: nothing of the node may go on without us
            channels.cancel()
            raise
        return channels.ended(report)


class _Channels:
    """The descriptors of one execution on the side of the orchestrator."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._control, self._far_control = socket.socketpair()
        pipes = [os.pipe() for _ in range(3)]
        self._far = [pipe[1] for pipe in pipes]
        wanted, log = Capture(launch.most), Tail()
        stdout: Tail = wanted if launch.wants_stdout else Tail()
        self._wanted = wanted
        self._result = Tail() if launch.wants_stdout else wanted
        self._stdout, self._stderr = stdout, log
        self._near = dict(
            zip([pipe[0] for pipe in pipes], (self._result, stdout, log), strict=True)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in (*self._near, *self._far):
            os.close(descriptor)
        self._control.close()
        self._far_control.close()

    def start(self, worker: Worker) -> None:
        """Hand the far ends to the zygote and keep the near ones."""
        times: dict[str, JSON] = {"timeout_ms": self._launch.wall_ms, "grace_ms": GRACE_MS}
        job = json.dumps({**self._launch.job, **times}).encode()
        with _file_of(job) as job_file, _file_of(self._launch.state) as state_file:
            far = self._far_control.fileno()
            worker.submit([job_file, state_file, *self._far, far])
        self._far_control.close()
        while self._far:
            os.close(self._far.pop())

    def pump(self) -> dict[str, JSON]:
        """Drain until the supervisor has reported and the streams are dry; the report."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        for descriptor in self._near:
            poll.register(descriptor, select.POLLIN)
        report = b""
        deadline = time.monotonic() + (self._launch.wall_ms + GRACE_MS) / 1000 + SLACK_SECONDS
        while True:
            ready = poll.poll(1 + (deadline - time.monotonic()) * 1000)
            if not ready and time.monotonic() > deadline:
                message = "the process that watches the node is silent beyond the time limit"
                raise WorkerLostError(message)
            for descriptor, _ in ready:
                if descriptor != self._control.fileno():
                    self._take(poll, descriptor)
                    continue
                data = self._control.recv(1 << 16)
                report += data
                if not data:
                    self._drain_rest()
                    return _parse(report)

    def cancel(self) -> None:
        """Have everything killed, and wait until it is."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)
            self._control.settimeout(CANCEL_SECONDS)
            while self._control.recv(1 << 16):
                pass

    def ended(self, report: dict[str, JSON]) -> Ended:
        """The report of the supervisor and what was drained, together."""
        verdict = report["verdict"]
        left = report["left"]
        record: dict[str, JSON] = {
            key: report[key] for key in ("exit", "signal", "timed_out", "cpu_us", "max_rss_kib")
        }
        streams = {"stdout": self._stdout.stream(), "stderr": self._stderr.stream()}
        # What is a result is no log, and is not kept as one.
        stdout = b"" if self._launch.wants_stdout else self._stdout.kept()
        return Ended(
            process=cast("Process", {**record, **streams}),
            logs={"stdout": stdout, "stderr": self._stderr.kept()},
            verdict=verdict if isinstance(verdict, dict) else {},
            data=self._wanted.data(),
            is_over=self._wanted.is_over,
            left=left if isinstance(left, int) else 0,
        )

    def _take(self, poll: "select.poll", descriptor: int) -> None:
        more, fits = drain(descriptor, self._near[descriptor])
        if not more:
            poll.unregister(descriptor)
        if not fits:
            with suppress(OSError):  # it may have ended meanwhile
                self._control.shutdown(socket.SHUT_WR)

    def _drain_rest(self) -> None:
        """Take what is still in the pipes; whoever could not be killed may hold them open."""
        for descriptor, sink in self._near.items():
            os.set_blocking(descriptor, False)
            with suppress(BlockingIOError):
                while drain(descriptor, sink)[0]:
                    pass


@contextmanager
def _file_of(data: bytes) -> Iterator[int]:
    """A nameless file with ``data`` in it, which needs no reader as a pipe does."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("onex")
        try:
            write_all(descriptor, data)
            os.lseek(descriptor, 0, os.SEEK_SET)
            yield descriptor
        finally:
            os.close(descriptor)
        return
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(data)
        file.seek(0)
        yield file.fileno()


def _parse(report: bytes) -> dict[str, JSON]:
    """The report of the supervisor.

    Raises:
        WorkerLostError: there is none.
    """
    if not report:
        message = "the process that watched the node ended before it could say how the node did"
        raise WorkerLostError(message)
    value: dict[str, JSON] = json.loads(report)
    if "lost" in value:
        message = f"no process could be forked: {value['lost']}"
        raise WorkerLostError(message)
    return value
