"""A command, run to its end: how long it took, and how much memory it had at most."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter_ns

TIMEOUT_S = 120.0

# Compiled modules are kept, as they are where onex is installed: the first run writes them.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One command, run several times.

    Attributes:
        times: how often it ran.
        wall_ms: the median of the time that it took.
        peak_mb: the most memory that one of the processes had; what a child of it had counts for
            itself. Never less than this process has, whose memory a new process starts with.
    """

    times: int
    wall_ms: float
    peak_mb: float


class BenchError(Exception):
    """A command did not do what was to be measured."""


def measure(command: Sequence[str], folder: str, times: int, *, expect: int = 0) -> Sample:
    """Run ``command`` in ``folder``, ``times`` times after one time to warm up.

    Raises:
        BenchError: it did not end with the status ``expect``.
    """
    runs = [_run(command, folder, expect) for _ in range(times + 1)][1:]
    return Sample(
        times=times,
        wall_ms=sorted(wall_ms for wall_ms, _ in runs)[times // 2],
        peak_mb=max(peak_mb for _, peak_mb in runs),
    )


def read(command: Sequence[str], folder: str) -> str:
    """What ``command`` prints.

    Raises:
        BenchError: it failed.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command[:4])}: status {done.returncode}: {done.stderr}")
    return done.stdout


def _run(command: Sequence[str], folder: str, expect: int) -> tuple[float, float]:
    """The time in ms, and the peak in MB."""
    # What a command that fails says last is worth more than the cost of the pipe.
    start = perf_counter_ns()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall_ms = (perf_counter_ns() - start) / 1e6
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expect:
        shown = " ".join(command[:4])
        raise BenchError(f"{shown}: status {process.returncode}: {said.decode(errors='replace')}")
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return wall_ms, kilobytes / 1024
