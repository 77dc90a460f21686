"""The hand-written schemas, the only place where a field is defined."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from onex.core.document import JSON
from onex.core.fielddocs import read_folder

Schema: TypeAlias = dict[str, JSON]

URN = "urn:onex:schema:"


def read(folder: str) -> dict[str, Schema]:
    """Every schema of ``folder`` by name.

    Raises:
        DocumentError: a file cannot be read.
        ValueError: a schema's ``$id`` is not the one that its file name asks for.
    """
    schemas = read_folder(folder)
    for name, schema in schemas.items():
        expected = f"{URN}{name}:1"
        if schema.get("$id") != expected:
            message = f"{name}: expected $id {expected}, found {schema.get('$id')}"
            raise ValueError(message)
    return schemas


def subschemas(value: JSON, pointer: str = "") -> Iterator[tuple[str, Schema]]:
    """Every object inside ``value`` with its JSON pointer, parents first."""
    if isinstance(value, dict):
        yield pointer, value
        for key, child in value.items():
            yield from subschemas(child, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from subschemas(child, f"{pointer}/{index}")


def titles(schemas: Mapping[str, Schema]) -> dict[str, tuple[str, str]]:
    """Where each titled object lies: title to (schema name, JSON pointer).

    Raises:
        ValueError: two objects have the same title, which is the name of a class.
    """
    found: dict[str, tuple[str, str]] = {}
    for name, schema in schemas.items():
        for pointer, part in subschemas(schema):
            title = part.get("title")
            if not isinstance(title, str) or not _describes_a_type(part):
                continue
            if title in found:
                message = f"the title {title} stands in {name}#{pointer} and in {found[title]}"
                raise ValueError(message)
            found[title] = (name, pointer)
    return dict(sorted(found.items()))


def _describes_a_type(part: Schema) -> bool:
    return "type" in part or "oneOf" in part
