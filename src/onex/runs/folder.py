"""The run folder, made for one run alone: the journal, and all that is derived from it."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from types import TracebackType
from typing import Self, TypeVar

from onex import __version__
from onex.core.files import DEBRIS, make_folder, make_folder_in, write_atomic
from onex.core.text import unicode_value
from onex.errors import OnexError
from onex.results import run_facts
from onex.results.clock import Clock
from onex.results.closing import closing_facts
from onex.results.run import RunFold
from onex.results.status import Outcome, outcome
from onex.runs import derived, index
from onex.runs.git import find_git
from onex.runs.journal import FILE_NAME, Journal
from onex.runs.mask import Mask
from onex.runs.run_id import format_run_id
from onex_types.common import Environment, Git, RunPolicy, Trigger
from onex_types.fact import Fact, PlanItem
from onex_types.run import Coverage, Run

MOST_PER_SECOND = 9_999
"""How many runs of one pipeline may begin in the same second."""

Value = TypeVar("Value")


class RunFolder:
    """A new run below ``root``; its first fact is written when it is made.

    As a context manager it closes the run however that ends: units that are open then were cut off.

    Args:
        root: the workspace.
        pipeline_id: what is run; letters, digits and hyphens.
        clock: tells the time.
        pipeline_version: its version.
        trigger: what started the run.
        env: the environment variables that it needs, by name.
        policy: the rules that it is held to.
        config_hash: the digest of the settings in force.
        secrets: values that must not stand in anything that the run leaves behind.

    Attributes:
        run_id: the id of the run, and the folder's name.
        path: the folder.
        mask: hides the secrets of the run.
        opening: the facts with which the journal begins.
        run: the record of the run, once it is finished.

    Raises:
        OnexError: the folder or the journal cannot be made.
    """

    def __init__(  # noqa: PLR0913 - what is known of a run before it begins
        self,
        root: str,
        pipeline_id: str,
        clock: Clock,
        *,
        pipeline_version: str | None = None,
        trigger: Trigger | None = None,
        env: Environment | None = None,
        policy: RunPolicy | None = None,
        config_hash: str | None = None,
        secrets: Iterable[str] = (),
    ) -> None:
        self._clock = clock
        self._started_us = clock.monotonic_us()
        self.mask = Mask(secrets)
        self._fold = RunFold()
        self._root = root
        self.run: Run | None = None
        at_us = clock.wall_us()
        git = find_git(root)
        self.run_id, self._journal = _make(root, pipeline_id, git, at_us)
        self.path = index.folder_of(root, self.run_id)
        self.opening: list[Fact] = [
            run_facts.run_started(
                at_us,
                run_id=self.run_id,
                pipeline_id=pipeline_id,
                pipeline_version=pipeline_version,
                onex_version=__version__,
                git=git,
                trigger=trigger,
                env=env,
                policy=policy,
                config_hash=config_hash,
            )
        ]
        self.append(self.opening[0])

    def append(self, fact: Fact) -> None:
        """Put a fact into the journal, and what it completes into the folder: the run's sink.

        Raises:
            OnexError: it could not be written.
            ValueError: it has no place behind those before it.
        """
        # Arguments and paths may hold what is not Unicode; hidden first, as escapes would hide it too.
        fact = unicode_value(self.mask.value(fact))
        self._journal.append(fact)
        result = self._fold.add(fact)
        if result is not None:
            derived.write_result(self.path, result)

    def plan(
        self,
        items: list[PlanItem],
        *,
        active: list[str] | None = None,
        inventory_sha256: str | None = None,
        tree_digest: str | None = None,
    ) -> None:
        """Say what the run is to execute and check (see the fact `run_planned`).

        Raises:
            OnexError: it could not be written.
        """
        told = {} if inventory_sha256 is None else {"inventory_sha256": inventory_sha256}
        self.append(
            run_facts.run_planned(
                self._clock.wall_us(), items, active=active, tree_digest=tree_digest, **told
            )
        )

    @property
    def artifacts_dir(self) -> str:
        """Where the files that units give are kept."""
        return os.path.join(self.path, "artifacts")

    def keep(self, data: bytes) -> str:
        """Keep some bytes of a log in `blobs/`; their name there, which is their digest.

        Raises:
            OnexError: they could not be written.
        """
        shown = self.mask.text(data.decode(errors="surrogateescape"))
        data = shown.encode(errors="surrogateescape")
        name = hashlib.sha256(data).hexdigest()
        folder = os.path.join(self.path, "blobs")
        make_folder_in(self.path, "blobs")
        write_atomic(os.path.join(folder, name), data)
        return name

    def masked(self, value: Value) -> Value:
        """``value`` as it may be shown: without the secrets of the run."""
        return self.mask.value(value)

    def below(self, message: str) -> str:
        """A message with paths as seen from the workspace, so that it is the same anywhere."""
        return message.replace(f"{self._root}{os.sep}", "")

    @property
    def coverage(self) -> Coverage | None:
        """How much of what should run did, so far."""
        return self._fold.coverage()

    def is_open(self, unit: int) -> bool:
        """Whether nothing says yet how a unit of the plan ended."""
        return self._fold.is_open(unit)

    @property
    def units(self) -> int:
        """How many units there are so far."""
        return self._fold.count

    def finish(self, forced: Outcome | None = None, *, reason: str | None = None) -> Run:
        """Write the last fact, and all that is derived from the facts.

        Args:
            forced: the outcome, where the units do not decide it.
            reason: why the outcome is not what the units amount to.

        Raises:
            OnexError: something could not be written.
        """
        at_us = self._clock.wall_us()
        for fact in closing_facts(self._fold, at_us):
            self.append(fact)
        ended = forced or outcome(self._fold.statuses())
        duration_us = self._clock.monotonic_us() - self._started_us
        self.append(
            run_facts.run_finished(at_us, outcome=ended, duration_us=duration_us, reason=reason)
        )
        self._journal.sync()
        self.run = self._fold.run()
        derived.write(self.path, self.run)
        index.add(self._root, self.run)
        return self.run

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not self._fold.is_finished:
                self.finish("error", reason=_reason(error))
        finally:
            self._journal.close()


def _reason(error: BaseException | None) -> str:
    if isinstance(error, OnexError):
        return error.message
    if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
        return "interrupted"
    return f"{type(error).__name__}: {error}"


def _make(root: str, pipeline_id: str, git: Git, at_us: int) -> tuple[str, Journal]:
    """Make a folder that nobody else has; its name, and the journal in it.

    It gets its name when its journal is there and locked: whoever sees a run folder can tell
    whether the run still goes on.

    Raises:
        OnexError: it cannot be made.
    """
    place = os.path.join(root, index.PLACE)
    make_folder(place)
    unnamed = os.path.join(place, f"{DEBRIS}{os.urandom(8).hex()}")
    try:
        os.mkdir(unnamed)
    except OSError as error:
        raise OnexError(f"{place}: no run folder can be made: {error.strerror}") from error
    journal = None
    try:
        journal = Journal(os.path.join(unnamed, FILE_NAME))
        run_id = _name(place, unnamed, pipeline_id, git, at_us)
    except OnexError:
        if journal is not None:
            journal.close()
        shutil.rmtree(unnamed, ignore_errors=True)
        raise
    journal.path = os.path.join(place, run_id, FILE_NAME)
    return run_id, journal


def _name(place: str, unnamed: str, pipeline_id: str, git: Git, at_us: int) -> str:
    """Give the folder a run id, with `-2` and so on behind the pipeline id if need be."""
    for number in range(1, MOST_PER_SECOND + 1):
        name = pipeline_id if number == 1 else f"{pipeline_id}-{number}"
        run_id = format_run_id(at_us, name, git["sha7"])
        path = os.path.join(place, run_id)
        if os.path.lexists(path):
            continue
        try:
            os.rename(unnamed, path)  # onto a folder that is not empty, this fails
        except OSError as error:
            if error.errno in {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}:
                continue
            raise OnexError(f"{path}: cannot be made: {error.strerror}") from error
        return run_id
    raise OnexError(f"{place}: more than {MOST_PER_SECOND} runs of {pipeline_id} in one second")
