"""The run folder, made for one run alone: the journal, and what is written from it."""

import json
import os
from types import TracebackType
from typing import Self

from onex import __version__
from onex.core.files import make_folder, write_atomic
from onex.errors import OnexError
from onex.results import facts
from onex.results.clock import Clock
from onex.results.status import Outcome
from onex.runs.journal import FILE_NAME, Journal
from onex.runs.run_id import find_commit, format_run_id
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact

PLACE = os.path.join("reports", "runs")


class RunFolder:
    """A new run below ``root``; its first fact is written when it is made.

    Args:
        root: the workspace.
        pipeline_id: what is run; letters, digits and hyphens.
        clock: tells the time.

    Attributes:
        run_id: the id of the run, and the folder's name.
        path: the folder.
        opening: the facts with which the journal begins.

    Raises:
        OnexError: the folder or the journal cannot be made.
    """

    def __init__(self, root: str, pipeline_id: str, clock: Clock) -> None:
        self._clock = clock
        self._started_us = clock.monotonic_us()
        at_us = clock.wall_us()
        sha7 = find_commit(root)
        self.run_id, pipeline_id = _make(root, pipeline_id, sha7, at_us)
        self.path = os.path.join(root, PLACE, self.run_id)
        self._journal = Journal(os.path.join(self.path, FILE_NAME))
        self.opening: list[Fact] = [
            facts.run_started(
                at_us,
                run_id=self.run_id,
                pipeline_id=pipeline_id,
                onex_version=__version__,
                git_sha7=sha7,
            )
        ]
        self.append(self.opening[0])

    def append(self, fact: Fact) -> None:
        """Put a fact into the journal: this is the run's sink."""
        self._journal.append(fact)

    def write_result(self, result: ExecutionResult) -> str:
        """Write `execution_result.json` of one execution; its path."""
        name = f"{result['seq_plan']:04d}-{result['node_id']}"
        folder = os.path.join(self.path, "nodes", name)
        make_folder(folder)
        path = os.path.join(folder, "execution_result.json")
        text = json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        # Made again from the journal at any time, so it need not reach the disk before we go on.
        write_atomic(path, text.encode(), durable=False)
        return path

    def finish(self, outcome: Outcome) -> None:
        """Write the last fact."""
        duration_us = self._clock.monotonic_us() - self._started_us
        at_us = self._clock.wall_us()
        self.append(facts.run_finished(at_us, outcome=outcome, duration_us=duration_us))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._journal.close()


def _make(root: str, pipeline_id: str, sha7: str, at_us: int) -> tuple[str, str]:
    """Make a folder that nobody else has, with `-2` and so on behind the pipeline id if need be."""
    make_folder(os.path.join(root, PLACE))
    for number in range(1, 10_000):
        name = pipeline_id if number == 1 else f"{pipeline_id}-{number}"
        run_id = format_run_id(at_us, name, sha7)
        try:
            os.mkdir(os.path.join(root, PLACE, run_id))
        except FileExistsError:
            continue
        except OSError as error:
            path = os.path.join(root, PLACE, run_id)
            raise OnexError(f"{path}: cannot be made: {error.strerror}") from error
        return run_id, name
    raise OnexError(
        f"{os.path.join(root, PLACE)}: more than 9999 runs of {pipeline_id} in one second"
    )
