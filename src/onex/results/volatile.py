"""A record without what differs between two equal runs: times, ids of runs, use of the machine.

Which members those are is marked in the schema (`x-onex-volatile`), never listed by hand.
"""

from functools import cache
from typing import cast

from onex.core.values import JSON
from onex_contract import registry

MARK = "x-onex-volatile"


class _Shape:
    """What is volatile below one place of a schema."""

    def __init__(self) -> None:
        self.members: dict[str, _Shape] = {}
        self.volatile: set[str] = set()
        self.others: list[_Shape] = []


def strip(value: JSON, schema: str) -> JSON:
    """A copy of ``value`` without the members that the schema ``schema`` marks as volatile."""
    return _strip(value, [_shape(schema)])


def _strip(value: JSON, shapes: list[_Shape]) -> JSON:
    if isinstance(value, list):
        inner = [other for shape in shapes for other in shape.others]
        return [_strip(item, inner) for item in value]
    if not isinstance(value, dict):
        return value
    volatile = {name for shape in shapes for name in shape.volatile}
    return {
        name: _strip(item, _below(shapes, name))
        for name, item in value.items()
        if name not in volatile
    }


def _below(shapes: list[_Shape], name: str) -> list[_Shape]:
    named = [shape.members[name] for shape in shapes if name in shape.members]
    return named or [other for shape in shapes for other in shape.others]


@cache
def _shape(name: str) -> _Shape:
    whole = registry.schema(name)
    return _read(whole, whole, {})


def _read(part: JSON, whole: registry.Schema, seen: dict[int, _Shape]) -> _Shape:
    """The shape of ``part``; a choice is the sum of its branches, which never contradict."""
    if id(part) in seen:
        return seen[id(part)]
    shape = seen[id(part)] = _Shape()
    if not isinstance(part, dict):
        return shape
    for branch in _branches(part, whole):
        inner = _read(branch, whole, seen)
        shape.volatile |= inner.volatile
        shape.members.update(inner.members)
        shape.others += inner.others
    properties = part.get("properties")
    for name, child in (properties if isinstance(properties, dict) else {}).items():
        if isinstance(child, dict) and child.get(MARK) is True:
            shape.volatile.add(name)
        else:
            shape.members[name] = _read(child, whole, seen)
    shape.others += [
        _read(part[key], whole, seen) for key in ("items", "additionalProperties") if key in part
    ]
    return shape


def _branches(part: dict[str, JSON], whole: registry.Schema) -> list[JSON]:
    """The schemas that hold at the same place as ``part``."""
    found: list[JSON] = []
    reference = part.get("$ref")
    if isinstance(reference, str):
        found.append(cast("dict[str, JSON]", whole["$defs"])[reference.removeprefix("#/$defs/")])
    for key in ("allOf", "anyOf", "oneOf"):
        choices = part.get(key)
        found += choices if isinstance(choices, list) else []
    return found
