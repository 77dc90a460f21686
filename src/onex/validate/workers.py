"""Work on a long list in several processes, each a fork of this one.

The list is cut into pieces; whoever is free takes the next one, this process too. What comes back
is put together in the order of the list, so that nothing tells how many there were. Threads would
gain nothing: most of the work is Python's own.
"""

import marshal
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO, TypeVar

from onex.errors import OnexError

PIECES = 8
"""How many pieces there are for each process."""

MOST_JOBS = 31
"""More processes than that gain nothing; each piece has a number of one byte."""

Item = TypeVar("Item")
Value = TypeVar("Value")


def default_jobs() -> int:
    """How many processes there may be: as many as there are cores, one where none can be forked."""
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], list[Value]],
    jobs: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[Value]:
    """What ``work`` makes of ``items``: of each item one value, which ``marshal`` can write.

    Args:
        items: the list.
        work: makes the values of a part of the list.
        jobs: how many processes there may be, this one included.
        meanwhile: what this process does first; with others, while they work.

    Raises:
        OnexError: one of the processes ended before its work was done.
    """
    jobs = min(jobs, MOST_JOBS, len(items))
    if jobs < 2 or not hasattr(os, "fork"):  # noqa: PLR2004
        meanwhile()
        return work(items)
    pieces = _pieces(items, jobs * PIECES)
    numbers = _numbers(len(pieces))

    def share(is_wanted: Callable[[], bool]) -> dict[int, list[Value]]:
        done = {}
        while (number := os.read(numbers, 1)) and is_wanted():
            done[number[0]] = work(pieces[number[0]])
        return done

    try:
        with _children(share, jobs - 1) as children:
            meanwhile()
            done = share(lambda: True)
            for child in children:
                done.update(child.result())
    finally:
        os.close(numbers)
    return [value for number in range(len(pieces)) for value in done[number]]


def _pieces(items: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """``items`` in pieces one after the other, nearly of one size."""
    count = min(count, len(items))
    edges = [len(items) * number // count for number in range(count + 1)]
    return [items[start:end] for start, end in pairwise(edges)]


def _numbers(count: int) -> int:
    """The reading end of a pipe that holds the number of each piece, for whoever takes it first."""
    reading, writing = os.pipe()
    os.write(writing, bytes(range(count)))
    os.close(writing)
    return reading


@dataclass(slots=True)
class _Child:
    """A process that works beside this one.

    Attributes:
        pid: its number.
        pipe: what it sends when it is done.
        is_over: whether it has ended, and its number may be another's.
    """

    pid: int
    pipe: BinaryIO
    is_over: bool = False

    def result(self) -> dict[int, list[Any]]:
        """What it did, once it is done."""
        data = self.pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.is_over = True
        if status:
            how = f"was ended by signal {-status}" if status < 0 else "failed"
            raise OnexError(
                f"a process that was to check a part of the nodes {how}",
                help="run it again with `-j 1`, in one process, to see why",
            )
        done: dict[int, list[Any]] = marshal.loads(data)  # noqa: S302 - our own process wrote it
        return done

    def end(self) -> None:
        """Leave nothing of it behind."""
        self.pipe.close()
        if not self.is_over:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@contextmanager
def _children(
    share: Callable[[Callable[[], bool]], dict[int, list[Any]]], count: int
) -> Iterator[list[_Child]]:
    """Up to ``count`` processes that do their ``share``; none is left when this is left."""
    children: list[_Child] = []
    try:
        # Where the system gives no more processes, those that there are do all the work.
        with suppress(OSError):
            for _ in range(count):
                children.append(_fork(share))  # noqa: PERF401 - those that there are must be known
        yield children
    finally:
        for child in children:
            child.end()


def _fork(share: Callable[[Callable[[], bool]], dict[int, list[Any]]]) -> _Child:
    parent = os.getpid()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return _Child(pid, open(reading, "rb"))
    status = 1
    try:
        # What ends this process is the parent's to tell of.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(reading)
        with open(writing, "wb") as pipe:
            pipe.write(marshal.dumps(share(lambda: os.getppid() == parent)))
        status = 0
    finally:
        os._exit(status)
