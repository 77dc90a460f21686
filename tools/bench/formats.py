"""Documents of one run: ``python -m tools.bench.formats COUNT FORMAT`` prints what one format takes.

The record of a run of COUNT units is made first; that is counted for the memory, not for the time.
"""

import sys
from collections.abc import Callable, Iterator
from time import perf_counter_ns

from tools.bench.process import tell
from tools.bench.records import record

from onex.projections import batch, intoto, manifest, observer, run_artifact, run_result
from onex.projections.github import annotations, step_summary
from onex.projections.gitlab import code_quality
from onex.projections.junit import junit
from onex.projections.sarif import sarif
from onex.report.html import page
from onex.runs import derived
from onex_types.run import Run


def _derived(run: Run) -> Iterator[str]:
    return (text for _, text in derived.texts(run))


def _artifact(run: Run) -> Iterator[str]:
    files = run_artifact.files(run)
    yield files.log
    yield run_artifact.to_json(files.checks)
    yield run_artifact.to_json(files.record)


def _github(run: Run) -> Iterator[str]:
    yield annotations(run)
    yield step_summary(run)


def _all(run: Run) -> Iterator[str]:
    for name in ("derived", *EXPORTS):
        yield from FORMATS[name](run)


def _one(project: Callable[[Run], str]) -> Callable[[Run], Iterator[str]]:
    return lambda run: iter([project(run)])


EXPORTS = ("junit", "sarif", "github", "gitlab", "intoto")
"""The formats of others; with the files that a run folder has, they are all."""

FORMATS: dict[str, Callable[[Run], Iterator[str]]] = {
    "all": _all,
    "derived": _derived,
    "run_artifact": _artifact,
    "observer": _one(observer.to_jsonl),
    "batch": _one(batch.to_json),
    "run_result": _one(run_result.to_json),
    "manifest": _one(manifest.to_json),
    "junit": _one(junit),
    "sarif": _one(sarif),
    "github": _github,
    "gitlab": _one(code_quality),
    "intoto": _one(lambda run: intoto.statement(run, {})),
    "ndjson": _one(batch.to_ndjson),
    "yaml": _one(batch.to_yaml),
    "html": _one(page),
}


def main(count: int, name: str) -> None:
    """Print how long a run of ``count`` units takes to become one format, and the bytes of that."""
    run = record(count)
    start = perf_counter_ns()
    size = sum(len(text.encode()) for text in FORMATS[name](run))
    tell(start, size=size)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
