"""Pointers to evidence: `run.json:<path>`, `run.log:line:<n>` and `artifacts/<path>` (OVC-10).

A path is of the names and indices of RFC 9535, without filters, slices and wildcards.
"""

import re

from onex.core.values import JSON

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_INDEX = r"0|[1-9][0-9]*"
_STEP = re.compile(rf"\.({_NAME})|\[({_INDEX})\]|\['((?:[^'\\]|\\.)*)'\]")
_PATH = rf"\$(?:\.{_NAME}|\[(?:{_INDEX})\]|\['(?:[^'\\]|\\.)*'\])*"
_POINTER = re.compile(
    rf"run\.json:{_PATH}|run\.log:line:[1-9]\d*|artifacts/[^\x00-\x1f]+", re.ASCII
).fullmatch


def is_pointer(text: str) -> bool:
    """Whether ``text`` has one of the three forms of evidence, whatever it leads to (CF-14)."""
    return _POINTER(text) is not None


def resolve(pointer: str, record: JSON, lines: int, artifacts: frozenset[str]) -> bool:
    """Whether a pointer leads to something.

    Args:
        pointer: in one of the three forms; any other text leads to nothing.
        record: what run.json holds.
        lines: how many lines run.log has.
        artifacts: the paths of the files below `artifacts/`, with that in front.
    """
    if not is_pointer(pointer):
        return False
    if pointer.startswith("run.json:"):
        return _leads(record, pointer.removeprefix("run.json:"))
    if pointer.startswith("run.log:"):
        # Bounded before it is read: a number of a thousand digits is no line.
        return int(pointer.rpartition(":")[2][:12]) <= lines
    return pointer in artifacts


def _leads(value: JSON, path: str) -> bool:
    """Whether a path of names and indices (a subset of RFC 9535) leads to something."""
    if re.fullmatch(_PATH, path) is None:
        return False
    for step in _STEP.finditer(path):
        name, index, quoted = step.groups()
        if index is not None:
            if not isinstance(value, list) or int(index[:12]) >= len(value):
                return False
            value = value[int(index)]
            continue
        key = name if name is not None else re.sub(r"\\(.)", r"\1", quoted)
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
