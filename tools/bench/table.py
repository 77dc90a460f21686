"""The table that is printed: blocks of rows, each compared with the first row of its block."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.bench.process import Sample

HEAD = f"{'':44} {'n':>3} {'median ms':>10} {'each ms':>9} {'ratio':>7} {'cpu ms':>8} {'peak MB':>8}  note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured thing.

    Attributes:
        name: what was run.
        sample: what it took.
        units: how many nodes or executions it did.
        note: what it does that the others of the block do not do, or leaves out.
    """

    name: str
    sample: Sample
    units: int = 1
    note: str = ""

    @property
    def each_ms(self) -> float:
        """The time per unit."""
        return self.sample.wall_ms / self.units


@dataclass(slots=True)
class Block:
    """Rows about one kind of work; the first is what the others are compared with."""

    title: str
    rows: list[Row] = field(default_factory=list)


def render(block: Block) -> Iterable[str]:
    """The lines of a block; the ratio is that of the times per unit."""
    yield f"{block.title}  (ratio: {block.rows[0].name} = 1)"
    for row in block.rows:
        ratio = row.each_ms / block.rows[0].each_ms
        peak = f"{row.sample.peak_mb:8.0f}" if row.sample.peak_mb else " " * 8
        cpu = f"{row.sample.cpu_ms:8.0f}" if row.sample.cpu_ms else " " * 8
        line = (
            f"  {row.name:42} {row.sample.times:3} {row.sample.wall_ms:10.1f} "
            f"{row.each_ms:9.3f} {ratio:7.3f} {cpu} {peak}  {row.note}"
        )
        yield line.rstrip()
    yield ""
