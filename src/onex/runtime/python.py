"""Nodes that are Python functions, called in a process that is forked from a bare interpreter."""

import json
import os
import sys
import sysconfig

from onex.core.canonical import golden_bytes
from onex.core.document import JSON
from onex.runtime.endings import complete, parse
from onex.runtime.environment import environment, search_path
from onex.runtime.executor import Completed, FaultError, Job
from onex.runtime.process import Ended, Launch


class PythonExecutor:
    """Calls the function that the target names with the properties of the input state."""

    def __init__(self) -> None:
        self._paths: dict[str, list[str]] = {}

    def execute(self, job: Job) -> Completed:
        """Call the function in a process of its own."""
        try:
            interpreter = _interpreter(job)
            launch = self._launch(job, interpreter)
        except FaultError as fault:
            return Completed(problem=fault.problem)
        return complete(job, launch, interpreter, _read)

    def _launch(self, job: Job, interpreter: str) -> Launch:
        file, function = _target(job)
        staged = job.staged()
        # The node's folder comes last: no file in it can stand in for a module of the library.
        paths: list[JSON] = [*self._packages(interpreter), staged]
        limits = job.node.limits
        return Launch(
            job={
                "work": job.work.path,
                "env": {**environment(job.node, job.work.path)},
                "file": os.path.join(staged, file),
                "function": function,
                "paths": paths,
            },
            state=golden_bytes(job.state),
            wall_ms=limits.wall_ms,
            most=limits.result_bytes,
        )

    def _packages(self, interpreter: str) -> list[str]:
        """Where the packages of an interpreter lie; without `site` it does not look."""
        if interpreter not in self._paths:
            is_ours = interpreter == sys.executable
            self._paths[interpreter] = (
                _packages(sysconfig.get_paths()) if is_ours else _ask_packages(interpreter)
            )
        return self._paths[interpreter]


def _target(job: Job) -> tuple[str, str]:
    """File and function of the node's entrypoint.

    Raises:
        FaultError: the target is not of that form, or the file is not one of the node.
    """
    target = job.node.value["entrypoint"].get("target", "")
    file, colon, function = target.partition(":")
    if not colon or not function.isidentifier():
        message = f"the target of a python node is FILE:FUNCTION, not {target!r}"
        raise FaultError(code="entrypoint-missing", message=message)
    if file not in job.snapshot.own:
        raise FaultError(code="entrypoint-missing", message=f"{file} is not a file of the node")
    return file, function


def _interpreter(job: Job) -> str:
    """The interpreter that the node names, or ours.

    A bare name is looked up on the search path; a path is relative to the node's folder.

    Raises:
        FaultError: there is no such program.
    """
    named = job.node.value["entrypoint"].get("interpreter")
    if named is None:
        return sys.executable
    import shutil  # noqa: PLC0415 - it brings every compression library with it

    place = os.path.normpath(os.path.join(job.node.folder, named)) if "/" in named else named
    found = shutil.which(place, path=search_path())
    if found is None:
        raise FaultError(code="entrypoint-missing", message=f"there is no interpreter {named}")
    return found


def _ask_packages(interpreter: str) -> list[str]:
    """Where another interpreter keeps its packages, in its own words.

    Raises:
        FaultError: it does not say.
    """
    import subprocess  # noqa: PLC0415 - wanted for other interpreters alone

    question = "import json, sysconfig; print(json.dumps(sysconfig.get_paths()))"
    try:
        answer = subprocess.run(  # noqa: S603 - the interpreter that the node names
            [interpreter, "-I", "-c", question],
            capture_output=True,
            check=True,
            timeout=30,
            env={"PATH": os.defpath},
        )
        paths: dict[str, str] = json.loads(answer.stdout)
        return _packages(paths)
    except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        message = f"{interpreter} does not answer as a Python interpreter: {error}"
        raise FaultError(code="not-executable", message=message) from error


def _packages(paths: dict[str, str]) -> list[str]:
    return list(dict.fromkeys([paths["purelib"], paths["platlib"]]))


def _read(ended: Ended) -> JSON:
    """The result, once the function has returned.

    Raises:
        FaultError: the process ended before that, or the result is not JSON.
    """
    if ended.verdict.get("returned") is not True:
        raise FaultError(
            code="bad-output", message="the process ended before the function returned"
        )
    return parse(ended.data)
