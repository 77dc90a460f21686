"""What ``onex runs show`` tells of one run: what it was, its units and its files."""

import os
from collections.abc import Iterator
from typing import cast

from onex.cli.messages import relative
from onex.core.hold import is_held
from onex.core.values import JSON
from onex.report.figures import duration
from onex.report.text import time_of
from onex.report.verdict import score
from onex.report.view import told
from onex.results.moments import utc
from onex.runs import contents, journal
from onex.runs.load import load_run
from onex_types.common import Trigger
from onex_types.run import Run


def document(folder: str) -> JSON:
    """The run and its files, for programs."""
    files: list[JSON] = [{"path": path, "bytes": size} for path, size in _files(folder)]
    return {"folder": folder, "run": cast("JSON", load_run(folder)), "files": files}


def rows(folder: str) -> Iterator[str]:
    """The run, its units and its files, a row each."""
    run = load_run(folder)
    for label, text in _facts(run, folder):
        yield f"{label:<10} {text}"
    yield ""
    width = max((len(unit["unit_id"]) for unit in run["units"]), default=0)
    for unit in run["units"]:
        name = f"{unit['status']:<8} {unit['unit_id']:<{width}}"
        yield f"{name}  {time_of(unit):>8}  {told(unit)}".rstrip()
    yield ""
    for path, size in _files(folder):
        yield f"{size:>10}  {path}"


def _facts(run: Run, folder: str) -> Iterator[tuple[str, str]]:
    """What the run was, as label and text."""
    version = f" {run['pipeline_version']}" if run["pipeline_version"] else ""
    yield "run", run["run_id"]
    yield "pipeline", f"{run['pipeline_id']}{version}"
    goes_on = is_held(os.path.join(folder, journal.FILE_NAME))
    yield "outcome", "still going on" if goes_on else score(run)
    yield "began", utc(run["started_us"])
    yield "took", duration(run["duration_us"])
    yield "started by", _trigger(run["trigger"])
    if run["git"]["sha"]:
        ref = run["git"]["ref"]
        yield "commit", f"{run['git']['sha']}{f' on {ref}' if ref else ''}"
    yield "folder", relative(folder)


def _trigger(trigger: Trigger) -> str:
    parts = (trigger["type"], trigger["source"], trigger["actor"])
    return ", ".join(part for part in parts if part)


def _files(folder: str) -> list[tuple[str, int]]:
    """The files of the run and how many bytes each has."""
    return [(path, os.lstat(os.path.join(folder, path)).st_size) for path in contents.paths(folder)]
