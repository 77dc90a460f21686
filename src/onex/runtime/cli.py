"""Nodes that are commands: a program and arguments made from the state; never a shell."""

import os
import shutil
import sys
from typing import cast

from onex.core.canonical import golden_bytes
from onex.core.document import JSON
from onex.runtime.arguments import arguments
from onex.runtime.endings import complete, parse, preview
from onex.runtime.environment import environment, search_path
from onex.runtime.executor import Completed, FaultError, Job
from onex.runtime.files import read_below
from onex.runtime.process import Ended, Launch
from onex_types.onex_node import CommandOutput

RESULT: CommandOutput = {"from": "result"}
"""Where a command's output comes from unless it says otherwise: descriptor 4."""


class CliExecutor:
    """Executes the program that the target names."""

    def execute(self, job: Job) -> Completed:
        """Execute the program in a process of its own."""
        entry = job.node.value["entrypoint"]
        output = entry.get("output", RESULT)
        try:
            argv = [
                os.path.basename(entry.get("target", "")),
                *arguments(entry.get("args", []), job.state),
            ]
            launch = Launch(
                job={
                    "work": job.work.path,
                    "env": {**environment(job.node, job.work.path)},
                    "program": _program(job),
                    "argv": cast("list[JSON]", argv),
                },
                state=golden_bytes(job.state),
                wall_ms=job.node.limits.wall_ms,
                most=job.node.limits.result_bytes,
                wants_stdout=output["from"] == "stdout",
            )
        except FaultError as fault:
            return Completed(problem=fault.problem)
        return complete(job, launch, sys.executable, lambda ended: _read(job, output, ended))


def _program(job: Job) -> str:
    """The path of the program: a file of the node, else what the search path has.

    Raises:
        FaultError: there is none, or it is not executable.
    """
    target = job.node.value["entrypoint"].get("target", "")
    name = target.removeprefix("./")
    digest = job.snapshot.own.get(name)
    if digest is not None:
        if not digest.endswith("+x"):
            message = f"{name} is a file of the node, but is not executable"
            raise FaultError(code="not-executable", message=message)
        return os.path.join(job.staged(), name)
    if "/" in target or not target:
        raise FaultError(
            code="entrypoint-missing", message=f"{target or 'nothing'} is not a file of the node"
        )
    found = shutil.which(target, path=search_path())
    if found is None:
        message = f"{target} is neither a file of the node nor a program on the search path"
        raise FaultError(code="entrypoint-missing", message=message)
    return found


def _read(job: Job, output: CommandOutput, ended: Ended) -> JSON:
    """The node result from where the entrypoint says that it comes from.

    Raises:
        FaultError: it is not there, or not of the form that the entrypoint declares.
    """
    data = ended.data
    if output["from"] == "file":
        path = output.get("path")
        if path is None:
            raise FaultError(
                code="bad-output", message="entrypoint.output.path names no file to read"
            )
        most = job.node.limits.result_bytes
        data = read_below(job.work.path, path, most, code="bad-output")
    value = _decode(data, output.get("as", "json"))
    key = output.get("key")
    if key is not None:
        return {"state": {key: value}}
    if output.get("as", "json") != "json":
        message = f"entrypoint.output.key must name the property that the {output['as']} becomes"
        raise FaultError(code="bad-output", message=message)
    return value if output["from"] == "result" else {"state": value}


def _decode(data: bytes, form: str) -> JSON:
    if form == "json":
        return parse(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"what the node handed back is not UTF-8: byte {error.start}"
        raise FaultError(code="bad-output", message=message, details=preview(data)) from error
    text = text.removesuffix("\n")
    if form == "text":
        return text
    return cast("JSON", text.split("\n") if data else [])
