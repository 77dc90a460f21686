"""Reasoning in a process of its own, which can be stopped: a hostile schema can keep the engine busy.

The engine cannot be interrupted while it reasons. Where the platform has no fork, it is not
stopped.
"""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from onex.core.values import JSON

MEMORY_BYTES = 2 << 30
CHUNK = 1 << 16
TOO_LONG = "the schemas are too intricate to reason about"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """There is no answer.

    Attributes:
        reason: why.
    """

    reason: str


def apart(ask: Callable[[], JSON], seconds: float) -> "JSON | Unanswered":
    """What ``ask`` returns, if it does within so many seconds.

    Raises:
        RuntimeError: ``ask`` has failed, which is a fault of its own.
    """
    if not hasattr(os, "fork"):
        return ask()
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _answer(ask, writer, seconds)
    os.close(writer)
    try:
        data = _read(reader, time.monotonic() + seconds)
    finally:
        os.close(reader)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    try:
        answer, fault = json.loads(data)
    except ValueError:  # cut off, or nothing at all
        return Unanswered(TOO_LONG)
    if fault:
        raise RuntimeError(fault)
    return answer  # type: ignore[no-any-return]


def _answer(ask: Callable[[], JSON], writer: int, seconds: float) -> NoReturn:
    """Ask, write the answer, and end this process, whatever happens."""
    try:
        import resource  # noqa: PLC0415 - absent on some platforms, as fork is

        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine's last words are for nobody
        # The parent may be stopped; this process is not to outlive its use.
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        view = memoryview(json.dumps(_outcome(ask)).encode())
        while view:
            view = view[os.write(writer, view) :]
    finally:
        os._exit(0)


def _outcome(ask: Callable[[], JSON]) -> JSON:
    """The answer and no fault, or no answer and the fault."""
    try:
        return [ask(), None]
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - it is raised again where it can be told
        return [None, f"{type(error).__name__}: {error}"]


def _read(reader: int, deadline: float) -> bytes:
    """All that comes until the end; nothing when that does not come in time."""
    data = b""
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([reader], [], [], max(left, 0))
        if not ready:
            return b""
        more = os.read(reader, CHUNK)
        if not more:
            return data
        data += more
