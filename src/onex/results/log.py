"""The log of a run: what its facts say to a person, in lines (OVC-05, OVC-06).

The text of a line never holds a control character, so that a node's output can neither start a
line of its own nor move the cursor of a terminal.
"""

from collections.abc import Iterator

from onex.core.text import plural, printable, split_lines
from onex_types.common import Process
from onex_types.fact import Fact, UnitChecked

QUIET = frozenset({"unit_planned", "unit_step", "unit_result"})
"""Kinds of facts that the log says nothing of."""


def lines(fact: Fact, name: str) -> Iterator[str]:
    """What one fact adds to the log.

    Args:
        fact: the fact.
        name: the name of the unit that it belongs to; empty when it belongs to none.
    """
    for text in _texts(fact, name):
        # Most lines print as they are, and the question is a hundred times as fast as the answer.
        yield text if text.isprintable() else printable(text)


def _texts(fact: Fact, name: str) -> Iterator[str]:  # noqa: C901 - a row for each kind of fact
    match fact["kind"]:
        case "run_started":
            yield f"{fact['pipeline_id']}: started with onex {fact['onex_version']}"
        case "run_planned":
            yield f"{plural(len(fact['items']), 'unit')} planned"
        case "run_input":
            yield f"input: {fact['resource']['type']} {fact['resource']['ref']}"
        case "run_output":
            yield f"output: {fact['resource']['type']} {fact['resource']['ref']}"
        case "logged":
            yield from split_lines(fact["text"])
        case "unit_started":
            yield f"{name}: started"
        case "unit_process":
            yield from _streams(name, fact["process"])
        case "unit_finished":
            yield _ending(name, fact["status"], fact["error"])
        case "unit_refused":
            yield _ending(name, fact["status"], fact["error"])
        case "unit_expected":
            yield f"{name}: {fact['status']}: {fact['msg']}"
        case "unit_checked":
            yield _check(name, fact)
        case "run_finished":
            yield f"finished: {fact['outcome']}" + (
                f": {fact['reason']}" if fact.get("reason") else ""
            )


def _ending(name: str, status: str, error: object) -> str:
    if isinstance(error, dict):
        return f"{name}: {status}: {error['code']}: {error['message']}"
    return f"{name}: {status}"


def _check(name: str, fact: UnitChecked) -> str:
    told = fact["error"]["message"] if fact["error"] else fact["detail"] or fact["reason"]
    return f"{name}: {fact['status']}" + (f": {told}" if told else "")


def _streams(name: str, process: Process) -> Iterator[str]:
    """What a process wrote, as far as it was kept."""
    for label, stream in (("stdout", process["stdout"]), ("stderr", process["stderr"])):
        if stream["truncated"]:
            yield f"{name} {label}| ({stream['bytes']} bytes, of which the end follows)"
        text = stream["text"].removesuffix("\n")
        if text:
            yield from (f"{name} {label}| {line}" for line in split_lines(text))
