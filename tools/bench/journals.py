"""A journal: ``python -m tools.bench.journals FOLDER UNITS WORK`` prints what one work with it takes.

    bare       write the facts of a run of UNITS units as lines, with the standard library alone
    append     put them into a new journal
    durable    the same, and bring each fact to the disk before the next
    lines      read the lines of a journal, with the standard library alone
    fold       read it, hold each line to the schema, and make the record of the run

The journal that is read must be there: ``append`` made it.
"""

import json
import os
import sys
from time import perf_counter_ns

from tools.bench.process import tell
from tools.bench.records import run

from onex.runs import journal


def bare(path: str, count: int) -> None:
    """Write the facts of a run to a file that is nobody's journal."""
    facts = list(run(count))
    descriptor = os.open(f"{path}.bare", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    start = perf_counter_ns()
    for fact in facts:
        os.write(descriptor, f"{json.dumps(fact)}\n".encode())
    tell(start, facts=len(facts))
    os.close(descriptor)


def append(path: str, count: int, *, durable: bool = False) -> None:
    """Make a journal at ``path``, with the facts of a run of ``count`` units."""
    facts = list(run(count))
    if os.path.lexists(path):
        os.unlink(path)
    kept = journal.Journal(path)
    start = perf_counter_ns()
    for fact in facts:
        kept.append(fact)
        if durable:
            kept.sync()
    tell(start, facts=len(facts))
    kept.close()


def lines(path: str) -> None:
    """Read the values of the lines at ``path``."""
    start = perf_counter_ns()
    with open(path, "rb") as file:
        facts = [json.loads(line) for line in file]
    tell(start, facts=len(facts))


def fold(path: str) -> None:
    """Make the record of a run from the journal at ``path``."""
    start = perf_counter_ns()
    found = journal.fold(path).run()
    tell(start, units=len(found["units"]))


def main(folder: str, count: int, work: str) -> None:
    """Do one work with the journal in ``folder``."""
    path = os.path.join(folder, journal.FILE_NAME)
    if work == "bare":
        bare(path, count)
    elif work == "lines":
        lines(path)
    elif work == "fold":
        fold(path)
    else:
        append(path, count, durable=work == "durable")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
