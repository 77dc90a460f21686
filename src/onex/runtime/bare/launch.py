"""What the bare processes hand to each other, and how bytes come and go.

The job is a JSON file: ``work``, ``env``, ``timeout_ms``, ``grace_ms`` and either ``file``,
``function`` and ``paths`` (call a Python function) or ``program`` and ``argv`` (execute).
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # what `typing` calls it; importing that would add an eighth to the memory
if TYPE_CHECKING:
    from typing import Any

    Job = dict[str, Any]


class Descriptors:
    """What the orchestrator sends with each byte, in this order."""

    COUNT = 6

    def __init__(self, received: list[int]) -> None:
        self.job, self.input, self.result, self.stdout, self.stderr, self.control = received
        self.all = received


def read_all(descriptor: int) -> bytes:
    """Everything from the start of a file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    size = os.fstat(descriptor).st_size
    data = b""
    while len(data) < size:
        data += os.read(descriptor, size - len(data))
    return data


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
