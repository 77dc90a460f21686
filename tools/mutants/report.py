"""What came of the mutants: a score for each group, and the survivors by place."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from tools.mutants.mutant import Mutant
from tools.mutants.targets import GROUPS, group_of

Z = 1.96
"""Of a normal distribution, for an interval that holds the true score in 95 of 100 samples."""


class Row(NamedTuple):
    """The score of one group."""

    group: str
    killed: int
    made: int

    @property
    def percent(self) -> float:
        """How many of 100 mutants were noticed."""
        return 100 * self.killed / self.made

    def __str__(self) -> str:
        low, high = interval(self.killed, self.made)
        return (
            f"{self.group:8} {self.percent:5.1f} %  {self.killed} of {self.made} killed"
            f"  (of a sample: {low:.1f} to {high:.1f} %)"
        )


def interval(killed: int, made: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a score in percent."""
    share, extra = killed / made, Z * Z / made
    middle = (share + extra / 2) / (1 + extra)
    half = Z * sqrt(share * (1 - share) / made + extra / (4 * made)) / (1 + extra)
    return 100 * (middle - half), 100 * (middle + half)


def score(mutants: Sequence[Mutant], survived: Sequence[Mutant]) -> list[Row]:
    """The scores of the groups that had mutants, and of all together."""
    rows = []
    for group in GROUPS:
        made = sum(group_of(mutant.path) == group for mutant in mutants)
        alive = sum(group_of(mutant.path) == group for mutant in survived)
        if made:
            rows.append(Row(group, made - alive, made))
    return [*rows, Row("all", len(mutants) - len(survived), len(mutants))]


def write(
    path: str,
    mutants: Sequence[Mutant],
    survived: Sequence[tuple[Mutant, int]],
    *,
    is_sample: bool,
) -> None:
    """Write the report to ``path``."""
    rows = score(mutants, [mutant for mutant, _ in survived])
    lines = ["# Mutants", "", "```", *map(str, rows), "```", ""]
    if is_sample:
        lines += [f"A sample of {len(mutants)}.", ""]
    lines += ["| where | tests | was | became |", "|---|---|---|---|"]
    for mutant, tests in sorted(survived):
        cells = (mutant.before, mutant.after)
        was, became = (f"`{text.replace('|', chr(92) + '|')}`" for text in cells)
        lines.append(f"| src/{mutant.path}:{mutant.line} | {tests} | {was} | {became} |")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
