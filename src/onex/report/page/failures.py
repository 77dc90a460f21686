"""Failures: for each unit that did not succeed what a person needs to mend it, without a click."""

from typing import NamedTuple

from onex.core.values import JSON
from onex.report.figures import fine_duration
from onex.report.page.texts import block, cut, tail
from onex.report.verdict import FAILING
from onex_types.common import Error, Process
from onex_types.run import Run, Unit

MOST_ERRORS = 5
MOST_PROBLEMS = 20
MOST_WARNINGS = 10
FRAME_LINES = 24
LONGEST_MESSAGE = 1_000

_TRACEBACK = "Traceback (most recent call last):"


class Problem(NamedTuple):
    """A place of a state that does not keep its contract."""

    pointer: str
    message: str


class Fault(NamedTuple):
    """One reason why a unit did not succeed."""

    error: Error
    problems: list[Problem]


class Frame(NamedTuple):
    """The end of what a process wrote; lines that name a place, or the exception, are marked."""

    source: str
    lines: list[tuple[str, str]]


class Failure(NamedTuple):
    """A unit that did not succeed."""

    number: int
    unit: Unit
    took: str | None
    faults: list[Fault]
    ending: str | None
    frame: Frame | None
    warnings: list[str]
    again: list[str]


def failing(run: Run) -> list[int]:
    """The numbers of the units that failed, in plan order; those that half succeeded come last."""
    units = run["units"]
    found = [number for number, unit in enumerate(units) if unit["status"] in FAILING]
    return sorted(found, key=lambda number: units[number]["status"] == "partial")


def message(unit: Unit) -> str:
    """Why the unit ended as it did, or what it did, in one sentence."""
    if unit["status"] in {"success", "partial"} and unit["summary"]:
        return unit["summary"]
    told = [error["message"] for error in unit["errors"]]
    told += [item["msg"] for item in unit["asserts"] if item["status"] == "fail"]
    told += [text for text in (unit["detail"], unit["reason"], unit["summary"]) if text]
    return told[0] if told else ""


def ending(process: Process | None) -> str | None:
    """How the process ended; None when it ended well, or there was none."""
    if process is None:
        return None
    if process["timed_out"]:
        return "the time limit ended the process"
    if process["signal"] is not None:
        return f"signal {process['signal']} ended the process"
    return f"exit status {process['exit']}" if process["exit"] else None


def failure(number: int, unit: Unit) -> Failure:
    """What there is to say of a unit that did not succeed."""
    process = unit["process"]
    faults = [_fault(error) for error in unit["errors"][:MOST_ERRORS]]
    return Failure(
        number=number,
        unit=unit,
        took=_took(unit),
        faults=faults
        or [_fault({"code": "", "message": message(unit), "details": {}, "hint": None})],
        ending=ending(process),
        frame=_frame(process) if process else None,
        warnings=[cut(text, LONGEST_MESSAGE) for text in unit["warnings"][:MOST_WARNINGS]],
        again=block(unit["reproduce"] or "")[:FRAME_LINES],
    )


def _fault(error: Error) -> Fault:
    """An error as it is shown; its details, which may be large, are left out."""
    hint = cut(error["hint"], LONGEST_MESSAGE) if error["hint"] else None
    message = cut(error["message"], LONGEST_MESSAGE)
    shown: Error = {"code": error["code"], "message": message, "details": {}, "hint": hint}
    return Fault(shown, _problems(error["details"].get("problems")))


def _problems(listed: JSON) -> list[Problem]:
    """What a contract has against a state; documents of others may hold anything here."""
    if not isinstance(listed, list):
        return []
    found = []
    for item in listed[:MOST_PROBLEMS]:
        if isinstance(item, dict):
            pointer, told = item.get("pointer"), item.get("message")
            if isinstance(pointer, str) and isinstance(told, str):
                found.append(Problem(cut(pointer, 200), cut(told, 400)))
    return found


def _frame(process: Process) -> Frame | None:
    """The last traceback of standard error, else the end of what was written."""
    for source in ("stderr", "stdout"):
        text = process[source]["text"]
        if text.strip():
            at = text.rfind(_TRACEBACK)
            lines = tail(text[at:] if at >= 0 else text, FRAME_LINES)
            return Frame(source, [(line, _kind(lines, place)) for place, line in enumerate(lines)])
    return None


def _kind(lines: list[str], place: int) -> str:
    """What a line of a traceback is: a place in the code, the exception, or neither."""
    if lines[place].startswith('  File "'):
        return "place"
    is_traceback = any(line.startswith('  File "') for line in lines)
    return "exception" if is_traceback and place == len(lines) - 1 else ""


def _took(unit: Unit) -> str | None:
    us = unit["duration_us"] if unit["executed"] else None
    return None if us is None else fine_duration(us)
