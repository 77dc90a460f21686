"""The rows of faults that onex must survive, and the line with which each group of them ends a session.

A test's name begins with its rows: `test_p3_p4_…` is a test of P3 and of P4, wherever it stands. A row
has passed when a test of it did and none of them failed or was skipped. The line names what did not
pass here, so that `I 14/14` means fourteen rows that ran in this session.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

GROUPS = {"W": 17, "S": 7, "P": 12, "I": 14, "V": 9, "X": 17, "T": 8, "B": 13, "D": 5}
"""How many rows each group has: writes and crashes, signals, paths, input bytes, schemas, running
nodes, tampering and trust, the bus, determinism."""

OPEN = {
    "trust": ["W4", "T5", "T6"],
    "the bus": [f"B{number}" for number in range(1, 14)],
    "planning": ["X15", "X16"],
    "a file system or a limit of its own": ["W5", "W7", "X4", "X10"],
    "not yet told apart from what is tested": ["S3", "S4", "T2", "X9", "D4", "D5"],
}
"""The rows that no test has yet, by what they wait for. A row that has one must not stand here."""

ROWS = [f"{group}{number + 1}" for group, most in GROUPS.items() for number in range(most)]
NAMED = re.compile(r"\btest_((?:[a-z]\d{1,2}_)+)")
BAD = ("failed", "error", "skipped", "xfailed", "xpassed")


def rows_of(name: str) -> list[str]:
    """The rows that a test of that name, or of that id, is a test of."""
    named = NAMED.search(name)
    rows = named[1].upper().strip("_").split("_") if named else []
    return [row for row in rows if row in ROWS]


def lines(passed: Iterable[str], broken: Iterable[str]) -> Iterator[str]:
    """A line for each group of which a row was tested.

    Args:
        passed: rows of which a test has passed.
        broken: rows of which one did not.
    """
    good, bad = {*passed} - {*broken}, {*broken}
    waiting = {row for rows in OPEN.values() for row in rows}
    for group, most in GROUPS.items():
        rows = [row for row in ROWS if row[0] == group]
        if not (good | bad).intersection(rows):
            continue
        rest = {
            "not passed": [row for row in rows if row in bad],
            "not run": [row for row in rows if row not in good | bad | waiting],
            "open": [row for row in rows if row in waiting - good - bad],
        }
        told = "".join(f"; {what}: {' '.join(some)}" for what, some in rest.items() if some)
        yield f"{group} {len(good.intersection(rows))}/{most}{told}"


class Score:
    """Prints the lines at the end of a session, and fails one in which the test of a row was skipped."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A row that was skipped has not been survived; a session that skips it must not be green."""
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        skipped = _rows(terminal.stats, ["skipped", "xfailed"]) if terminal else ()
        if skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line for each group."""
        stats = terminalreporter.stats
        for line in lines(_rows(stats, ["passed"]), _rows(stats, BAD)):
            terminalreporter.write_line(line)


def _rows(stats: Mapping[str, list[pytest.TestReport]], kinds: Iterable[str]) -> list[str]:
    """The rows of the tests that ended in one of these ways."""
    return [
        row
        for kind in kinds
        for report in stats.get(kind, [])
        for row in rows_of(getattr(report, "nodeid", ""))
    ]
