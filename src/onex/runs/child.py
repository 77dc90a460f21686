"""Child: a command that is executed as a shell would, with its output passed on and logged meanwhile.

It has the caller's folder, environment, standard input and open files. What it writes reaches the
caller byte for byte; a reader who goes away there is gone for the command too.
"""

import errno
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from onex.errors import OnexError, RefusedError
from onex.runs.signals import Signals
from onex.runs.transcript import Source, Transcript
from onex_types.common import Error, Process

if TYPE_CHECKING:
    from resource import struct_rusage  # absent on some platforms

NOT_FOUND = 127
NOT_EXECUTABLE = 126
SIGNALLED = 128

CHUNK_BYTES = 1 << 16

PATIENCE_MS = 2_000
"""How long a stream may be silent after the command has ended, while something else holds it open."""

LONGEST_SECONDS = 10.0
"""How long what others write to a stream is passed on after the command has ended."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended, or could not be started.

    Attributes:
        code: its exit status, as a shell tells it.
        process: the record of its process; None when there was none.
        error: why it did not succeed, or None.
    """

    code: int
    process: Process | None
    error: Error | None


def require_platform() -> None:
    """Refuse to execute a command where its output and its end cannot be watched.

    Raises:
        RefusedError: this platform lacks what that takes.
    """
    if not hasattr(select, "poll") or not hasattr(os, "wait4"):
        message = "this platform cannot watch a command as `onex wrap` does"
        raise RefusedError(message, help="run it on Linux or macOS; RunWriter works everywhere")


def execute(argv: list[str], transcript: Transcript, signals: Signals) -> Ended:
    """Execute a command to its end.

    Raises:
        OnexError: its output could not be kept or passed on.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        # Files that are open here were left open for the command; ours are closed when it begins.
        child = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, close_fds=False
        )
    except (OSError, ValueError) as error:
        return _not_started(argv[0], error)
    signals.watch(child.pid)
    over, is_over = os.pipe()
    pumps = [
        _Pump(cast("IO[bytes]", child.stdout), 1, "stdout", transcript, over),
        _Pump(cast("IO[bytes]", child.stderr), 2, "stderr", transcript, over),
    ]
    for pump in pumps:
        pump.start()
    if hasattr(os, "waitid"):  # macOS has it in newer Pythons
        # Until it is waited for, its number is its own, so that no signal meets another process.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        signals.watch(None)
    _, waited, usage = os.wait4(child.pid, 0)
    signals.watch(None)
    child.returncode = os.waitstatus_to_exitcode(waited)
    os.close(is_over)
    for pump in pumps:
        pump.join()
    os.close(over)
    transcript.close()
    for pump in pumps:
        if pump.problem is not None:
            raise pump.problem
    ended = child.returncode
    process = _record(ended, usage, transcript)
    return Ended(ended if ended >= 0 else SIGNALLED - ended, process, _problem(ended, signals))


def _record(ended: int, usage: "struct_rusage", transcript: Transcript) -> Process:
    """What is told of a process that has ended; ``ended`` is negative for a signal."""
    return {
        "exit": ended if ended >= 0 else None,
        "signal": -ended if ended < 0 else None,
        "timed_out": False,
        "cpu_us": int((usage.ru_utime + usage.ru_stime) * 1_000_000),
        "max_rss_kib": usage.ru_maxrss,
        "stdout": transcript.stream("stdout"),
        "stderr": transcript.stream("stderr"),
    }


class _Pump(threading.Thread):
    """Moves what one stream of a command brings to a stream of ours, and to the transcript."""

    def __init__(
        self, stream: IO[bytes], target: int, source: Source, transcript: Transcript, over: int
    ) -> None:
        super().__init__(name=f"onex-{source}")
        self._stream, self._target, self._source = stream, target, source
        self._transcript, self._over = transcript, over
        self._owed = 0  # how much of what the command wrote is still to be read, once it has ended
        self._until: float | None = None
        self.problem: OnexError | None = None

    def run(self) -> None:
        """Move until the stream ends, nobody reads ours, or nothing comes of a command that has ended."""
        try:
            while (data := self._next()) and self._pass_on(data):
                pass
        finally:
            # Where nobody reads ours any more, the command is to notice, as it would without us.
            self._stream.close()
            self._transcript.end(self._source)

    def _next(self) -> bytes:
        """What came next; nothing when no more is to come."""
        poll = select.poll()
        stream = self._stream.fileno()
        poll.register(stream, select.POLLIN)
        poll.register(self._over, select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll()]
        if self._over in ready and self._until is None:
            self._until = time.monotonic() + LONGEST_SECONDS
            self._owed = _waiting(stream)
        if stream not in ready:
            poll.unregister(self._over)
            if not poll.poll(PATIENCE_MS):
                return b""
        # What the command itself has left behind is read, however long it takes to pass it on.
        if self._until is not None and self._owed <= 0 and time.monotonic() >= self._until:
            return b""
        data = os.read(stream, CHUNK_BYTES)
        self._owed -= len(data)
        return data

    def _pass_on(self, data: bytes) -> bool:
        """Tell the transcript, and the caller, if somebody is still there."""
        self._transcript.take(self._source, data)
        try:
            _write(self._target, data)
        except BrokenPipeError:
            return False
        except OSError as error:
            self.problem = OnexError(f"{self._source}: cannot be written: {error.strerror}")
            return False
        return True


def _waiting(descriptor: int) -> int:
    """How many bytes a pipe holds."""
    import fcntl  # noqa: PLC0415 - absent on some platforms, as is select.poll
    import termios  # noqa: PLC0415

    return int.from_bytes(fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)), sys.byteorder)


def _write(descriptor: int, data: bytes) -> None:
    """Write all of ``data``, also where whoever shares the stream has made it non-blocking."""
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(descriptor, view) :]
        except BlockingIOError:
            poll = select.poll()
            poll.register(descriptor, select.POLLOUT)
            poll.poll()


def _not_started(name: str, error: OSError | ValueError) -> Ended:
    """Why there is no process, with the status that a shell has for it."""
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    status, code, message = (
        NOT_EXECUTABLE,
        "not-executable",
        f"{name}: cannot be executed: {reason}",
    )
    hint = "make it executable with `chmod +x`, or call the program that reads it"
    if not name or (isinstance(error, OSError) and error.errno == errno.ENOENT):
        if os.path.lexists(name) and os.sep in name:
            message = f"{name}: the interpreter that its first line names is not there"
            hint = "correct its first line, or call the program that reads it"
        else:
            status, code, message = (
                NOT_FOUND,
                "command-not-found",
                f"{name or repr(name)}: no such command",
            )
            hint = "see that it is installed, and on PATH"
    found: Error = {"code": code, "message": message, "details": {}, "hint": hint}
    return Ended(status, None, found)


def _problem(ended: int, signals: Signals) -> Error | None:
    """Why the end of the process is no success; None when it is one."""
    if ended == 0:
        return None
    how = f"ended with status {ended}"
    if ended < 0:
        name = f"signal {-ended}"
        with suppress(ValueError):
            name = signal.Signals(-ended).name
        how = f"was ended by {name}"
    code = "signal" if ended < 0 else "exit-status"
    message = f"the command {how}"
    if signals.name is not None:
        code, message = "interrupted", f"{signals.name} came, and the command {how}"
    return {"code": code, "message": message, "details": {}, "hint": None}
