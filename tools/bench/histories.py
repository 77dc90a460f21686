"""Workspaces that have seen many runs: ``python -m tools.bench.histories ROOT RUNS RECORDED``.

The newest RECORDED runs have a folder with all that a run leaves behind; of the others there is an
empty folder, and the line in the index, which is all that a list of runs looks at.
"""

import os
import sys

from tools.bench.nodes import make
from tools.bench.records import GIT, START_US, run

from onex.results.run import RunFold
from onex.runs import derived, index
from onex.runs.journal import FILE_NAME, Journal
from onex.runs.run_id import format_run_id
from onex_types.fact import Fact
from onex_types.run import Run

UNITS = 3
"""How many units each run has."""

APART_US = 60_000_000
"""How long after one run the next began."""


def write(root: str, count: int, recorded: int) -> None:
    """Make a workspace at ``root`` that has seen ``count`` runs."""
    make(root, 1, "noop")
    place = os.path.join(root, index.PLACE)
    os.makedirs(place)
    like = _record(_facts("", START_US))
    for number in range(count):
        start_us = START_US + number * APART_US
        run_id = format_run_id(start_us, like["pipeline_id"], GIT["sha7"])
        folder = os.path.join(place, run_id)
        os.mkdir(folder)
        if number >= count - recorded:
            _keep(folder, _facts(run_id, start_us))
        index.add(root, {**like, "run_id": run_id, "started_us": start_us})


def _facts(run_id: str, start_us: int) -> list[Fact]:
    return list(run(UNITS, run_id=run_id, start_us=start_us, outcome="success"))


def _record(facts: list[Fact]) -> Run:
    fold = RunFold()
    for fact in facts:
        fold.add(fact)
    return fold.run()


def _keep(folder: str, facts: list[Fact]) -> None:
    """Put a run into its folder."""
    journal = Journal(os.path.join(folder, FILE_NAME))
    for fact in facts:
        journal.append(fact)
    journal.close()
    derived.write(folder, _record(facts))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
