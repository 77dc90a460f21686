"""Schemas put together: what is one of several, and lists of one kind."""

from collections.abc import Iterator
from typing import cast

from onex.core.values import JSON
from onex.infer.proposal import Schema


def union(schemas: list[Schema]) -> Schema:
    """What is one of ``schemas``."""
    if any(not schema for schema in schemas):
        return {}
    flat = [part for schema in schemas for part in _alternatives(schema)]
    distinct = [part for index, part in enumerate(flat) if part not in flat[:index]]
    if len(distinct) == 1:
        return distinct[0]
    kinds = [part["type"] for part in distinct if part.keys() == {"type"}]
    if len(kinds) == len(distinct):
        return {"type": kinds}
    if all(part.keys() == {"enum"} or part == {"type": "null"} for part in distinct):
        values = [v for part in distinct for v in cast("list[JSON]", part.get("enum", [None]))]
        return {"enum": values}
    return {"anyOf": cast("list[JSON]", distinct)}


def _alternatives(schema: Schema) -> Iterator[Schema]:
    parts = schema.get("anyOf")
    kinds = schema.get("type")
    if schema.keys() == {"anyOf"} and isinstance(parts, list):
        yield from cast("list[Schema]", parts)
    elif schema.keys() == {"type"} and isinstance(kinds, list):
        yield from ({"type": kind} for kind in kinds)
    else:
        yield schema


def array(items: Schema) -> Schema:
    """A list of what ``items`` describes."""
    return {"type": "array", "items": items} if items else {"type": "array"}
