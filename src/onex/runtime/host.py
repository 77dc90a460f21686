"""What the machine gives to executors: folders for their files, processes for their nodes."""

import sys
import threading
from collections.abc import Callable
from typing import TypeAlias

from onex.runtime import process
from onex.runtime.process import Ended, Launch
from onex.runtime.scratch import Scratch
from onex.runtime.worker import Worker

Keep: TypeAlias = Callable[[bytes], str]
"""Keeps some bytes for good; their name, which is a digest."""


class Host:
    """The folders and the zygotes of one runtime; safe to use from several threads.

    Args:
        keep: keeps more of a log than its record shows; without it only the record is left.
    """

    def __init__(self, keep: Keep | None = None) -> None:
        self._keep = keep
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
        ended = process.run(worker, launch)
        if self._keep is not None:
            for name, data in ended.logs.items():
                if data:
                    ended.process[name]["blob"] = self._keep(data)
        return ended

    def close(self) -> None:
        """End every process and remove every folder."""
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()
        self.scratch.close()
