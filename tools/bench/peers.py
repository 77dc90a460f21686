"""What others make of as many test cases, if it is installed: rows to stand beside a page of onex."""

import os
from collections.abc import Iterator
from shutil import which

from tools.bench.process import BIN, BenchError, Sample, measure, read, tool
from tools.bench.table import Row

PYTEST_HTML = "beyond pytest alone; tests that passed; one file, empty without JavaScript"
ALLURE = "whole process, of JUnit XML; needs JavaScript and a server"

TEST = """\
def test_{number:05d}():
    pass
"""


def pytest_html(place: str, count: int, times: int) -> Iterator[Row]:
    """What a page of ``count`` tests takes, beyond what the tests take."""
    pytest = _pytest(place)
    if pytest is None:
        return
    with open(os.path.join(place, "test_many.py"), "w", encoding="utf-8") as file:
        file.writelines(TEST.format(number=number) for number in range(count))
    command = (pytest, "-q", "-p", "no:cacheprovider", "test_many.py")
    page = os.path.join(place, "pytest.html")
    without = measure(command, place, times)
    with_page = measure((*command, f"--html={page}", "--self-contained-html"), place, times)
    sample = Sample(
        times=times,
        wall_ms=with_page.wall_ms - without.wall_ms,
        peak_mb=with_page.peak_mb,
    )
    yield Row(name="pytest-html", sample=sample, units=count, note=_note(page, PYTEST_HTML))


def allure(place: str, junit: str, count: int, times: int) -> Iterator[Row]:
    """What a page takes of the ``count`` cases that the file ``junit`` tells of."""
    program = tool("allure")
    if program is None:
        return
    folder = os.path.join(place, "allure")
    command = (program, "generate", os.path.dirname(junit), "-o", folder, "--clean")
    sample = measure(command, place, times)
    yield Row(name="allure generate", sample=sample, units=count, note=_note(folder, ALLURE))


def _pytest(place: str) -> str | None:
    """A pytest that has pytest-html: that beside this Python, else that of the search path."""
    for name in filter(None, (which("pytest", path=BIN), which("pytest"))):
        try:
            if "--self-contained-html" in read((name, "--help"), place):
                return name
        except BenchError:  # a program of that name that does not start is no peer
            continue
    return None


def _note(path: str, text: str) -> str:
    """How large a file or a folder is, and ``text``."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    size = sum(map(os.path.getsize, files or [path]))
    return f"{size / 1e6:.1f} MB{f' in {len(files)} files' if files else ''}; {text}"
