"""The index of the runs of a workspace, `reports/runs/index.jsonl`: one line for each finished run.

It only saves time: the folders are what counts. A run that it does not know is read from its
folder, and a line for a folder that is gone means nothing, so the index can be deleted at any time.
A line counts when it is spelled as onex spells it, so that a hundred thousand of them can be read
without a parser.
"""

import json
import os
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import cast

from onex.core import document
from onex.core.canonical import golden_bytes
from onex.core.files import append, write_atomic
from onex.core.values import JSON
from onex.errors import DocumentError, OnexError
from onex.results.status import Outcome
from onex.runs.run_id import parse_run_id
from onex_types.index_entry import IndexEntry
from onex_types.run import Run

PLACE = os.path.join("reports", "runs")
FILE_NAME = "index.jsonl"

MOST_BYTES = 1 << 28
"""How large an index may be to be read: that of a million runs."""

FEW = 256
"""How many runs are looked up one by one before all lines are read."""

_SECOND = len("20260117T143052Z")
_KEY = '"run_id":"'
_LINE = re.compile(
    r'^\{"duration_us":(\d{1,16}),"finished":true,"outcome":"(success|partial|failure|error)",'
    r'"pipeline_id":"([A-Za-z0-9-]++)","run_id":"([A-Za-z0-9_-]++)","started_us":(\d{1,16}),'
    r'"units":(\{(?:"[a-z]{1,16}":\d{1,9}(?:,(?="))?)*+\})\}$',
    re.ASCII | re.MULTILINE,
)


def folder_of(root: str, run_id: str) -> str:
    """The folder of a run of the workspace at ``root``, whether it is there or not."""
    return os.path.join(root, PLACE, run_id)


def add(root: str, run: Run) -> None:
    """Put a line for ``run`` into the index, in one write.

    Raises:
        OnexError: it could not be written.
    """
    path = os.path.join(root, PLACE, FILE_NAME)
    line = golden_bytes(cast("JSON", entry_of(run))) + b"\n"
    try:
        append(path, line, follow=False)
    except OnexError as error:
        help_ = "move it away, and run `onex runs list --rebuild-index`"
        raise OnexError(error.message, help=help_) from error


def entry_of(run: Run) -> IndexEntry:
    """What the index says of a run."""
    statuses = [unit["status"] for unit in run["units"]]
    return {
        "run_id": run["run_id"],
        "pipeline_id": run["pipeline_id"],
        "outcome": run["outcome"],
        "started_us": run["started_us"],
        "duration_us": run["duration_us"],
        "units": {status: statuses.count(status) for status in sorted(set(statuses))},
        "finished": True,
    }


def run_ids(root: str) -> list[str]:
    """The ids of the runs of a workspace, the newest first; of the same second, by their names."""
    try:
        names = os.listdir(os.path.join(root, PLACE))
    except OSError:
        return []
    # A run id begins with its time, so that the order of names is that of time; parsing each
    # would cost most of the time that the index saves.
    return sorted((name for name in names if "__" in name), reverse=True)


def entries(root: str, ids: list[str]) -> Iterator[IndexEntry]:
    """What is known of each of these runs, in their order, read from folders where need be.

    Those that are no run folders are left out.
    """
    known = Known(_read(root))
    for run_id in ids:
        entry = known.entry(run_id) or _from_folder(root, run_id)
        if entry is not None:
            yield entry


def newest(root: str) -> Iterator[IndexEntry]:
    """What is known of each run of a workspace, the newest first."""
    # Entries come one by one, for whoever stops after a few; within a second, names do not say
    # what was first.
    found = entries(root, run_ids(root))
    for _, same in groupby(found, key=lambda entry: entry["run_id"][:_SECOND]):
        yield from sorted(same, key=_started, reverse=True)


def _started(entry: IndexEntry) -> tuple[int, str]:
    return entry["started_us"], entry["run_id"]


def rebuild(root: str) -> int:
    """Write the index again from the folders; how many runs it names.

    Raises:
        OnexError: it could not be written.
    """
    found = filter(None, (_from_folder(root, name) for name in reversed(run_ids(root))))
    lines = [golden_bytes(cast("JSON", entry)) + b"\n" for entry in found if entry["finished"]]
    write_atomic(os.path.join(root, PLACE, FILE_NAME), b"".join(lines))
    return len(lines)


def forget(root: str, gone: AbstractSet[str]) -> None:
    """Write the index again without the lines of runs that are gone, and without broken ones.

    Raises:
        OnexError: it could not be written.
    """
    lines = [line[0] for line in _LINE.finditer(_read(root)) if line[4] not in gone]
    text = "".join(f"{line}\n" for line in lines)
    write_atomic(os.path.join(root, PLACE, FILE_NAME), text.encode())


def knows(root: str, run: Run) -> bool:
    """Whether the index says of ``run`` what there is to say."""
    return Known(_read(root)).entry(run["run_id"]) == entry_of(run)


class Known:
    """What an index says; of several lines for one run, the last counts.

    Args:
        text: its lines.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0
        self._all: dict[str, re.Match[str]] | None = None

    def entry(self, run_id: str) -> IndexEntry | None:
        """What it says of a run."""
        line = self._find(run_id)
        if line is None:
            return None
        duration_us, outcome, pipeline_id, _, started_us, units = line.groups()
        return {
            "run_id": run_id,
            "pipeline_id": pipeline_id,
            "outcome": cast("Outcome", outcome),
            "started_us": int(started_us),
            "duration_us": int(duration_us),
            "units": json.loads(units),
            "finished": True,
        }

    def _find(self, run_id: str) -> re.Match[str] | None:
        if self._all is None and self._asked < FEW:
            self._asked += 1
            # From the end, where the newest are.
            place = self._text.rfind(f'{_KEY}{run_id}"')
            if place < 0:
                return None
            return _LINE.match(self._text, self._text.rfind("\n", 0, place) + 1)
        if self._all is None:
            self._all = {line[4]: line for line in _LINE.finditer(self._text)}
        return self._all.get(run_id)


def _read(root: str) -> str:
    """The text of the index; empty where there is none that can be read."""
    path = os.path.join(root, PLACE, FILE_NAME)
    try:
        return document.read_bytes(path, MOST_BYTES).decode(errors="replace")
    except DocumentError:
        return ""


def _from_folder(root: str, run_id: str) -> IndexEntry | None:
    """What the folder of a run says; of a run that was cut off, only when it began."""
    from onex.runs import derived, journal  # noqa: PLC0415 - most runs are in the index

    folder = folder_of(root, run_id)
    parsed = parse_run_id(run_id)
    if parsed is None or os.path.islink(folder) or not os.path.isdir(folder):
        return None
    path = os.path.join(folder, journal.FILE_NAME)
    start_us, pipeline_id, _ = parsed
    try:
        start_us = next(journal.facts(path))[2]["at_us"]  # of a second, the id tells no more
        folded = journal.fold(path)
        if folded.is_finished and os.path.lexists(os.path.join(folder, derived.RUN_JSON)):
            return {**entry_of(folded.run()), "run_id": run_id}
    except (DocumentError, ValueError, StopIteration):
        pass
    return {
        "run_id": run_id,
        "pipeline_id": pipeline_id,
        "outcome": "error",
        "started_us": start_us,
        "duration_us": 0,
        "units": {},
        "finished": False,
    }
