"""Schemas as the model generator needs them.

It knows neither our URNs nor that a named string is still a string (it would make a class of
each), and it spells some assertions as classes of their own. What is left out here is not lost:
the canonical schema decides before a model looks at anything (``onex_contract.model``).
"""

from collections.abc import Mapping
from typing import cast

from tools.codegen.bundle import lookup, target
from tools.codegen.sources import Schema

from onex.core.document import JSON

ASSERTIONS = frozenset(
    [
        "patternProperties",
        "propertyNames",
        "additionalProperties",
        "allOf",
        "oneOf",
        "if",
        "then",
        "else",
    ]
)
TYPE_KEYWORDS = frozenset(
    {"$ref", "type", "enum", "const", "items", "anyOf", "additionalProperties"}
)


def prepare(schemas: Mapping[str, Schema]) -> dict[str, JSON]:
    """The generator's input: one schema per module, referring to each other by file name."""
    return {name: _prepared(schema, name, schemas) for name, schema in schemas.items()}


def _prepared(part: JSON, home: str, schemas: Mapping[str, Schema]) -> JSON:
    if isinstance(part, list):
        return [_prepared(item, home, schemas) for item in part]
    if not isinstance(part, dict):
        return part
    ref = part.get("$ref")
    if isinstance(ref, str):
        return _resolved(part, ref, home, schemas)
    members = {key: _prepared(item, home, schemas) for key, item in part.items()}
    if "$id" in members:
        del members["$id"]
        members["$defs"] = _classes(part.get("$defs"), home, schemas)
    return _without_assertions(members)


def _resolved(part: Schema, ref: str, home: str, schemas: Mapping[str, Schema]) -> JSON:
    """A reference to a class by its file, anything else put in the reference's place."""
    owner, definition = target(ref, home)
    meant = lookup(schemas, owner, definition)
    beside = {key: item for key, item in part.items() if key != "$ref"}
    if "title" in meant:
        file = "" if owner == home else f"{owner}.json"
        pointer = f"#/$defs/{definition}" if definition else "#"
        return {**beside, "$ref": f"{file}{pointer}"}
    return _prepared({**meant, **beside}, owner, schemas)


def _classes(definitions: JSON, home: str, schemas: Mapping[str, Schema]) -> dict[str, JSON]:
    """The definitions that become classes; the others stand where they are referred to."""
    if not isinstance(definitions, dict):
        return {}
    return {
        key: _prepared(item, home, schemas)
        for key, item in definitions.items()
        if isinstance(item, dict) and "title" in item
    }


def _without_assertions(members: Schema) -> Schema:
    if "properties" in members:
        members = {key: item for key, item in members.items() if key not in ASSERTIONS}
    if "oneOf" in members:
        members["discriminator"] = {"propertyName": _tag(members)}
    members.pop("propertyNames", None)
    for key in ("items", "additionalProperties", "anyOf"):
        if key in members:
            members[key] = _bare(members[key])
    return _exact_numbers(members)


def _tag(members: Schema) -> str:
    """The member by which the branches of a choice differ: the one that is constant in each."""
    branches = cast("dict[str, Schema]", members["$defs"]).values()
    constant = [
        {
            key
            for key, part in cast("Schema", branch["properties"]).items()
            if "const" in cast("Schema", part)
        }
        for branch in branches
        if isinstance(branch.get("properties"), dict)
    ]
    return min(
        set.union(*constant), key=lambda key: (-sum(key in found for found in constant), key)
    )


def _bare(part: JSON) -> JSON:
    """The type of something without a name, which would get a class for each constraint."""
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if not isinstance(part, dict) or "title" in part:
        return part
    return {key: item for key, item in part.items() if key in TYPE_KEYWORDS}


def _exact_numbers(members: Schema) -> Schema:
    """A number may be an integer of any size; a float alone would round it."""
    kinds = members.get("type")
    if kinds == "number":
        members["type"] = ["integer", "number"]
    elif isinstance(kinds, list) and "number" in kinds:
        members["type"] = ["integer", *kinds]
    return members
