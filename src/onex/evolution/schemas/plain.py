"""Schemas without what refuses nothing: two that differ in words alone take the same values."""

from collections.abc import Iterator
from typing import cast

from onex.core.canonical import escape
from onex.core.lint import LIST_KEYS, MAP_KEYS, SCHEMA_KEYS
from onex.core.values import JSON

WORDS = frozenset(
    "$comment $schema contentEncoding contentMediaType contentSchema default deprecated "
    "description examples readOnly title writeOnly".split()
)
"""Keywords that say something and refuse nothing."""

SETS = frozenset({"required", "enum", "type"})
"""Keywords whose value is a list without order."""


def plain(schema: JSON) -> JSON:
    """``schema`` without words, with its sets sorted; equal ones take the same values."""
    if not isinstance(schema, dict):
        return schema
    found: dict[str, JSON] = {}
    for key, value in schema.items():
        if key in WORDS or key.startswith("x-"):
            continue
        if key in SCHEMA_KEYS:
            found[key] = plain(value)
        elif key in LIST_KEYS and isinstance(value, list):
            found[key] = [plain(part) for part in value]
        elif key in MAP_KEYS and isinstance(value, dict):
            found[key] = {name: plain(part) for name, part in value.items()}
        elif key == "dependentRequired" and isinstance(value, dict):
            found[key] = {name: _sorted(names) for name, names in value.items()}
        else:
            found[key] = _sorted(value) if key in SETS else value
    return found


def subschemas(schema: JSON, place: str = "") -> Iterator[tuple[str, JSON]]:
    """Each schema in ``schema`` with its JSON pointer, itself first."""
    yield place, schema
    for key, value in schema.items() if isinstance(schema, dict) else ():
        below = f"{place}/{escape(key)}"
        if key in SCHEMA_KEYS:
            yield from subschemas(value, below)
        elif key in LIST_KEYS and isinstance(value, list):
            for index, part in enumerate(value):
                yield from subschemas(part, f"{below}/{index}")
        elif key in MAP_KEYS and isinstance(value, dict):
            for name, part in value.items():
                yield from subschemas(part, f"{below}/{escape(name)}")


def same(left: JSON, right: JSON) -> bool:
    """Whether two values are the same as JSON has it: 1 and 1.0 are, 1 and true are not."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def references(schema: JSON) -> set[str]:
    """What the references in ``schema`` name."""
    found = (
        part.get(key)
        for _, part in subschemas(schema)
        if isinstance(part, dict)
        for key in ("$ref", "$dynamicRef")
    )
    return {reference for reference in found if isinstance(reference, str)}


def _sorted(value: JSON) -> JSON:
    if not isinstance(value, list):
        return value
    return cast("JSON", sorted(value, key=repr))
