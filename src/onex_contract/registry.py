"""The canonical schemas by name, and the validators that are made of them.

Each is one bundled file (``tools/codegen``), so that validating needs no second file and never
the network. Importing this module is cheap: the engine is imported with the first validator.
"""

import functools
import json
import os
from typing import TYPE_CHECKING, TypeAlias, cast

from onex_contract.files import generated_dir

if TYPE_CHECKING:
    import jsonschema_rs

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
Schema: TypeAlias = dict[str, JSON]

READER = ".reader"
TITLES = "titles.json"


@functools.cache
def names() -> tuple[str, ...]:
    """The names of all schemas, sorted."""
    stems = [name.removesuffix(".json") for name in os.listdir(generated_dir()) if name != TITLES]
    return tuple(sorted(stem for stem in stems if not stem.endswith(READER)))


def schema(name: str, *, relaxed: bool = False) -> Schema:
    """The bundled schema ``name``, a new copy at each call.

    Args:
        name: one of ``names()``.
        relaxed: the reader's form, which lets unknown members be; where a schema has none, since
            no person writes documents of it, the schema itself.

    Raises:
        KeyError: there is no schema of that name.
    """
    if name not in names():
        message = f"no schema is called {name}; there are {', '.join(names())}"
        raise KeyError(message)
    if relaxed and os.path.isfile(os.path.join(generated_dir(), f"{name}{READER}.json")):
        name = f"{name}{READER}"
    return _read(f"{name}.json")


@functools.cache
def validator(
    name: str, *, relaxed: bool = False, definition: str | None = None
) -> "jsonschema_rs.Validator":
    """A compiled validator of the schema ``name``, or of one of its ``$defs``.

    Raises:
        KeyError: there is no schema, or no definition, of that name.
    """
    pointer = "" if definition is None else f"/$defs/{definition}"
    return compile_schema(schema_at(name, pointer, relaxed=relaxed))


@functools.cache
def titled(title: str) -> "jsonschema_rs.Validator | None":
    """A compiled validator of the one schema object of that title, which is a class's name."""
    place = titles().get(title)
    return None if place is None else compile_schema(schema_at(*place))


@functools.cache
def titles() -> dict[str, tuple[str, str]]:
    """Where each titled object is defined: title to (schema name, JSON pointer)."""
    with open(os.path.join(generated_dir(), TITLES), "rb") as file:
        return {title: (name, pointer) for title, (name, pointer) in json.load(file).items()}


def schema_at(name: str, pointer: str, *, relaxed: bool = False) -> Schema:
    """The part of the schema ``name`` at ``pointer``, complete with what it refers to.

    Raises:
        KeyError: nothing is there.
    """
    whole = schema(name, relaxed=relaxed)
    part: JSON = whole
    for step in pointer.split("/")[1:]:
        part = _inside(part, step)
    if not isinstance(part, dict):
        message = f"{name}#{pointer} is no schema"
        raise KeyError(message)
    return {**part, "$defs": whole.get("$defs", {})}


def _inside(part: JSON, step: str) -> JSON:
    """What one step of a pointer leads to; null where it leads nowhere."""
    if isinstance(part, list):
        return part[int(step)] if step.isdecimal() and int(step) < len(part) else None
    return part.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(part, dict) else None


def _read(file_name: str) -> Schema:
    with open(os.path.join(generated_dir(), file_name), "rb") as file:
        loaded: Schema = json.load(file)
    return loaded


def compile_schema(whole: JSON) -> "jsonschema_rs.Validator":
    """A validator of ``whole`` that never leaves it, and that no pattern can keep busy.

    Raises:
        jsonschema_rs.ValidationError: it is not a schema, or needs something outside itself.
    """
    import jsonschema_rs  # noqa: PLC0415 - 10 ms that only a command that validates should pay

    return jsonschema_rs.Draft202012Validator(
        cast("Schema", whole),
        validate_formats=True,
        ignore_unknown_formats=False,
        pattern_options=jsonschema_rs.RegexOptions(),  # linear time, whatever the text
        offline=True,
    )
