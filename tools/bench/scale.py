"""How much is measured: all of it, or a little in a few seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured.

    Attributes:
        times: how often a short command runs.
        long_times: how often a long one runs.
        nodes: how many nodes are validated at once.
        many: how many are, where cold and warm are compared.
        executions: how many executions one runtime makes.
        units: how many units a run has that is projected.
        shown: how many units a run has that is shown as a page.
        runs: how many runs a workspace has whose runs are listed.
    """

    times: int
    long_times: int
    nodes: int
    many: int
    executions: int
    units: int
    shown: int
    runs: int


FULL = Scale(
    times=15,
    long_times=5,
    nodes=1000,
    many=10_000,
    executions=1000,
    units=10_000,
    shown=1000,
    runs=100_000,
)
QUICK = Scale(
    times=5,
    long_times=3,
    nodes=100,
    many=400,
    executions=100,
    units=1000,
    shown=100,
    runs=10_000,
)
