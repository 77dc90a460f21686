"""From the end of a process to the result of a node, or to the reason why there is none."""

import base64
import os
import signal
from collections.abc import Callable
from typing import cast

from onex.core import json
from onex.core.document import JSON
from onex.core.schema import problems
from onex.errors import DocumentError
from onex.runtime import codes
from onex.runtime.executor import Completed, FaultError, Job
from onex.runtime.process import Ended, Launch
from onex.runtime.worker import WorkerLostError
from onex_contract import registry
from onex_types.common import Error
from onex_types.node_result import NodeResult

PREVIEW_BYTES = 192


def complete(
    job: Job, launch: Launch, interpreter: str, read: Callable[[Ended], JSON]
) -> Completed:
    """Run the process, and read its result with ``read`` if it ended well.

    Args:
        job: the execution.
        launch: its process.
        interpreter: the Python that the process is forked from.
        read: gives the node result that an ended process handed back, as it came.
    """
    try:
        ended = job.host.run(launch, interpreter)
    except WorkerLostError as error:
        return Completed(problem=codes.error("worker-lost", str(error)))
    try:
        _require_good_end(ended, launch)
        result = well_formed(read(ended), ended.data)
    except FaultError as fault:
        return Completed(problem=fault.problem, process=ended.process)
    return Completed(result=result, process=ended.process)


def parse(data: bytes) -> JSON:
    """The JSON document that a node handed back.

    Raises:
        FaultError: it is none.
    """
    if not data:
        raise FaultError(code="bad-output", message="the node ended well, but handed back nothing")
    try:
        return json.parse_state(data, "result")
    except DocumentError as error:
        message = f"what the node handed back is not one JSON document: {error.problem}"
        place: dict[str, JSON] = {"line": error.line, "column": error.column}
        raise FaultError(
            code="bad-output", message=message, details={**place, **preview(data)}
        ) from error


def well_formed(value: JSON, data: bytes) -> NodeResult:
    """``value`` as a node result.

    Raises:
        FaultError: it does not keep the schema.
    """
    validator = registry.validator("node_result")
    if not validator.is_valid(value):
        problem = problems(validator, registry.schema("node_result"), value)[0]
        message = f"what the node handed back is not a node result: {problem.message}"
        raise FaultError(
            code="bad-output",
            message=message,
            details={"pointer": problem.pointer, **preview(data)},
        )
    return cast("NodeResult", value)


def preview(data: bytes) -> dict[str, JSON]:
    """The beginning of hostile bytes in a form that is safe to print, and their number."""
    return {"bytes": len(data), "preview": base64.b64encode(data[:PREVIEW_BYTES]).decode()}


def _require_good_end(ended: Ended, launch: Launch) -> None:
    """Do nothing when the process ended by itself, with status 0 and in its bounds.

    Raises:
        FaultError: it did not.
    """
    process = ended.process
    if process["timed_out"]:
        raise FaultError(
            code="timeout", message=f"the node was ended at its time limit of {launch.wall_ms} ms"
        )
    if ended.is_over:
        message = f"the node handed back more than its limit of {launch.most} bytes"
        raise FaultError(code="output-limit", message=message)
    if "error" in ended.verdict:
        raise _told(ended.verdict["error"])
    if "errno" in ended.verdict:
        raise _not_executed(ended.verdict["errno"])
    if process["signal"] is not None:
        name = signal.strsignal(process["signal"])
        message = f"signal {process['signal']} ({name}) ended the process"
        raise FaultError(code="signal", message=message, details={"signal": process["signal"]})
    if process["exit"] != 0:
        message = f"the process ended with status {process['exit']}"
        raise FaultError(code="exit-status", message=message, details={"exit": process["exit"]})


def _told(error: JSON) -> FaultError:
    """What the process said of itself, in its own words; a node may have forged it."""
    value = error if isinstance(error, dict) else {}
    found: dict[str, JSON] = {"message": "", "details": {}, "hint": None, **value}
    if not registry.validator("common", definition="error").is_valid(found):
        text = "the node ended with an error that does not keep the schema"
        return FaultError(code="exception", message=text)
    told = cast("Error", found)
    return FaultError(code=told["code"], message=told["message"], details=told["details"])


def _not_executed(number: JSON) -> FaultError:
    """Why the kernel did not execute a program (execve(2))."""
    import errno  # noqa: PLC0415 - wanted for this message alone

    if number == errno.E2BIG:
        return FaultError(
            code="bad-argument", message="the arguments are longer than the system allows"
        )
    if number == errno.ENOENT:
        text = "the program, or the interpreter that its first line names, is not there"
        return FaultError(code="not-executable", message=text)
    if number == errno.ENOEXEC:
        text = "the program has no form that can be executed, and no `#!` line"
        return FaultError(code="not-executable", message=text)
    # A node may have forged it.
    is_known = isinstance(number, int) and number in errno.errorcode
    text = os.strerror(cast("int", number)) if is_known else "unknown reason"
    return FaultError(code="not-executable", message=f"the program cannot be executed: {text}")
