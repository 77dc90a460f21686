"""The bare process that node processes are forked from: ``python -I -S zygote.py FD``.

It imports nothing of onex and as little as can be of the standard library, because the price of
a fork grows with the memory of the parent. ``FD`` is a stream socket: each byte on it carries
the six descriptors of one execution (``Descriptors``), and when it ends, so does everything here.

    zygote ── fork ── supervisor ── fork ── node process
                      one per execution, adopts what the node leaves behind, keeps the time limit,
                      kills all of it, then reports

The modules of this folder run on every interpreter that a node may name: they keep to Python 3.9.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys

TYPE_CHECKING = False  # what `typing` calls it; importing that would add an eighth to the memory
if TYPE_CHECKING:
    from typing import NoReturn

    from onex.runtime.bare.kernel import adopt_orphans
    from onex.runtime.bare.launch import Descriptors
    from onex.runtime.bare.supervisor import catch_sigchld, supervise, sweep
else:
    # Run by path and isolated, so the folder is not on the path; last, and only for a moment.
    sys.path.append(os.path.dirname(os.path.abspath(__file__)))
    from kernel import adopt_orphans
    from launch import Descriptors
    from supervisor import catch_sigchld, supervise, sweep

    sys.path.pop()


def serve(requests: socket.socket) -> None:
    """Fork a supervisor for each request until the orchestrator closes its end."""
    adopt_orphans()
    wake = catch_sigchld()
    supervisors: set[int] = set()
    gc.collect()
    gc.freeze()  # a collection in a child would copy every page of the parent
    poll = select.poll()
    poll.register(requests, select.POLLIN)
    poll.register(wake[0], select.POLLIN)
    is_open = True
    while is_open:
        for descriptor, _ in poll.poll():
            if descriptor == wake[0]:
                os.read(wake[0], 512)
                collect(supervisors)
            else:
                is_open = accept(requests, wake, supervisors)
    # Supervisors see the same end and clean up; whoever is left is killed here.
    sweep(set())


def accept(requests: socket.socket, wake: tuple[int, int], supervisors: set[int]) -> bool:
    """Take one request and fork for it; whether there was one."""
    data, received, _, _ = socket.recv_fds(requests, 1, Descriptors.COUNT)
    if not data:
        return False
    descriptors = Descriptors(received)
    pid = fork_or_report(descriptors)
    if pid == 0:
        requests.close()
        for descriptor in wake:
            os.close(descriptor)
        guarded(descriptors)
    if pid > 0:
        supervisors.add(pid)
    for descriptor in descriptors.all:
        os.close(descriptor)
    return True


def collect(supervisors: set[int]) -> None:
    """Reap what ended; the node of a supervisor that was killed is an orphan here, and killed."""
    is_lost = False
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            is_lost = is_lost or (pid in supervisors and status != 0)
            supervisors.discard(pid)
    except ChildProcessError:
        supervisors.clear()
    if is_lost:
        sweep(supervisors)


def guarded(descriptors: Descriptors) -> NoReturn:
    """Supervise, and never come back into the loop of the zygote."""
    try:
        supervise(descriptors)
    except BaseException as error:  # noqa: BLE001 - the end of the process is the boundary
        sys.__excepthook__(type(error), error, error.__traceback__)
    finally:
        os._exit(1)


def fork_or_report(descriptors: Descriptors) -> int:
    """Fork; a host that is out of processes is reported, and is no reason to end."""
    try:
        return os.fork()
    except OSError as error:
        os.write(descriptors.control, json.dumps({"lost": error.strerror}).encode())
        return -1


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    serve(socket.socket(fileno=int(sys.argv[1])))
