"""The error codes of executions: onex's own are stable, and each says what to do about it.

A Python node may fail with a code of its own, the `code` of the exception that it raised.
"""

from onex.core.document import JSON
from onex.results.status import Status
from onex_types.common import Error

CODES: dict[str, tuple[Status, str]] = {
    "bad-argument": (
        "failure",
        "pass texts without NUL characters, and put long values into files",
    ),
    "bad-output": (
        "failure",
        "hand back one JSON document of the form that the entrypoint declares, and nothing else",
    ),
    "entrypoint-missing": (
        "failure",
        "name a file of the node, or a program that is on the search path, in entrypoint.target",
    ),
    "exception": ("failure", "the traceback stands in the standard error of the process"),
    "exit-status": ("failure", "the log of the process says why it did not end with status 0"),
    "input-contract": ("failure", "give the node a state that its contract's input takes"),
    "input-file": ("failure", "name a file that is there and can be read"),
    "not-executable": (
        "failure",
        "make the program executable, and give a script a first line that names its interpreter",
    ),
    "output-contract": (
        "failure",
        "change the node to keep its contract, or the contract to say what the node gives",
    ),
    "output-file": ("failure", "write the file that the output state names into the work folder"),
    "output-limit": ("failure", "hand back less, or raise limits.output_bytes in node.onex"),
    "publish-refused": ("failure", "have the node make files that may become a node"),
    "signal": ("failure", "the log of the process may say what happened before the signal"),
    "timeout": ("failure", "make the node faster, or raise limits.timeout_ms in node.onex"),
    "host-error": ("error", "see to the machine that onex runs on, then run the node again"),
    "interrupted": ("error", "run the node again"),
    "missing-env": ("error", "set the environment variables that the node requires"),
    "worker-lost": ("error", "run the node again; the process that watched it was killed"),
}
"""For each code the status of the unit and the hint; an `error` is no fault of the node."""


def status_of(code: str) -> Status:
    """The status of a unit that ended with ``code``; a node's own codes are failures."""
    return CODES[code][0] if code in CODES else "failure"


def error(code: str, message: str, details: dict[str, JSON] | None = None) -> Error:
    """The error of that code, with the hint that belongs to it."""
    hint = CODES[code][1] if code in CODES else None
    return {"code": code, "message": message, "details": details or {}, "hint": hint}
