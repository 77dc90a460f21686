"""Executors by name: those of onex, and those that other packages register."""

from typing import cast

from onex.core.document import JSON
from onex.core.executors import BUILT_IN, DECLARED, GROUP, plugins
from onex.core.words import suggest
from onex.errors import RefusedError
from onex.runtime.executor import Completed, Executor, FaultError, Job


class Executors:
    """The executors of one runtime, each made when it is first wanted."""

    def __init__(self) -> None:
        self._made: dict[str, Executor] = {}

    def named(self, name: str) -> Executor:
        """The executor of that name.

        Raises:
            RefusedError: there is none, or it cannot be had.
        """
        if name not in self._made:
            self._made[name] = _built_in(name) if name in BUILT_IN else _registered(name)
        return self._made[name]


def _built_in(name: str) -> Executor:
    """One of onex's own; imported alone, because a noop needs no processes."""
    if name == "noop":
        from onex.runtime.noop import NoopExecutor  # noqa: PLC0415 - see above

        return NoopExecutor()
    if name == "cli":
        from onex.runtime.cli import CliExecutor  # noqa: PLC0415 - see above

        return CliExecutor()
    from onex.runtime.python import PythonExecutor  # noqa: PLC0415 - see above

    return PythonExecutor()


def _registered(name: str) -> Executor:
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and wanted for plug-ins alone

    found = list(entry_points(group=GROUP, name=name))
    if not found:
        raise _unknown(name)
    try:
        executor: Executor = found[0].load()()
    except Exception as error:
        message = f"the executor {name} ({found[0].value}) cannot be loaded: {error}"
        raise RefusedError(message, help="see to the package that registers it") from error
    return _Checked(executor)


class _Checked:
    """An executor whose results are not taken on trust: they must keep their schema."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def execute(self, job: Job) -> Completed:
        """What the executor completed, if it is well-formed."""
        from onex.runtime.endings import well_formed  # noqa: PLC0415 - a noop does without

        completed = self._executor.execute(job)
        try:
            if completed.result is not None:
                well_formed(cast("JSON", completed.result), b"")
        except FaultError as fault:
            return Completed(problem=fault.problem, process=completed.process)
        return completed


def _unknown(name: str) -> RefusedError:
    known = [*BUILT_IN, *plugins()]
    if name in DECLARED:
        message = f"the executor {name} is declared for a later version; this onex does not run it"
        return RefusedError(
            message,
            help=f"set entrypoint.type to one of {', '.join(known)}",
        )
    near = suggest(name, known)
    message = f"there is no executor {name}" + (f"; {near}" if near else "")
    return RefusedError(
        message,
        help=f"install the package that registers it, or use one of {', '.join(known)}",
    )
