"""``ONEX_CORPUS=<folder> make corpus``: onex against documents that others have written.

The folder holds documents, and a MANIFEST.jsonl that names each with the set that it belongs to. It
is no part of this project. What is judged is that onex always ends soon, with a status that it
documents and a message that a person can act on; and that it agrees with the labels of the
manifest, or there is a reason (``tools.corpus_labels``).
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Timer
from time import perf_counter
from typing import Any

from tools.corpus_labels import ONEX, Table, look

MANIFEST = "MANIFEST.jsonl"
COMMANDS = ("validate", "report", "migrate --dry-run")
"""The commands that read a document by itself."""

MOST_S = 2.0
MOST_MB = 300
PATIENCE_S = 30.0
STATUSES = (0, 1, 2)
CODES_SHOWN = 4

FINDING = re.compile(r"(?P<path>.+?):(?P<line>[0-9]+):[0-9]+: (?:(?P<code>ONX[0-9]{3}) )?")
ERROR = re.compile(r"onex: (?P<path>.+?)(?::(?P<line>[0-9]+):[0-9]+)?: ")
CRASH = re.compile(r"Traceback \(most recent call last\)|a fault in onex itself|panicked at")


WAITER = """
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
os.write(int(sys.argv[1]), b"%d %d" % (os.waitstatus_to_exitcode(status), usage.ru_maxrss))
"""
"""Runs a command, and writes its status and the KiB that it had at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What onex made of one document.

    Attributes:
        path: the document.
        status: the exit status; negative for a signal.
        seconds: how long it took.
        peak_mb: the most memory that it had.
        codes: the codes of its findings.
        faults: what must not be.
    """

    path: str
    status: int
    seconds: float
    peak_mb: float
    codes: list[str]
    faults: list[str]


@dataclass(slots=True)
class Tally:
    """The judgements of one set of documents."""

    name: str
    judgements: list[Judgement] = field(default_factory=list)

    def row(self) -> str:
        """The line of the table."""
        statuses = Counter(judgement.status for judgement in self.judgements)
        codes = Counter(code for judgement in self.judgements for code in set(judgement.codes))
        often = " ".join(f"{code}:{count}" for code, count in codes.most_common(CODES_SHOWN))
        worst_ms = 1000 * max(judgement.seconds for judgement in self.judgements)
        peak_mb = max(judgement.peak_mb for judgement in self.judgements)
        counts = " ".join(f"{statuses[status]:4}" for status in STATUSES)
        return f"{self.name:20} {len(self.judgements):5} {counts} {worst_ms:8.0f} {peak_mb:8.0f}  {often}"


def judge(path: str, command: str = "validate") -> Judgement:
    """Call a command of onex on the file ``path`` by itself, in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="onex-corpus-") as empty:
        start = perf_counter()
        said, status, peak_mb = _run((ONEX, *command.split(), path), empty)
        seconds = perf_counter() - start
        left = os.listdir(empty)
    found = (FINDING.match(line) for line in said.splitlines())
    codes = [match["code"] for match in found if match and match["code"]]
    faults = [*_faults(path, status, said)]
    if seconds > MOST_S:
        faults.append(f"took {seconds:.1f} s; at most {MOST_S:.0f} s are allowed")
    if peak_mb > MOST_MB:
        faults.append(f"took {peak_mb:.0f} MB; at most {MOST_MB} MB are allowed")
    if left:
        faults.append(f"left files behind: {', '.join(left)}")
    return Judgement(
        path=path, status=status, seconds=seconds, peak_mb=peak_mb, codes=codes, faults=faults
    )


def _run(command: tuple[str, ...], folder: str) -> tuple[str, int, float]:
    """What the command says on both streams, its status, and its peak in MB.

    A new process counts the memory that its parent had as its own, so a small one stands between.
    """
    report, report_in = os.pipe()
    waiter = (sys.executable, "-I", "-S", "-c", WAITER, str(report_in), *command)
    with tempfile.TemporaryFile() as said, open(report, encoding="ascii") as answer:
        process = subprocess.Popen(
            waiter,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=[report_in],
            start_new_session=True,
        )
        os.close(report_in)
        patience = Timer(PATIENCE_S, os.killpg, (process.pid, signal.SIGKILL))
        patience.start()
        process.wait()
        patience.cancel()
        status, kilobytes = map(int, answer.read().split() or (-signal.SIGKILL, 0))
        said.seek(0)
        text = said.read().decode(errors="replace")
    return text, status, kilobytes / 1024


def _faults(path: str, status: int, said: str) -> Iterator[str]:
    """What is wrong with how onex ended, and with what it said."""
    if status not in STATUSES:
        yield f"ended with status {status}"
    if CRASH.search(said):
        yield f"a fault in onex: {said.strip().splitlines()[-1]}"
    if status == 0:
        return
    places = [
        found for line in said.splitlines() if (found := (ERROR.match(line) or FINDING.match(line)))
    ]
    if not any(found["path"] == path and found["line"] for found in places):
        yield f"said nothing that names the file and a line: {said.strip()!r}"


def read_entries(folder: str) -> Iterator[dict[str, Any]]:
    """What the manifest says of each document."""
    with open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
        yield from map(json.loads, file)


def read_manifest(folder: str) -> Iterator[tuple[str, str]]:
    """Each document of the corpus: its set, and its path."""
    for entry in read_entries(folder):
        yield entry["set"], os.path.join(os.path.abspath(folder), entry["file"])


def tally(entries: Iterable[tuple[str, str]], command: str = "validate") -> list[Tally]:
    """Judge every document; the tallies, by the names of the sets."""
    found: dict[str, Tally] = {}
    for name, path in entries:
        found.setdefault(name, Tally(name)).judgements.append(judge(path, command))
    return [found[name] for name in sorted(found)]


def main() -> int:
    """Print a line for each set, then each fault; 1 if there is one, 2 without a corpus."""
    folder = os.environ.get("ONEX_CORPUS", "")
    if not os.path.isfile(os.path.join(folder, MANIFEST)):
        print(f"set ONEX_CORPUS to a folder with a {MANIFEST}; it is '{folder}'", file=sys.stderr)
        return 2
    judged = {command: tally(read_manifest(folder), command) for command in COMMANDS}
    faults = [fault for command, tallies in judged.items() for fault in show(command, tallies)]
    faults += show_labels(folder, judged)
    print("\n".join(faults) or "no faults")
    return 1 if faults else 0


def show_labels(folder: str, judged: dict[str, list[Tally]]) -> list[str]:
    """Print how the labels of the manifest and onex agree; where they do not."""
    found = {
        command: {judgement.path: judgement for tally in tallies for judgement in tally.judgements}
        for command, tallies in judged.items()
    }
    table = Table()
    for entry in read_entries(folder):
        path = os.path.join(os.path.abspath(folder), entry["file"])
        judgement, reported = found["validate"][path], found["report"][path].status
        table.take(entry, look(path, judgement.status, judgement.codes, reported))
    print("\n".join(("labels of the manifest", *table.lines())))
    return table.differing


def show(command: str, tallies: list[Tally]) -> list[str]:
    """Print the table of one command; the faults."""
    print(
        f"{f'onex {command}':20} {'files':>5} {'ok':>4} {'find':>4} {'err':>4} {'worst ms':>8} {'peak MB':>8}  codes"
    )
    for found in tallies:
        print(found.row())
    judgements = [judgement for found in tallies for judgement in found.judgements]
    print(Tally("all", judgements).row())
    return [f"{judgement.path}: {fault}" for judgement in judgements for fault in judgement.faults]


if __name__ == "__main__":
    sys.exit(main())
