"""Trying mutants: one warm process with all tests collected, and a fork of it for each mutant.

A first fork runs all tests, and tells which lines each of them reaches and how long it takes. A mutant
is killed by the first test that fails, or by a limit: one that never ends is noticed, too. Where the
tests of a mutant take longer than ``PATIENCE_S``, those behind are not run, and it counts as survived.
"""

import importlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import coverage
import pytest
from tools.mutants.mutant import Mutant, apply
from tools.mutants.targets import GROUPS, SOURCE, module_of

PATIENCE_S = 3.0
"""How long the tests of one mutant may take, as they took on code that is whole."""

FACTOR = 6
"""How many times as long a test may take before the mutant counts as one that never ends."""

LEAST_S = 2
WAIT_S = 20
MOST_BYTES = 4 << 30
EXAMPLES = 20
"""Limits of a fork, and how many examples a property tries."""

KILLED, SURVIVED, BROKEN = 1, 0, 3
"""The exit status of a fork: a test failed, none did, or the mutant could not be made."""


class Known(NamedTuple):
    """What the tests do on code that is whole."""

    seconds: dict[str, float]
    """For each test, how long it takes."""
    tests: dict[str, dict[int, list[str]]]
    """For each module and line, the tests that reach it."""

    def rarity(self) -> dict[str, int]:
        """For each test, how many reach the line that fewest others reach with it."""
        found: dict[str, int] = {}
        for lines in self.tests.values():
            for names in lines.values():
                for name in names:
                    found[name] = min(found.get(name, len(names)), len(names))
        return found


class Trial:
    """A plug-in of pytest that tries mutants in place of running the tests.

    Attributes:
        survived: the mutants that no test noticed, with how many tests looked.
    """

    def __init__(self, mutants: Sequence[Mutant], jobs: int, memory: str, *, reuse: bool) -> None:
        self.mutants = mutants
        self._memory = memory
        self._reuse = reuse
        self.survived: list[tuple[Mutant, int]] = []
        self.failed: list[str] = []
        self._jobs = jobs
        self._fails = False

    def pytest_configure(self) -> None:
        """Have every property try the same few examples, and keep none."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - pytest wants to import it first

        settings.register_profile(
            "mutants",
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
        )
        settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed."""
        self._fails = self._fails or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants."""
        for paths in GROUPS.values():
            for path in paths:
                importlib.import_module(module_of(path))
        known = self._look(session.items)
        if self.failed:
            return True
        items = {item.nodeid: item for item in session.items}
        rarity = known.rarity()
        running: dict[int, tuple[Mutant, int, str]] = {}
        for number, mutant in enumerate(self.mutants, start=1):
            chosen = [name for name in choose(mutant, known, rarity) if name in items]
            if not chosen:
                self._spare(mutant, 0)
                continue
            place = tempfile.mkdtemp(prefix="onex-mutant-")
            tests = [(items[name], known.seconds[name]) for name in chosen]
            pid = _fork(partial(self._try, mutant, tests, place))
            running[pid] = (mutant, len(chosen), place)
            if len(running) == self._jobs:
                self._reap(running)
            if number % 100 == 0:
                print(f"{number} of {len(self.mutants)}, {len(self.survived)} survived", flush=True)
        while running:
            self._reap(running)
        return True

    def _reap(self, running: dict[int, tuple[Mutant, int, str]]) -> None:
        """Wait for one mutant to end."""
        pid, status = os.wait()
        mutant, looked, place = running.pop(pid)
        shutil.rmtree(place, ignore_errors=True)
        code = os.waitstatus_to_exitcode(status)
        if code == BROKEN:
            raise LookupError(mutant)
        if code == SURVIVED:
            self._spare(mutant, looked)

    def _spare(self, mutant: Mutant, looked: int) -> None:
        """Note a mutant that no test noticed."""
        self.survived.append((mutant, looked))
        print(
            f"src/{mutant.path}:{mutant.line}: {mutant.before} -> {mutant.after} ({looked} tests)",
            flush=True,
        )

    def _try(self, mutant: Mutant, tests: Sequence[tuple[pytest.Item, float]], place: str) -> int:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        for number in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)
        try:
            apply(mutant)
        except LookupError:
            return BROKEN
        runs = self._run([item for item, _ in tests], place)
        for _, seconds in tests:
            signal.setitimer(signal.ITIMER_PROF, LEAST_S + FACTOR * seconds)
            signal.alarm(WAIT_S)  # for a test that waits, and takes no time of the processor
            next(runs)
            if self._fails:
                return KILLED
        return SURVIVED

    def _run(self, items: Sequence[pytest.Item], place: str) -> Iterator[pytest.Item]:
        """Run tests in a folder of their own, one by one."""
        factory = items[0].config._tmp_path_factory  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way to move it
        factory._basetemp = type(factory.getbasetemp())(place)  # noqa: SLF001
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            yield item

    def _look(self, items: Sequence[pytest.Item]) -> Known:
        """What each test reaches: run them in a fork, or take it from the last time."""
        known = self._remembered() if self._reuse else Known({}, {})
        fresh = [item for item in items if item.nodeid not in known.seconds]
        if fresh:
            place = tempfile.mkdtemp(prefix="onex-mutants-")
            os.waitpid(_fork(partial(self._measure, fresh, place, known)), 0)
            shutil.rmtree(place, ignore_errors=True)
        return self._remembered()

    def _remembered(self) -> Known:
        with open(self._memory, encoding="utf-8") as file:
            seconds, tests, self.failed = json.load(file)
        whole = {
            path: {int(line): names for line, names in of.items()} for path, of in tests.items()
        }
        return Known(seconds, whole)

    def _measure(self, items: Sequence[pytest.Item], place: str, known: Known) -> int:
        """Run tests, and write down what each reaches beside what is known."""
        paths = {path: os.path.join(SOURCE, path) for group in GROUPS.values() for path in group}
        counter = coverage.Coverage(data_file=None, config_file=False, include=[*paths.values()])
        failed = []
        counter.start()
        counter.switch_context(items[0].nodeid)
        start = time.process_time()
        for item, following in zip(self._run(items, place), [*items[1:], None], strict=True):
            now = time.process_time()
            known.seconds[item.nodeid], start = now - start, now
            if self._fails:
                failed.append(item.nodeid)
                self._fails = False
            if following:
                counter.switch_context(following.nodeid)
        counter.stop()
        data = counter.get_data()
        for path, file in paths.items():
            lines = known.tests.setdefault(path, {})
            for line, names in data.contexts_by_lineno(file).items():
                lines[line] = [*lines.get(line, ()), *filter(None, names)]
        with open(self._memory, "w", encoding="utf-8") as out:
            json.dump([known.seconds, known.tests, failed], out)
        return 0


def choose(mutant: Mutant, known: Known, rarity: Mapping[str, int]) -> list[str]:
    """The tests to try a mutant with: those of its own module, then what is quick and does rare things."""
    lines = known.tests.get(mutant.path, {})
    names = {name for line in mutant.lines for name in lines.get(line, ())}
    own = os.path.basename(mutant.path).removesuffix(".py")
    marks = (f"/test_{own}.py", f"[{own}/", f"[{own}-")
    chosen: list[str] = []
    spent = 0.0

    def rank(name: str) -> tuple[bool, float, str]:
        is_own = any(mark in name for mark in marks)
        return not is_own, known.seconds[name] * rarity[name], name

    for name in sorted(names, key=rank):
        spent += known.seconds[name]
        if spent > PATIENCE_S and chosen:
            break
        chosen.append(name)
    return chosen


def _fork(work: Callable[[], int]) -> int:
    """Do ``work`` in a fork that prints nothing; the id of its process."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = BROKEN
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(quiet, descriptor)
        code = work()
    finally:
        os._exit(code)
