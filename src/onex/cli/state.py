"""The input state of a run, from `--input` and `--set`."""

import os
import sys

from onex.core import document, json
from onex.core.document import JSON
from onex.core.node import Node
from onex.core.text import is_unicode
from onex.errors import DocumentError, UsageError


def read_input(source: str | None) -> JSON:
    """The state that `--input` gives: JSON, `@FILE`, or `-` for standard input; {} without it.

    `@FILE#/pointer` is the part of the file at a JSON pointer, such as the `/input_state` of a
    record.

    Raises:
        UsageError: it is not JSON, has no such part, or standard input is a terminal.
        DocumentError: the file is not JSON.
    """
    if source is None:
        return {}
    if source == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("--input -: standard input is a terminal; pipe the state into it")
        data = sys.stdin.buffer.read(json.MAX_STATE_BYTES + 1)
        if not data:
            raise UsageError(
                "--input -: standard input was empty", help="did the command before it fail?"
            )
        return json.parse_state(data, "-")
    if source.startswith("@"):
        return _read_file(source[1:])
    try:
        return json.parse_state(source.encode(), "--input")
    except (DocumentError, UnicodeEncodeError) as error:
        problem = getattr(error, "message", str(error))
        raise UsageError(problem, help="give JSON, @FILE, or - for standard input") from error


def _read_file(place: str) -> JSON:
    """What a file holds, or the part of it behind `#`, unless the file's own name has that."""
    path, separator, pointer = place.rpartition("#/")
    if not separator or os.path.lexists(place):
        return json.parse_state(document.read_bytes(place, json.MAX_STATE_BYTES), place)
    value = json.parse_state(document.read_bytes(path, json.MAX_STATE_BYTES), path)
    for token in pointer.split("/"):
        key = token.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or key not in value:
            raise UsageError(f"--input @{place}: {path} has nothing at /{pointer}")
        value = value[key]
    return value


def apply_settings(state: JSON, settings: tuple[str, ...], node: Node) -> JSON:
    """``state`` with each `key=value` of `--set` in it.

    A value is JSON, unless the contract says that the property is a string: then it is taken as it
    stands.

    Raises:
        UsageError: a setting has no `=`, its value is not JSON, or the state is not an object.
    """
    if not settings:
        return state
    if not isinstance(state, dict):
        raise UsageError("--set needs an input state that is an object")
    properties = node.contract.value["input"].get("properties", {})
    return {**state, **parse_settings(settings, properties)}


def parse_settings(settings: tuple[str, ...], properties: object) -> dict[str, JSON]:
    """The values of `--set key=value`, by key; ``properties`` maps keys to their schemas.

    Raises:
        UsageError: a setting has no `=`, or its value is not JSON where no string is wanted.
    """
    values: dict[str, JSON] = {}
    for setting in settings:
        key, separator, text = setting.partition("=")
        if not separator:
            raise UsageError(f"--set {setting}: expected key=value")
        if not is_unicode(setting):
            raise UsageError(f"--set {setting}: is not UTF-8; a state holds Unicode only")
        values[key] = _value(
            key, text, properties.get(key) if isinstance(properties, dict) else None
        )
    return values


def _value(key: str, text: str, schema: object) -> JSON:
    kind = schema.get("type") if isinstance(schema, dict) else None
    if kind == "string":
        return text
    try:
        return json.parse(text.encode(errors="surrogateescape"), f"--set {key}")
    except DocumentError as error:
        raise UsageError(
            f"--set {key}: {text!r} is not JSON, and the contract does not say that it is a string",
            help=f"""a text needs quotes inside the shell's: --set '{key}="{text}"'""",
        ) from error
