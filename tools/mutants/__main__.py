"""``python -m tools.mutants [MODULE…]``: how many mutants of reader, lock and rules the tests notice.

Writes the survivors to build/mutants.md. Exit status 1 below ``LEAST`` in a group, 2 where the tests
fail as they are.
"""

import argparse
import os
import random
import sys
from collections.abc import Sequence

import pytest
from tools.mutants.mutant import Mutant, mutants_of
from tools.mutants.report import score, write
from tools.mutants.targets import GROUPS, ROOT, TESTS
from tools.mutants.trial import Trial

LEAST = 85.0
ENDS = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.TESTS_FAILED)
"""How pytest ends where nothing went wrong with itself."""

REPORT = os.path.join(ROOT, "build", "mutants.md")
MEMORY = os.path.join(ROOT, "build", "mutants.json")
PYTEST = (
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-s",
    "-qq",
    "--no-header",
    "-m",
    "not system",
)


def main() -> int:
    """Make the mutants, try them, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=main.__doc__)
    parser.add_argument("modules", nargs="*", help="parts of the paths of modules; all without one")
    parser.add_argument("--sample", type=int, metavar="N", help="try N of them, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--reuse", action="store_true", help="no test has changed since the last run"
    )
    options = parser.parse_args()
    mutants = _drawn(options.modules, options.sample, options.seed)
    if not mutants:
        print("no mutants of that", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    os.makedirs(os.path.dirname(REPORT), exist_ok=True)
    trial = Trial(mutants, options.jobs, MEMORY, reuse=options.reuse)
    status = pytest.main([*PYTEST, *TESTS], plugins=[trial])
    if trial.failed or status not in ENDS:
        print("the tests fail as they are:", *trial.failed, sep="\n", file=sys.stderr)
        return 2
    write(REPORT, trial.mutants, trial.survived, is_sample=options.sample is not None)
    scores = score(trial.mutants, [mutant for mutant, _ in trial.survived])
    for row in scores:
        print(row)
    print(f"survivors: {os.path.relpath(REPORT)}")
    return any(row.percent < LEAST for row in scores)


def _drawn(parts: Sequence[str], count: int | None, seed: int) -> list[Mutant]:
    paths = [path for group in GROUPS.values() for path in group]
    wanted = [path for path in paths if not parts or any(part in path for part in parts)]
    mutants = [mutant for path in wanted for mutant in mutants_of(path)]
    if count is None or count >= len(mutants):
        return mutants
    return sorted(random.Random(seed).sample(mutants, count), key=lambda m: (m.path, m.number))  # noqa: S311


if __name__ == "__main__":
    sys.exit(main())
