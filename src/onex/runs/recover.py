"""Recovery: a run that was cut off is closed, and the files that follow from a journal come back.

What is added follows from the journal alone: it happened, as far as anybody knows, when the last
fact did. So a recovery that is itself cut off leaves what the next one mends, and ends in the same
bytes.
"""

import os
from collections.abc import Callable, Iterator

from onex import __version__
from onex.core import document
from onex.core.files import make_folder_in, sweep_debris, write_atomic
from onex.core.text import plural
from onex.core.words import call
from onex.errors import DocumentError, OnexError
from onex.results import run_facts
from onex.results.closing import closing_facts
from onex.runs import derived, index, journal
from onex.runs.journal import Journal
from onex.runs.replay import Replay
from onex.runs.run_id import parse_run_id
from onex_types.fact import Fact, RunStarted
from onex_types.run import Run

REASON = "interrupted"


def recover(folder: str, tell: Callable[[str], None], root: str | None = None) -> None:
    """Close a run, if it was cut off, and bring back its files.

    Args:
        folder: the folder of the run.
        tell: takes what was done, a sentence each; it is not called when all was well.
        root: the workspace whose index is to know of the run; None when it is kept elsewhere.

    Raises:
        RefusedError: the run is still going on.
        DocumentError: its journal is broken before its last line, or has lost facts that other
            files tell of; nothing but the last line is mended.
        OnexError: something could not be written.
    """
    folder = os.path.abspath(folder)
    _require_source(folder)
    opened = Journal(os.path.join(folder, journal.FILE_NAME), again=True)
    try:
        run = _mend(folder, opened, tell)
        if root is not None and not index.knows(root, run):
            index.add(root, run)
            tell("put into the index")
    finally:
        opened.close()


def _require_source(folder: str) -> None:
    """Refuse a folder that has documents and no facts: nothing may take their place."""
    path = os.path.join(folder, journal.FILE_NAME)
    if os.path.islink(folder):
        help_ = "name the folder that it leads to"
        raise DocumentError(folder, "a link, which is not followed", help=help_)
    try:
        is_empty = os.lstat(path).st_size == 0
    except OSError:
        is_empty = True
    if is_empty and set(os.listdir(folder)) - {journal.FILE_NAME}:
        problem = "no fact is here, and other files are: without facts nothing can be brought back"
        look = call("onex", "report", folder)
        raise DocumentError(path, problem, help=f"run `{look}` to see what is left")


def _mend(folder: str, opened: Journal, tell: Callable[[str], None]) -> Run:
    """Do what is to be done, and tell it; the record of the run."""
    for place, _, _ in os.walk(folder):
        sweep_debris(place)
    tail = journal.torn_tail(opened.path)
    replay = Replay(opened.path, tail)
    written = [name for name, data in replay.results() if _put(folder, name, data)]
    is_cut_off = not replay.folded.is_finished
    if is_cut_off and os.path.lexists(os.path.join(folder, derived.RUN_JSON)):
        problem = f"no fact says that the run ended, but {derived.RUN_JSON} does: facts are lost"
        raise DocumentError(
            opened.path, problem, help=f"see `{call('onex', 'runs', 'check', folder)}`"
        )
    if tail is not None:
        opened.cut(tail)
        tell(
            f"line {tail.number} of {journal.FILE_NAME}, from byte {tail.offset}, was torn and is"
            f" cut off ({plural(tail.size, 'byte')})"
        )
    if is_cut_off:
        count = len(replay.folded.open_units())
        written += _close(folder, opened, replay)
        tell("closed: it was cut off" + (f", and {plural(count, 'unit')} with it" if count else ""))
    opened.sync()
    run = replay.run()
    written += [name for name, text in derived.texts(run) if _put(folder, name, text.encode())]
    if written:
        tell(f"wrote {', '.join(written)}")
    return run


def _close(folder: str, opened: Journal, replay: Replay) -> Iterator[str]:
    """Add the facts that were not written any more; the files that come with them."""
    for fact in _missing(replay, os.path.basename(folder), opened.path):
        opened.append(fact)
        result = replay.folded.add(fact)
        if result is not None:
            name, text = derived.result_file(result)
            if _put(folder, name, text.encode()):
                yield name


def _missing(replay: Replay, run_id: str, path: str) -> Iterator[Fact]:
    """The facts that close a run."""
    at_us = replay.last_us
    if at_us is None:
        started = _started(run_id, path)
        at_us = started["at_us"]
        yield started
    yield from closing_facts(replay.folded, at_us)
    duration_us = replay.run()["duration_us"]
    yield run_facts.run_finished(at_us, outcome="error", duration_us=duration_us, reason=REASON)


def _started(run_id: str, path: str) -> RunStarted:
    """That a run began which was cut off before it could say so: all that its name tells."""
    parsed = parse_run_id(run_id)
    if parsed is None:
        raise DocumentError(path, f"no fact is here, and {run_id} is no run id")
    at_us, pipeline_id, sha7 = parsed
    return run_facts.run_started(
        at_us,
        run_id=run_id,
        pipeline_id=pipeline_id,
        onex_version=__version__,
        git={"sha": None, "sha7": sha7, "ref": None},
    )


def _put(folder: str, name: str, data: bytes) -> bool:
    """Have ``data`` stand in a file of the run; whether it did not yet."""
    path = os.path.join(folder, name)
    try:
        if document.read_bytes(path, len(data), follow=False) == data:
            return False
    except DocumentError:
        pass
    if os.path.isdir(path) and not os.path.islink(path):
        raise OnexError(f"{path}: a folder, where a file of the run belongs", help="move it away")
    make_folder_in(folder, os.path.dirname(name))
    write_atomic(path, data, durable=False)
    return True
