"""Defaults in an input schema: what a caller may leave out, because it is filled in before the check.

A schema whose defaults are plain takes the same states as one without them that asks for less. Where
a default meets more than its own member, that is not so, and nothing is proven by such a schema.
"""

from collections.abc import Iterator
from typing import cast

from onex.core.values import JSON
from onex.evolution.schemas.plain import WORDS, same, subschemas
from onex_contract import registry

_BESIDE = WORDS | frozenset("$defs $id additionalProperties properties required type".split())
"""Keywords beside which a default concerns its own member alone."""


class HeldError(ValueError):
    """A default concerns more than its own member."""


def loosened(schema: JSON) -> JSON:
    """A schema that takes, unfilled, what ``schema`` takes once it is filled in.

    Raises:
        HeldError: there is none that could be told.
    """
    if not isinstance(schema, dict) or not any(fills(schema)):
        return schema
    return _loosen(schema, schema.get("$defs", {}))


def same_fills(left: JSON, right: JSON) -> bool:
    """Whether two schemas fill in the same."""
    return same([*fills(left)], [*fills(right)])


def fills(schema: JSON) -> Iterator[JSON]:
    """What ``schema`` fills in and where, in a form in which two can be compared."""
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    behind: list[JSON] = [
        [place, part["default"]]
        for place, part in sorted(subschemas({"$defs": definitions}), key=_place)
        if isinstance(part, dict) and "default" in part
    ]
    yield from _fills(schema, (), behind)


def _fills(schema: JSON, place: tuple[str, ...], behind: list[JSON]) -> Iterator[JSON]:
    if not isinstance(schema, dict):
        return
    if "default" in schema:
        yield [[*place], schema["default"]]
    elif "$ref" in schema and behind:
        # Which of the defaults behind references are meant is not looked into.
        yield [[*place], schema["$ref"], behind]
    properties = schema.get("properties", {})
    for name, part in sorted(properties.items()) if isinstance(properties, dict) else ():
        yield from _fills(part, (*place, name), behind)


def _loosen(schema: dict[str, JSON], definitions: JSON) -> JSON:
    # Its own default is the business of the object that it is a member of.
    inner = {key: value for key, value in schema.items() if key != "default"}
    if not any(fills({**inner, "$defs": definitions})):
        return schema
    if any(key not in _BESIDE and not key.startswith("x-") for key in schema):
        raise HeldError
    properties = cast("dict[str, JSON]", schema.get("properties", {}))
    given = {
        name for name, part in properties.items() if isinstance(part, dict) and "default" in part
    }
    inside: dict[str, JSON] = {}
    for name, part in properties.items():
        inside[name] = part
        if isinstance(part, dict):
            if name in given and not _takes(part, definitions):
                raise HeldError
            inside[name] = _loosen(part, definitions)
    required = cast("list[str]", schema.get("required", []))
    kept: list[JSON] = [name for name in required if name not in given]
    return {**schema, "properties": inside, "required": kept}


def _takes(part: dict[str, JSON], definitions: JSON) -> bool:
    """Whether a member keeps its own schema once it is filled in."""
    return registry.compile_schema({**part, "$defs": definitions}).is_valid(part["default"])


def _place(found: tuple[str, JSON]) -> str:
    return found[0]
