"""A command, run to its end: how long it took, and how much memory it had at most."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from shutil import which
from time import perf_counter_ns

TIMEOUT_S = 120.0
BIN = os.path.dirname(sys.executable)
CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASS = (sys.executable, "-c", "pass")

# Compiled modules are kept, as they are where onex is installed: the first run writes them.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One command, run several times.

    Attributes:
        times: how often it ran.
        wall_ms: the median of the time that it took.
        cpu_ms: the median of the time that it took of all cores, where that was measured.
        peak_mb: the most memory that one of the processes had; what a child of it had counts for
            itself. Never less than this process has, whose memory a new process starts with.
    """

    times: int
    wall_ms: float
    peak_mb: float
    cpu_ms: float = 0.0


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
        wall_ms=sorted(wall_ms for wall_ms, _, _ in runs)[times // 2],
        peak_mb=max(peak_mb for _, _, peak_mb in runs),
        cpu_ms=sorted(cpu_ms for _, cpu_ms, _ in runs)[times // 2],
    )


def onex(folder: str, times: int, *arguments: str) -> Sample:
    """Run ``onex`` in ``folder``, ``times`` times.

    Raises:
        BenchError: it failed.
    """
    return measure((os.path.join(BIN, "onex"), *arguments), folder, times)


def tool(name: str) -> str | None:
    """The tool beside this Python, else on the search path."""
    return which(name, path=BIN) or which(name)


def script(name: str, *arguments: object) -> str:
    """What a module of this package prints, in a process of its own: this one is to stay small.

    Raises:
        BenchError: it failed.
    """
    return read((sys.executable, "-m", f"tools.bench.{name}", *map(str, arguments)), CHECKOUT)


def ask(times: int, name: str, *arguments: object) -> tuple[Sample, dict[str, int]]:
    """Run a module of this package that measures itself; what it took, and what else it ``tell``s.

    Raises:
        BenchError: it failed.
    """
    told = [json.loads(script(name, *arguments)) for _ in range(times)]
    sample = Sample(
        times=times,
        wall_ms=sorted(one.pop("wall_ms") for one in told)[times // 2],
        peak_mb=max(one.pop("peak_mb") for one in told),
    )
    return sample, told[0]


def tell(start: int, **told: int) -> None:
    """Print for ``ask`` how long it is since ``start``, and the most memory that there was."""
    import resource  # noqa: PLC0415 - as the measuring process has no need of it

    wall_ms = (perf_counter_ns() - start) / 1e6
    peak_mb = _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(json.dumps({"wall_ms": wall_ms, "peak_mb": peak_mb, **told}))


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


def _run(command: Sequence[str], folder: str, expect: int) -> tuple[float, float, float]:
    """The time in ms, that of all cores, and the peak in MB."""
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
    cpu_ms = 1e3 * (usage.ru_utime + usage.ru_stime)
    return wall_ms, cpu_ms, _megabytes(usage.ru_maxrss)


def _megabytes(max_rss: int) -> float:
    """The peak that a system tells: in KiB, but on macOS in bytes."""
    return max_rss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
