"""One option or argument of a command, as a property of the input and an argument made from it."""

import re
from collections.abc import Iterable
from types import UnionType

from onex.core.values import JSON
from onex.infer.proposal import Input, Place, Schema, is_plain

_UNFIT = re.compile(r"[^A-Za-z0-9_]+")


def name_of(text: str) -> str:
    """The name of a property for an option: `--dry-run` is `dry_run`."""
    return _UNFIT.sub("_", text.lstrip("-")).strip("_") or "option"


def longest(flags: Iterable[str]) -> str:
    """The flag that says most: the first long one, else the first."""
    listed = list(flags)
    return next((flag for flag in listed if flag.startswith("--")), listed[0])


def switch(name: str, flag: str, at: Place, about: str | None) -> Input:
    """An option without a value: passed when the property is true."""
    schema = described({"type": "boolean", "default": False}, about)
    return Input(
        name=name, schema=schema, is_required=False, at=at, arg={"input": name, "switch": flag}
    )


def valued(  # noqa: PLR0913 - what an option can say
    name: str,
    flag: str | None,
    schema: Schema,
    at: Place,
    *,
    is_required: bool,
    about: str | None = None,
    default: list[JSON] | None = None,
) -> Input:
    """An option with a value, or without ``flag`` an argument that has only its place."""
    arg: dict[str, JSON] = {"input": name} if flag is None else {"input": name, "flag": flag}
    schema = described(schema, about)
    if default and fits(default[0], schema):
        schema = {**schema, "default": default[0]}
    return Input(name=name, schema=schema, is_required=is_required, at=at, arg=arg)


def described(schema: Schema, about: str | None) -> Schema:
    """``schema`` with what is told of it, on one row."""
    words = " ".join((about or "").split())[:2000]
    return {**schema, "description": words} if words else schema


def fits(value: JSON, schema: Schema) -> bool:
    """Whether a default is one that the contract itself may hold."""
    kinds: dict[str, type | UnionType] = {
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": int | float,
        "array": list,
    }
    wanted = kinds.get(str(schema.get("type")))
    choices = schema.get("enum")
    if value is None or not is_plain(value) or (isinstance(choices, list) and value not in choices):
        return False
    if isinstance(value, bool) and wanted is not bool:
        return False
    return wanted is None or isinstance(value, wanted)


def distinct(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """``inputs`` without those whose name has come before."""
    found: dict[str, Input] = {}
    for each in inputs:
        found.setdefault(each.name, each)
    return tuple(found.values())
