"""The timeline of a run: when each unit began and how long it took, in the real order."""

from typing import NamedTuple

from onex.report.figures import fine_duration
from onex_types.run import Run, Unit

MOST = 200
"""How many units are drawn at most."""

SCALE = 10_000
"""How long the whole run is drawn; a bar is never shorter than `SHORTEST`."""

SHORTEST = 30


class Bar(NamedTuple):
    """A unit in time."""

    number: int
    unit: Unit
    start: int
    length: int
    after: str
    took: str


class Timeline(NamedTuple):
    """The units in time, and the moments that the axis names."""

    bars: list[Bar]
    ticks: list[str]
    left_out: int


def timeline(run: Run) -> Timeline | None:
    """When the units ran; None when that is not known, as in a golden report."""
    timed = [
        (unit["seq_exec"], number, unit)
        for number, unit in enumerate(run["units"])
        if unit["executed"] and unit["started_us"] is not None and unit["duration_us"] is not None
    ]
    if not timed or "started_us" not in run:
        return None
    timed.sort(key=lambda entry: entry[:2])
    begin = min(run["started_us"], *(_start(unit) for _, _, unit in timed))
    end = max(_start(unit) + _length(unit) for _, _, unit in timed)
    span = max(1, end - begin)
    return Timeline(
        bars=[_bar(number, unit, begin, span) for _, number, unit in timed[:MOST]],
        ticks=[fine_duration(span * quarter // 4) for quarter in range(5)],
        left_out=max(0, len(timed) - MOST),
    )


def _bar(number: int, unit: Unit, begin: int, span: int) -> Bar:
    after, us = _start(unit) - begin, _length(unit)
    length = max(SHORTEST, SCALE * us // span)
    start = min(SCALE * after // span, SCALE - length)
    return Bar(number, unit, start, length, fine_duration(after), fine_duration(us))


def _start(unit: Unit) -> int:
    return unit["started_us"] or 0


def _length(unit: Unit) -> int:
    return unit["duration_us"] or 0
