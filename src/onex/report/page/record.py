"""The record behind a page: the end of the log, and the run as JSON as far as it is small."""

import json
from typing import NamedTuple

from onex.report.page.texts import cut
from onex.results.moments import utc_exact
from onex_types.run import Run

MOST_LINES = 200
LONGEST_LINE = 240
LARGEST = 150_000
"""How many characters of JSON a page holds at most."""


class Log(NamedTuple):
    """The last lines of a log."""

    lines: list[str]
    total: int


class Raw(NamedTuple):
    """A run as JSON, and the members that are left out."""

    text: str
    left_out: list[str]


def log(run: Run) -> Log | None:
    """The end of the log; None when there is none, as in a golden report."""
    found = run.get("log")
    if not found:
        return None
    lines = [
        cut(
            f"{utc_exact(line['at_us'])} {line['text']}"
            if line["at_us"] is not None
            else line["text"],
            LONGEST_LINE,
        )
        for line in found[-MOST_LINES:]
    ]
    return Log(lines, len(found))


def raw(run: Run) -> Raw:
    """The run without its log as ASCII JSON; of a large run, without its largest members."""
    texts = {name: _spell(value) for name, value in run.items() if name != "log"}
    size = sum(map(len, texts.values()))
    left_out = []
    for name in sorted(texts, key=lambda name: (-len(texts[name]), name)):
        if size <= LARGEST:
            break
        size -= len(texts[name])
        left_out.append(name)
    small = {name: run[name] for name in texts if name not in left_out}  # type: ignore[literal-required]
    return Raw(_spell(small), sorted(left_out))


def _spell(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True)
