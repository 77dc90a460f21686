"""An auditor's look at a run folder: whether it is what its journal says, and all of it.

The journal is believed, once it is whole; everything else is held to it.
"""

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from onex import __version__
from onex.core import document
from onex.core.hold import is_held
from onex.core.values import JSON
from onex.errors import DocumentError, RefusedError
from onex.projections import manifest, run_result
from onex.results.evidence import resolve
from onex.results.status import outcome
from onex.runs import contents, derived, journal
from onex.runs.replay import Replay
from onex.runs.run_id import parse_run_id
from onex_types.run import Run

ARTIFACTS, BLOBS = "artifacts/", "blobs/"

BRING_BACK = "run `onex runs recover` to bring it back"
CLOSE = "run `onex runs recover` to close it"


class Problem(NamedTuple):
    """What is wrong with a run folder.

    Attributes:
        path: the file, relative to the folder of the run; empty for the folder itself.
        message: what was expected, what is there, and what mends it.
    """

    path: str
    message: str


def audit(folder: str) -> list[Problem]:
    """What is wrong with a run folder; nothing, when it is whole.

    Raises:
        RefusedError: the run is still going on.
    """
    path = os.path.join(folder, journal.FILE_NAME)
    if is_held(path):
        raise RefusedError(f"{folder}: the run is still going on", help="wait until it ends")
    replay = Replay(path)
    made = _Made(folder)
    try:
        for name, data in replay.results():
            made.compare(name, data)
        run = replay.run()
    except DocumentError as error:
        mend = f"; {CLOSE}" if _is_torn(path) else ""
        return [Problem(f"{journal.FILE_NAME}:{error.line}", f"{error.problem}{mend}")]
    if replay.folded.is_finished:
        made.writer = run["onex_version"]
        for name, text in derived.texts(run):
            made.compare(name, text.encode())
    return [
        *_ending(replay, run),
        *_names(folder, run),
        *made.problems,
        *_kept(folder, run),
        *(_whole(folder, run) if replay.folded.is_finished else ()),
        *_strangers(folder, made.names, run),
    ]


class _Made:
    """The files that follow from a journal, held to what is there.

    Attributes:
        names: the files so far.
        problems: what is wrong with them.
        writer: the version of onex that the run is of, which may have written otherwise.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.names: set[str] = set()
        self.problems: list[Problem] = []
        self.writer: str | None = __version__

    def compare(self, name: str, data: bytes) -> None:
        """Look whether the file holds just this."""
        self.names.add(name)
        path = os.path.join(self._folder, name)
        if not os.path.lexists(path):
            self.problems.append(Problem(name, f"missing; {BRING_BACK}"))
            return
        try:
            found = document.read_bytes(path, journal.MOST_BYTES, follow=False)
        except DocumentError as error:
            self.problems.append(Problem(name, f"{error.problem}; {BRING_BACK}"))
            return
        if found != data:
            line = _first_line(found, data)
            other = f" (the run is of onex {self.writer})" if self.writer != __version__ else ""
            problem = f"not what the journal gives from here on{other}; {BRING_BACK}"
            self.problems.append(Problem(f"{name}:{line}", problem))


def _is_torn(path: str) -> bool:
    try:
        return journal.torn_tail(path) is not None
    except DocumentError:
        return False


def _ending(replay: Replay, run: Run) -> Iterator[Problem]:
    """Every unit ends in one verdict, and the run in what these amount to."""
    for unit in replay.folded.open_units():
        yield Problem(journal.FILE_NAME, f"no fact says how {unit.unit_id} ended; {CLOSE}")
    if not replay.folded.is_finished:
        yield Problem(journal.FILE_NAME, f"the run was cut off; {CLOSE}")
        return
    amounts = outcome(unit["status"] for unit in run["units"])
    if run["outcome"] != amounts and run["reason"] is None:
        told = f"the run ended with {run['outcome']}, but its units amount to {amounts}"
        yield Problem(journal.FILE_NAME, f"{told}, and no reason is given")


def _names(folder: str, run: Run) -> Iterator[Problem]:
    """The name of the folder is the id of the run, in the journal and in the documents (OVC-02)."""
    run_id = os.path.basename(os.path.abspath(folder))
    if parse_run_id(run_id) is None:
        yield Problem("", f"{run_id} is no run id; run ids are <utc>__<pipeline id>__<commit>")
    if run["run_id"] != run_id:
        yield Problem(journal.FILE_NAME, f"the journal is that of the run {run['run_id']}")
    for name in (derived.RUN_JSON, "checks.json", "run_result.json"):
        told = _member(os.path.join(folder, name), "run_id")
        if told is not None and told != run_id:
            yield Problem(name, f"the document is that of the run {told}")


def _first_line(found: bytes, wanted: bytes) -> int:
    """The first line in which two texts that differ do."""
    lines, others = found.split(b"\n"), wanted.split(b"\n")
    pairs = enumerate(zip(lines, others, strict=False), start=1)
    return next((number for number, (a, b) in pairs if a != b), min(len(lines), len(others)))


def _kept(folder: str, run: Run) -> Iterator[Problem]:
    """Files that the run gave are there, and have their digests (ATLAS-18, ATLAS-19)."""
    for path, digest in sorted(_promised(run)):
        try:
            found = contents.digest(os.path.join(folder, *path.split("/")))
        except DocumentError as error:
            yield Problem(path, f"{error.problem}; the journal says that it is kept here")
            continue
        if found != digest:
            yield Problem(path, f"its digest is {found}, and was {digest} when it was kept")


def _promised(run: Run) -> set[tuple[str, str]]:
    """Path and digest of each file that the facts say is kept in the folder of the run."""
    kept = {(item["path"], item["hash"]) for item in run["artifacts"]}
    for unit in run["units"]:
        process = unit["process"]
        for stream in (process["stdout"], process["stderr"]) if process else ():
            blob = stream.get("blob")
            if blob:
                kept.add((f"{BLOBS}{blob}", blob))
    return kept


def _whole(folder: str, run: Run) -> Iterator[Problem]:
    """The result is complete (ATLAS-31), and evidence leads to something (OVC-10)."""
    for problem in run_result.incomplete(run_result.document(run), manifest.document(run)):
        yield Problem("run_result.json", problem)
    record = _document(os.path.join(folder, derived.RUN_JSON))
    lines = _lines(os.path.join(folder, "run.log"))
    artifacts = frozenset(path for path in contents.paths(folder) if path.startswith(ARTIFACTS))
    for unit in run["units"]:
        for pointer in unit["evidence"]:
            if not resolve(pointer, record, lines, artifacts):
                problem = f"the evidence of {unit['unit_id']} leads to nothing: {pointer}"
                yield Problem("checks.json", problem)


def _strangers(folder: str, made: set[str], run: Run) -> Iterator[Problem]:
    """Files that no fact tells of, and folders that lead elsewhere."""
    known = {name.replace(os.sep, "/") for name in made} | {path for path, _ in _promised(run)}
    for path in contents.paths(folder):
        if path not in known and path not in {journal.FILE_NAME, contents.PAGE}:
            yield Problem(path, "no fact tells of this file")
    for place, names, _ in os.walk(folder):
        for path in sorted(os.path.join(place, name) for name in names):
            if os.path.islink(path):
                yield Problem(os.path.relpath(path, folder), "a link, which is not followed")


def _lines(path: str) -> int:
    """How many lines the file at ``path`` has; none when it cannot be read."""
    try:
        return document.read_bytes(path, journal.MOST_BYTES).count(b"\n")
    except DocumentError:
        return 0


def _member(path: str, name: str) -> str | None:
    """A member of the document at ``path``, when it is a text."""
    value: Any = _document(path)
    told = value.get(name) if isinstance(value, dict) else None
    return told if isinstance(told, str) else None


def _document(path: str) -> JSON:
    """What the file at ``path`` holds; null when it is no JSON: its bytes are wrong, then."""
    try:
        return cast("JSON", json.loads(document.read_bytes(path, journal.MOST_BYTES)))
    except (DocumentError, ValueError, RecursionError):
        return None
