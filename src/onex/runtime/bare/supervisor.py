"""The supervisor of one execution: it keeps the time limit, leaves nothing alive, and reports.

The report is one JSON object on the control socket. An end of that socket, because the orchestrator
wants the node to end or has itself ended, asks for a kill.
"""

from __future__ import annotations

import json
import os
import resource  # noqa: F401 - os.wait4 would import it anew in every supervisor
import select
import signal
import time

TYPE_CHECKING = False  # what `typing` calls it; importing that would add an eighth to the memory
if TYPE_CHECKING:
    from typing import NoReturn

    from onex.runtime.bare.kernel import adopt_orphans
    from onex.runtime.bare.launch import Descriptors, Job, read_all, write_all
    from onex.runtime.bare.node_process import become_node
else:
    from kernel import adopt_orphans
    from launch import read_all, write_all
    from node_process import become_node

KILL_SECONDS = 5.0
"""How long a killed process may stay, for example in a system call that cannot be interrupted."""


class Ending:
    """How the node process ended: its wait status, what it used, and whether time was up."""

    def __init__(
        self, status: int, cpu_us: int = 0, max_rss_kib: int = 0, *, timed_out: bool
    ) -> None:
        self.exit = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        self.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        self.cpu_us = cpu_us
        self.max_rss_kib = max_rss_kib
        self.timed_out = timed_out


def supervise(descriptors: Descriptors) -> NoReturn:
    """Run one node process to its end, leave nothing of it alive, and report."""
    os.setsid()
    adopt_orphans()
    job: Job = json.loads(read_all(descriptors.job))
    wake = catch_sigchld()
    verdict_out, verdict_in = os.pipe()
    supervisor = os.getpid()
    node = os.fork()
    if node == 0:
        for descriptor in (descriptors.job, descriptors.control, verdict_out, *wake):
            os.close(descriptor)
        become_node(job, descriptors, verdict_in, supervisor)
    for descriptor in (
        verdict_in,
        descriptors.input,
        descriptors.result,
        descriptors.stdout,
        descriptors.stderr,
    ):
        os.close(descriptor)
    ending = watch(node, descriptors.control, wake[0], job)
    left = sweep(set()) if has_children() else 0
    report = {
        "exit": ending.exit,
        "signal": ending.signal,
        "timed_out": ending.timed_out,
        "cpu_us": ending.cpu_us,
        "max_rss_kib": ending.max_rss_kib,
        "left": left,
        "verdict": read_verdict(verdict_out),
    }
    write_all(descriptors.control, json.dumps(report).encode())
    os._exit(0)


def catch_sigchld() -> tuple[int, int]:
    """A pipe that becomes readable when a child ends."""
    wake_out, wake_in = os.pipe()
    os.set_blocking(wake_in, False)
    os.set_blocking(wake_out, False)
    signal.set_wakeup_fd(wake_in, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return wake_out, wake_in


def watch(node: int, control: int, wake: int, job: Job) -> Ending:
    """Wait for the node process; TERM at its time limit, KILL after the grace or on demand."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(wake, select.POLLIN)
    deadline = time.monotonic() + job["timeout_ms"] / 1000
    sent = 0
    timed_out = False
    while True:
        ending = reap(node, timed_out=timed_out)
        if ending is not None:
            return ending
        now = time.monotonic()
        if now >= deadline:
            if sent == signal.SIGKILL:  # it cannot be killed now; the report must not wait for it
                return Ending(signal.SIGKILL, timed_out=timed_out)
            timed_out = timed_out or sent == 0
            sent = signal.SIGKILL if sent else signal.SIGTERM
            signal_all(node, sent)
            deadline = now + (job["grace_ms"] / 1000 if sent == signal.SIGTERM else KILL_SECONDS)
        for descriptor, _ in poll.poll(1 + max(0.0, deadline - now) * 1000):
            if descriptor == wake:
                os.read(wake, 512)
            else:
                poll.unregister(control)
                sent = signal.SIGKILL
                signal_all(node, sent)
                deadline = now + KILL_SECONDS


def reap(node: int, *, timed_out: bool) -> Ending | None:
    """Collect every child that ended; how the node process did, if it is among them."""
    while True:
        pid, status, usage = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return None
        if pid == node:
            cpu_us = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
            return Ending(status, cpu_us, usage.ru_maxrss, timed_out=timed_out)


def signal_all(node: int, number: int) -> None:
    """Signal the node's process group and every descendant."""
    for pid in (-node, *descendants(set())):
        try:
            os.kill(pid, number)
        except OSError:  # it ended meanwhile, or took another user's rights
            continue


def descendants(spare: set[int]) -> list[int]:
    """Every process below this one but those in ``spare``; none where there is no ``/proc``."""
    children: dict[int, list[int]] = {}
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    for name in names:
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                parent = int(file.read().rpartition(b")")[2].split()[1])
        except OSError:  # it ended between the listing and the reading
            continue
        children.setdefault(parent, []).append(int(name))
    found = [pid for pid in children.get(os.getpid(), []) if pid not in spare]
    for pid in found:  # grows while it is walked
        found.extend(children.get(pid, []))
    return found


def sweep(spare: set[int]) -> int:
    """Kill until nothing is left below this process but ``spare``; how many could not be killed.

    A process whose parent dies becomes a child of this one, so that none gets away.
    """
    deadline = time.monotonic() + KILL_SECONDS
    while True:
        alive = descendants(spare)
        if not alive or time.monotonic() > deadline:
            return len(alive)
        for pid in alive:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, os.WNOHANG)
            except OSError:  # it ended meanwhile, is not a child yet, or took another user's rights
                continue
        time.sleep(0.001)


def has_children() -> bool:
    """Whether a child is left, after collecting those that ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def read_verdict(descriptor: int) -> Job | None:
    """What the node process said about its own end; a node may have written here too."""
    os.set_blocking(descriptor, False)
    try:
        verdict = json.loads(os.read(descriptor, 65536))
        # Python reads more than JSON: halves of surrogate pairs, NaN. Those are no verdict.
        json.dumps(verdict, ensure_ascii=False, allow_nan=False).encode()
    except (BlockingIOError, ValueError, RecursionError):
        return None
    return verdict if isinstance(verdict, dict) else None
