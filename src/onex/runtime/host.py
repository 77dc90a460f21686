"""What the machine gives to executors: folders for their files, processes for their nodes."""

import sys
import threading

from onex.runtime import process
from onex.runtime.process import Ended, Launch
from onex.runtime.scratch import Scratch
from onex.runtime.worker import Worker


class Host:
    """The folders and the zygotes of one runtime; safe to use from several threads."""

    def __init__(self) -> None:
        self.scratch = Scratch()
        self._workers: dict[str, Worker] = {}
        self._lock = threading.Lock()

    def run(self, launch: Launch, interpreter: str = sys.executable) -> Ended:
        """Run a process that is forked from a bare ``interpreter``.

        Raises:
            WorkerLostError: it cannot be said how the process ended.
            RefusedError: this platform cannot fork.
        """
        with self._lock:
            worker = self._workers.setdefault(interpreter, Worker(interpreter))
        return process.run(worker, launch)

    def close(self) -> None:
        """End every process and remove every folder."""
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()
        self.scratch.close()
