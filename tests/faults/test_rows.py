"""The account of rows is true: every row has a test or is named as open, and a skip is no pass."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.faults import rows

TESTS = Path(__file__).parent.parent
TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)


def test_every_row_has_a_test_or_is_open():
    """What is open is named with what it waits for, and no row is both."""
    names = [name for path in TESTS.rglob("test_*.py") for name in TEST.findall(path.read_text())]
    tested = {row for name in names for row in rows.rows_of(name)}
    waiting = [row for some in rows.OPEN.values() for row in some]

    assert Counter(waiting) == Counter({*rows.ROWS} - tested)


@pytest.mark.parametrize("group", "IVP")
def test_the_groups_of_documents_are_whole(group):
    """Input, schemas and paths wait for nothing."""
    assert [row for some in rows.OPEN.values() for row in some if row[0] == group] == []


def test_a_row_counts_once_and_only_when_all_of_it_passed():
    """Rows of one test, of several tests, of none, and names that only look like rows."""
    names = [
        "tests/a.py::test_p3_p4_x[i1_j]",
        "tests/a.py::test_p3_y",
        "tests/b.py::test_i99_x",
        "c::test_x",
    ]

    assert [rows.rows_of(name) for name in names] == [["P3", "P4"], ["P3"], [], []]
    assert [*rows.lines(["P3", "P4", "P4", "T1"], ["P4"])] == [
        "P 1/12; not passed: P4; not run: P1 P2 P5 P6 P7 P8 P9 P10 P11 P12",
        "T 1/8; not run: T3 T4 T7 T8; open: T2 T5 T6",
    ]
    assert [*rows.lines([f"I{number}" for number in range(1, 15)], [])] == ["I 14/14"]


@pytest.mark.parametrize(
    ("stats", "status"),
    [({"passed": "i1"}, 0), ({"skipped": "i1"}, 1), ({"xfailed": "i1"}, 1), ({"skipped": "x"}, 0)],
)
def test_a_session_that_skips_a_row_fails(stats, status):
    """A tool that is missing must not look like a fault survived."""
    reports = {
        kind: [SimpleNamespace(nodeid=f"a.py::test_{name}_b")] for kind, name in stats.items()
    }
    plugins = SimpleNamespace(get_plugin=lambda _: SimpleNamespace(stats=reports))
    session = SimpleNamespace(
        exitstatus=pytest.ExitCode.OK, config=SimpleNamespace(pluginmanager=plugins)
    )
    rows.Score().pytest_sessionfinish(session)

    assert session.exitstatus == status
