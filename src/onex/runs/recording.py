"""Recording: the run of a Python program while it goes on, with the checks that it has declared."""

import os

from onex.core.text import unicode_text
from onex.results import facts, run_facts
from onex.results.clock import Clock
from onex.results.evidence import is_pointer
from onex.runs import declared, kept, program
from onex.runs.declared import CheckStatus
from onex.runs.folder import RunFolder
from onex_types.common import Artifact, Environment, Error, Resource
from onex_types.run import Run


class Recording:
    """A run that has begun.

    Args:
        folder: where it is recorded.
        pipeline_id: what is run.
        root: where the files lie of which copies are kept.
        clock: tells the time.

    Attributes:
        folder: where it is recorded.
        worst: the worst status of a check so far.
    """

    def __init__(self, folder: RunFolder, pipeline_id: str, root: str, clock: Clock) -> None:
        self.folder = folder
        self.worst: CheckStatus = "pass"
        self._pipeline_id, self._root, self._clock = pipeline_id, root, clock

    def log(self, text: str) -> None:
        """Put lines into the log."""
        text = unicode_text(text)
        self.folder.append(run_facts.logged(self._clock.wall_us(), "run", text))

    def add_input(self, resource: Resource) -> None:
        """Record what is read."""
        self.folder.append(run_facts.run_input(self._clock.wall_us(), resource))

    def add_output(self, resource: Resource, path: str) -> None:
        """Record what was made; of a file, a copy is kept."""
        artifact = self._keep(path) if resource["type"] == "file" else None
        self.folder.append(run_facts.run_output(self._clock.wall_us(), resource, artifact))

    def check_env(self, env: Environment) -> None:
        """Record whether the required variables are set."""
        self.worst = "fail" if env["missing"] else self.worst
        item = run_facts.plan_item(self._pipeline_id, program.ENV_CHECK, "check")
        self.folder.append(program.env_check(self._clock.wall_us(), self.folder.units, item, env))

    def check(self, name: str, status: CheckStatus, evidence: list[str], detail: str) -> None:
        """Record a check; what is no pointer to evidence goes to the detail (CF-14)."""
        # Hidden now, because escapes for what does not print would hide a secret from the mask.
        name = run_facts.plain_text(self.folder.masked(name))
        loose = [text for text in evidence if not is_pointer(text)]
        for text in loose:
            self.log(f"{name}: no pointer to evidence, so taken for detail: {text}")
        said = unicode_text("; ".join(filter(None, [detail, *loose])))
        self.worst = declared.worse(self.worst, status)
        error: Error | None = None
        if status == "fail":
            message = said or f"{name} failed"
            error = {"code": "check-failed", "message": message, "details": {}, "hint": None}
        self.folder.append(
            facts.unit_checked(
                self._clock.wall_us(),
                self.folder.units,
                item=run_facts.plan_item(self._pipeline_id, name, "check"),
                status=declared.CHECKS[status],
                reason=error["code"] if error else None,
                evidence=[text for text in evidence if is_pointer(text)],
                detail=said or None,
                error=error,
            )
        )

    def finish(self) -> Run:
        """End the run as its checks say."""
        with self.folder:
            return self.folder.finish()

    def abandon(self) -> None:
        """End the run as one that was cut off."""
        with self.folder:
            pass

    def _keep(self, path: str) -> Artifact | None:
        """The copy of a file; None, with a word in the log, where nothing is kept."""
        real = os.path.realpath(path)
        if not os.path.isfile(real):
            self.log(f"output: {path}: no such file, so no copy is kept")
            return None
        if kept.below(os.path.realpath(self._root), real) is None:
            self.log(f"output: {path}: not below {self._root}, so no copy is kept")
            return None
        return kept.keep(real, self.folder.path, self.folder.masked(os.path.basename(path)))
