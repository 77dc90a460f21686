"""Nodes that do nothing: the output state is the input state, defaults filled in."""

from onex.runtime.executor import Completed, Job


class NoopExecutor:
    """Gives the input state back, without a process."""

    def execute(self, job: Job) -> Completed:
        """The input state as the result."""
        return Completed(result={"state": job.state})
