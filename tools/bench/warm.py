"""Executions in one runtime: ``python -m tools.bench.warm ROOT COUNT`` prints the time of one more.

They are recorded as ``onex run`` records them. The first execution, which starts what the others
share, is not counted.
"""

import sys
from time import perf_counter_ns

from tools.bench.nodes import id_of
from tools.bench.process import BenchError

from onex.core import node
from onex.core.workspace import Workspace
from onex.pipeline.run import Unit, run


def time_runs(root: str, count: int) -> float:
    """How long ``count`` executions of the first node took, in ms, beyond those of one.

    Raises:
        BenchError: one did not succeed.
    """
    folder = Workspace(root).ref(id_of(0)).folder
    unit = Unit(name=id_of(0), load=lambda: node.load(folder), state=lambda _: {"text": "text"})
    return _time(root, [unit] * (count + 1)) - _time(root, [unit])


def _time(root: str, units: list[Unit]) -> float:
    start = perf_counter_ns()
    report = run(Workspace(root), units)
    wall_ms = (perf_counter_ns() - start) / 1e6
    if report.run["outcome"] != "success":
        reasons = [str(refusal) for refusal in report.refusals]
        raise BenchError(f"{report.run['outcome']}: {reasons or report.results[0]['error']}")
    return wall_ms


if __name__ == "__main__":
    print(time_runs(sys.argv[1], int(sys.argv[2])))
