"""One file per schema that needs no other: every reference leads to its own ``$defs``."""

from collections.abc import Mapping

from tools.codegen.sources import URN, Schema

from onex.core.document import JSON

LOCAL = "#/$defs/"
READ_BY_AUTHORS = ("onex_node", "state_contract")


def bundle(name: str, schemas: Mapping[str, Schema]) -> Schema:
    """The schema ``name`` with whatever it refers to below its own ``$defs``.

    A definition of another schema is named ``<schema>.<definition>``, another schema as a whole
    ``<schema>``; the identifiers of what was taken in are dropped, so that none clashes.

    Raises:
        ValueError: a reference leads nowhere, or from a schema to the whole of itself, which no
            part of it could be cut out with.
    """
    found: dict[str, JSON] = {}
    root = _local(schemas[name], name, name, schemas, found)
    if not isinstance(root, dict):
        message = f"{name}: a schema must be an object"
        raise TypeError(message)
    own = root.get("$defs", {})
    if found and isinstance(own, dict):
        root["$defs"] = {**own, **found}
    return root


def relaxed(schema: JSON) -> JSON:
    """The schema of a reader that meets members of a newer minor edition: it lets them be."""
    if isinstance(schema, list):
        return [relaxed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    members = {key: relaxed(item) for key, item in schema.items()}
    if schema.get("additionalProperties") is False and "properties" in schema:
        members["additionalProperties"] = True
    return members


def _local(
    part: JSON, home: str, root: str, schemas: Mapping[str, Schema], found: dict[str, JSON]
) -> JSON:
    """``part`` of the schema ``home`` with every reference rewritten for the file of ``root``."""
    if isinstance(part, list):
        return [_local(item, home, root, schemas, found) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _reference(item, home, root, schemas, found)
        if key == "$ref" and isinstance(item, str)
        else _local(item, home, root, schemas, found)
        for key, item in part.items()
    }


def _reference(
    ref: str, home: str, root: str, schemas: Mapping[str, Schema], found: dict[str, JSON]
) -> str:
    owner, definition = target(ref, home)
    meant = lookup(schemas, owner, definition)
    if owner == root and definition:
        return f"{LOCAL}{definition}"
    if owner == root:
        message = f"{root} refers to the whole of itself; put that part below its $defs"
        raise ValueError(message)
    key = f"{owner}.{definition}" if definition else owner
    if key not in found:
        found[key] = True  # so that a schema that refers to itself does not lead round for ever
        inside = {k: v for k, v in meant.items() if k not in {"$id", "$schema", "$defs"}}
        found[key] = _local(inside, owner, root, schemas, found)
    return f"{LOCAL}{key}"


def target(ref: str, home: str) -> tuple[str, str]:
    """The schema and the definition (empty: the whole schema) that ``ref`` in ``home`` means."""
    address, _, fragment = ref.partition("#")
    owner = address.removeprefix(URN).removesuffix(":1") if address else home
    return owner, fragment.removeprefix("/$defs/")


def lookup(schemas: Mapping[str, Schema], owner: str, definition: str) -> Schema:
    """The schema object that a reference means.

    Raises:
        ValueError: there is none.
    """
    schema = schemas.get(owner)
    definitions = schema.get("$defs") if schema is not None else None
    meant = definitions.get(definition) if isinstance(definitions, dict) else None
    meant = meant if definition else schema
    if not isinstance(meant, dict):
        message = f"no schema is called {owner}#/$defs/{definition}"
        raise ValueError(message)  # noqa: TRY004 - the reference is off, not a type
    return meant
