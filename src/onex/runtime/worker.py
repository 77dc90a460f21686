"""The orchestrator's side of one bare zygote: it starts it, and hands it executions.

A zygote belongs to one interpreter, is started when it is first wanted, and ends with the
descriptor that this module holds, so also when the orchestrator is killed.
"""

import os
import socket
import threading
from typing import TYPE_CHECKING

from onex.runtime.gate import require_fork

if TYPE_CHECKING:
    import subprocess

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bare", "zygote.py")
FLAGS = ("-I", "-S", "-X", "utf8")
END_SECONDS = 10.0
"""How long a zygote may take to kill what is left and end."""


class WorkerLostError(Exception):
    """The processes between the orchestrator and the node are gone."""


class Worker:
    """One zygote; safe to use from several threads.

    Args:
        interpreter: the Python that node processes are forked from.
    """

    def __init__(self, interpreter: str) -> None:
        self._interpreter = interpreter
        self._lock = threading.Lock()
        self._requests: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def submit(self, descriptors: list[int]) -> None:
        """Start an execution with the six descriptors of ``bare.launch.Descriptors``.

        Raises:
            WorkerLostError: no zygote could be started.
            RefusedError: processes cannot be forked on this platform.
        """
        with self._lock:
            try:
                socket.send_fds(self._running(), [b"x"], descriptors)
            except (BrokenPipeError, ConnectionResetError):
                # It was killed between two executions; nothing of this one has begun.
                self._end()
                try:
                    socket.send_fds(self._running(), [b"x"], descriptors)
                except OSError as error:
                    message = f"{self._interpreter}: node processes cannot be forked from it"
                    raise WorkerLostError(message) from error

    def close(self) -> None:
        """End the zygote and everything below it."""
        with self._lock:
            self._end()

    def _running(self) -> socket.socket:
        if self._requests is None:
            self._requests = self._start()
        return self._requests

    def _start(self) -> socket.socket:
        require_fork()
        import subprocess  # noqa: PLC0415 - slow to import, and a noop does without

        ours, theirs = socket.socketpair()
        with theirs:
            command = [self._interpreter, *FLAGS, PROGRAM, str(theirs.fileno())]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the interpreter is named by the node
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                    cwd="/",
                    start_new_session=True,
                )
            except OSError as error:
                ours.close()
                message = f"{self._interpreter}: cannot be started: {error.strerror}"
                raise WorkerLostError(message) from error
        return ours

    def _end(self) -> None:
        import subprocess  # noqa: PLC0415 - see _start

        if self._requests is not None:
            self._requests.close()
            self._requests = None
        if self._process is not None:
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
