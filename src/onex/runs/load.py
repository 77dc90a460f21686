"""Runs from what they left behind: a run folder, one of its files, or a document of others.

A folder is read from its journal; where that is gone, from the Observer report, else from the
other documents, which tell less. What a file is follows from what it holds, not from its name.
"""

import os
from collections.abc import Callable
from typing import Any, cast

from onex.core import document, json, jsonl, yaml
from onex.core.values import JSON
from onex.core.words import kind_of, suggest
from onex.errors import DocumentError, OnexError, UsageError
from onex.projections import batch, observer, run_artifact, run_result
from onex.results.status import is_too_good
from onex.runs import derived, foreign, index, journal
from onex.runs.conform import require
from onex_types.run import Run

MOST_BYTES = 1 << 28
"""How large a document of a run may be to be read."""

MOST_VALUES = 4_000_000
"""How many values a document may have: those of a run of fifty thousand units."""

SOURCES = (
    journal.FILE_NAME,
    derived.REPORT,
    derived.RUN_JSON,
    "run_result.json",
    "batch_result.json",
)
"""The files that a run is read from, the one that tells most first."""

RECORDS = {
    "observer_report": "header",
    **{
        kind: kind
        for kind in ("case", "assert", "action", "artifact", "extract", "onex", "summary")
    },
}
"""The kinds of records of an Observer report, and where the schema defines each."""

SEE_RUNS = "run `onex runs list` to see the runs"


def load_run(reference: str, root: str | None = None) -> Run:
    """The run that ``reference`` means.

    Args:
        reference: a run folder, a file, or the id of a run of the workspace or how it begins.
        root: the workspace; None outside of any.

    Raises:
        DocumentError: the file cannot be read, or contradicts itself.
        UsageError: there is no such run.
    """
    if os.path.isdir(reference):
        return _load_folder(reference)
    if os.path.lexists(reference):
        return load_file(reference)
    return _load_folder(find_run(reference, root))


def find_run(reference: str, root: str | None) -> str:
    """The folder of the run whose id is ``reference``, or begins with it.

    Raises:
        UsageError: there is none, or more than one.
    """
    if root is None:
        raise UsageError(
            f"{reference}: no such file, and no workspace here that has runs", help=SEE_RUNS
        )
    known = index.run_ids(root)
    found = [name for name in known if name.startswith(reference)] if reference else []
    if reference in found:
        found = [reference]
    if len(found) == 1:
        return index.folder_of(root, found[0])
    if found:
        raise UsageError(
            f"{reference}: {len(found)} runs begin like this, the newest is {found[0]}",
            help=SEE_RUNS,
        )
    near = suggest(reference, cast("list[JSON]", known[:1000]))
    raise UsageError(
        f"{reference}: no such file or run" + (f"; {near}" if near else ""), help=SEE_RUNS
    )


def latest_run(root: str) -> Run:
    """The newest run of a workspace.

    Raises:
        OnexError: there is none, or it cannot be read.
    """
    known = index.run_ids(root)
    if not known:
        raise OnexError(
            f"{root}: there are no runs here yet", help="run `onex run` or `onex test` first"
        )
    newest = max(
        index.entries(root, known[:LOOKED_AT]), key=lambda entry: entry["started_us"], default=None
    )
    if newest is None:
        raise OnexError(
            f"{os.path.join(root, index.PLACE)}: {known[0]} is no run folder, nor is what else is new here",
            help="move away what is no run; `onex runs list` shows the runs",
        )
    return _load_folder(index.folder_of(root, newest["run_id"]))


LOOKED_AT = 64
"""How many run ids are compared to find the newest: those of one second do not sort by time."""


def runs_since(root: str, at_us: int) -> list[Run]:
    """The runs of a workspace that began at ``at_us`` or later, the oldest first.

    Raises:
        OnexError: one cannot be read.
    """
    wanted = [
        entry for entry in index.entries(root, index.run_ids(root)) if entry["started_us"] >= at_us
    ]
    wanted.sort(key=lambda entry: (entry["started_us"], entry["run_id"]))
    return [_load_folder(index.folder_of(root, entry["run_id"])) for entry in wanted]


def load_file(path: str) -> Run:
    """The run that the file at ``path`` tells of.

    Raises:
        DocumentError: it cannot be read, is of no kind that tells of a run, or contradicts itself.
    """
    return _judged(lambda: _written_again(_load_file(path)), path)


def _written_again(run: Run) -> Run:
    """``run``, of which every document can be written: nobody meets its faults later.

    Raises:
        ValueError: an item's name is none (OBS-10), or what it keeps of a document fits none.
    """
    for unit in run["units"]:
        observer.case_id(unit["item_id"], unit["case_key"])
    for write in (batch.document, run_result.document, run_artifact.files, observer.records):
        if run["ext"]:
            write(run)
    return run


def _load_file(path: str) -> Run:
    if path.endswith((".jsonl", ".ndjson")):
        return _load_lines(path)
    data = document.read_bytes(path, MOST_BYTES)
    _require_few(data, path)
    if path.endswith((".yaml", ".yml")):
        value = yaml.parse(data, path)
    else:
        value = json.parse_state(data, path)
    if not isinstance(value, dict):
        raise DocumentError(
            path, f"{kind_of(value)}, where a document of a run is an object", help=KINDS
        )
    return _load_value(value, path)


def _require_few(data: bytes, path: str) -> None:
    """Refuse a document of more values than a report is made of, before they are built.

    Raises:
        DocumentError: it has more.
    """
    count = data.count(b",") + data.count(b"[") + data.count(b"{")
    if count > MOST_VALUES:
        problem = f"more than {MOST_VALUES} values; a run of that size is read from its journal"
        raise DocumentError(path, problem)


KINDS = "a report can be made of a run folder, journal.jsonl, report.jsonl, run.json, run_result.json, manifest.json, batch_result.json, lines of results, or an error payload"


def _load_folder(folder: str) -> Run:
    for name in SOURCES:
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            return load_file(path)
    problem = f"no run: none of {', '.join(SOURCES)} is there"
    raise DocumentError(folder, problem, help=SEE_RUNS)


def _load_lines(path: str) -> Run:
    """A journal, an Observer report, or lines of results, by what the first line says."""
    first = next(iter(jsonl.read(path)), None)
    value = first.value if first else None
    if isinstance(value, dict) and "kind" in value and "at_us" in value:
        return _judged(journal.fold(path).run, path)
    if isinstance(value, dict) and "node_id" in value and "k" not in value:
        return _load_results(path)
    return _load_report(path)


def _load_report(path: str) -> Run:
    lines = list(jsonl.read(path))
    if not lines:
        raise DocumentError(path, "the file is empty: a report has a header and a summary")
    told = []
    for line in lines:
        if not isinstance(line.value, dict):
            raise DocumentError(
                path,
                f"the line, from byte {line.offset}, is {kind_of(line.value)}; a record is an object",
                line=line.number,
            )
        told.append(line.value)
    whole, remarks = observer.complete(cast("Any", told))
    try:
        observer.check_frame(whole)
        for line, record in zip(lines, whole, strict=True):
            kind = RECORDS.get(str(record.get("k")))
            at = f"from byte {line.offset}: "
            require("observer", record, path, line=line.number, at=at, definition=kind)
        run = observer.read(cast("Any", whole))
    except observer.ReportError as error:
        line = lines[error.place]
        raise DocumentError(path, f"from byte {line.offset}: {error}", line=line.number) from error
    return foreign.remarked(run, remarks)


def _load_results(path: str) -> Run:
    """Lines of [000] results, such as `onex validate --export` writes, as a batch."""
    results = []
    for line in jsonl.read(path):  # held to the schema one by one: the first that fails is enough
        require("node_execution_result", line.value, path, line=line.number)
        results.append(line.value)
    return foreign.batch_of(cast("Any", results), os.path.basename(path))


def _load_value(value: dict[str, JSON], path: str) -> Run:
    """A document by the members that only its kind has."""
    if "batch_id" in value:
        whole, remarks = batch.complete(value)
        require("batch_result", cast("JSON", whole), path)
        return foreign.remarked(_judged(lambda: batch.read(whole), path), remarks)
    if "started_utc" in value:
        return _load_artifact(value, path)
    if isinstance(value.get("steps"), list) and "references" in value:
        require("run_result", value, path)
        return _judged(lambda: run_result.read(cast("Any", value)), path)
    if isinstance(value.get("steps"), dict):
        return _judged(lambda: foreign.manifest(value), path)
    if "decision_required" in value:
        return _judged(lambda: foreign.error_payload(value, os.path.basename(path)), path)
    if {"schema_version", "units", "run_id"} <= set(value):
        require("run", value, path)
        run = cast("Run", value)
        if is_too_good(run["outcome"], (unit["status"] for unit in run["units"])):
            raise DocumentError(path, f"/outcome is {run['outcome']}, better than its units allow")
        return run
    raise DocumentError(path, "no document that tells of a run", help=KINDS)


def _load_artifact(record: dict[str, JSON], path: str) -> Run:
    """run.json, with checks.json and run.log beside it."""
    folder = os.path.dirname(path)
    checks_path, log_path = os.path.join(folder, "checks.json"), os.path.join(folder, "run.log")
    require("run_artifact", record, path)
    checks = json.parse_state(document.read_bytes(checks_path, MOST_BYTES), checks_path)
    require("checks", checks, checks_path)
    log = ""
    if os.path.lexists(log_path):
        log = document.read_bytes(log_path, MOST_BYTES).decode(errors="replace")
    files = run_artifact.Files(cast("Any", record), cast("Any", checks), log)
    return _judged(lambda: run_artifact.read(files), path)


def _judged(read: Callable[[], Run], path: str) -> Run:
    """What ``read`` gives; a document that contradicts itself is refused with its name."""
    try:
        return read()
    except ValueError as error:
        raise DocumentError(path, str(error)) from error
