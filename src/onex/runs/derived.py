"""The files that are derived from a run's facts: which there are, and in which order they appear.

run.json is written last, so that where it stands, all else does (FAULTS W17). Each can be deleted:
the journal and the artifacts give it back, byte for byte.
"""

import os
from collections.abc import Iterator
from typing import cast

from onex.core.files import make_folder_in, write_atomic
from onex.core.layout import pretty
from onex.core.values import JSON
from onex.projections import batch, manifest, observer, run_artifact, run_result
from onex_types.execution_result import ExecutionResult
from onex_types.run import Run

REPORT = "report.jsonl"
RUN_JSON = "run.json"


def texts(run: Run) -> Iterator[tuple[str, str]]:
    """Name and text of each derived file, in the order in which they are written."""
    files = run_artifact.files(run)
    yield "run.log", files.log
    yield REPORT, observer.to_jsonl(run)
    yield "batch_result.json", batch.to_json(run)
    yield "manifest.json", manifest.to_json(run)
    yield "run_result.json", run_result.to_json(run)
    yield "checks.json", run_artifact.to_json(files.checks)
    yield RUN_JSON, run_artifact.to_json(files.record)


def write(folder: str, run: Run) -> None:
    """Write the derived files of ``run`` into its folder.

    Raises:
        OnexError: one could not be written.
    """
    for name, text in texts(run):
        # Made again from the journal at any time, so it need not reach the disk before we go on.
        write_atomic(os.path.join(folder, name), text.encode(), durable=False)


def write_result(folder: str, result: ExecutionResult) -> str:
    """Write `execution_result.json` of one execution; its path.

    Raises:
        OnexError: it could not be written.
    """
    name, text = result_file(result)
    path = os.path.join(folder, name)
    make_folder_in(folder, os.path.dirname(name))
    write_atomic(path, text.encode(), durable=False)
    return path


def result_file(result: ExecutionResult) -> tuple[str, str]:
    """Name and text of the file of one execution, relative to the folder of its run."""
    place = f"{result['seq_plan']:04d}-{result['node_id']}"
    return os.path.join("nodes", place, "execution_result.json"), pretty(cast("JSON", result))
