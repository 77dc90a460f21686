"""Each setting with its value and where that comes from: a line of a file, a variable, or nowhere.

Of a variable nothing is told but whether it is one of onex, and its value only where a flag takes
no free text: a choice, a number, or whether it is set at all.
"""

import os
import re
from collections.abc import Iterator, Mapping
from typing import cast

from onex.core import config, document
from onex.core.document import JSON
from onex.core.text import decode, split_lines
from onex.core.words import cut, plain, suggest
from onex.doctor.check import check
from onex.errors import OnexError
from onex_contract import registry
from onex_types.doctor import Observation, Setting

LONGEST = 100
PREFIX = "ONEX_"
OTHERS = frozenset({"ONEX_DEBUG"})
"""Variables of onex that no flag bears the name of."""

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"' -]+?)\s*=")


def of_workspace(root: str | None) -> list[Setting]:
    """The settings that onex.toml or pyproject.toml may hold, in the order of the schema."""
    value: JSON = None
    source: str | None = None
    if root is not None:
        try:
            value, source = cast("JSON", config.read(root)), _source(root)
        except OnexError:  # what is wrong with it is told of the workspace
            value = None
    return [_setting(path, value, source) for path in _paths()]


def _paths() -> Iterator[tuple[str, ...]]:
    """Each setting, as the keys that lead to it; tables that the schema names are looked into."""
    schema = registry.schema("config")
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)  # noqa: S101 - a schema of onex's own
    for name, part in _properties(schema):
        reference = part.get("$ref")
        table = definitions.get(str(reference).removeprefix("#/$defs/"))
        inner = list(_properties(table)) if isinstance(table, dict) else []
        yield from ((name, key) for key, _ in inner) if inner else ((name,),)


def _properties(schema: Mapping[str, JSON]) -> Iterator[tuple[str, dict[str, JSON]]]:
    properties = schema.get("properties")
    for name, part in (properties if isinstance(properties, dict) else {}).items():
        if isinstance(part, dict):
            yield name, part


def _setting(path: tuple[str, ...], value: JSON, source: str | None) -> Setting:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if value is None or source is None:
        return {"name": ".".join(path), "value": None, "origin": "default", "place": None}
    return {
        "name": ".".join(path),
        "value": cut(plain(value), LONGEST),
        "origin": "file",
        "place": _place(source, path),
    }


def _source(root: str) -> str | None:
    """The file that the settings come from."""
    for name in (config.FILE_NAME, "pyproject.toml"):
        path = os.path.join(root, name)
        if os.path.lexists(path):
            return path
    return None


def _place(path: str, keys: tuple[str, ...]) -> str:
    """The file and, as far as it can be told without a parser that knows, the line."""
    wanted = ".".join(keys if path.endswith(config.FILE_NAME) else ("tool", "onex", *keys))
    table, best = "", 0
    for number, line in enumerate(split_lines(decode(document.read_bytes(path), path)), 1):
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if header:
            table = _plain_key(header[1]) + "."
        full = table + _plain_key(key[1]) if key else table.removesuffix(".")
        if (header or key) and f"{full}.".startswith(f"{wanted}."):
            return f"{path}:{number}"
        if (header or key) and full and wanted.startswith(f"{full}."):
            best = number  # a table written in one line, or the head of one
    return f"{path}:{best}" if best else path


def _plain_key(text: str) -> str:
    return re.sub(r"[\s\"']", "", text)


def of_variables(
    host: Mapping[str, str], flags: Mapping[str, tuple[str, bool]]
) -> tuple[list[Setting], list[Observation]]:
    """The flags that variables set, and the variables that look like ones and are none.

    Args:
        host: the environment.
        flags: for each variable the flag that bears its name, and whether its value may be shown.
    """
    settings: list[Setting] = []
    checks: list[Observation] = []
    for name in sorted(key for key in host if key.startswith(PREFIX)):
        if name in flags:
            flag, may_show = flags[name]
            shown = cut(host[name], LONGEST) if may_show else None
            settings.append({"name": flag, "value": shown, "origin": "variable", "place": name})
        elif name not in OTHERS:
            near = suggest(name, [*flags, *OTHERS])
            help_text = (
                near or "remove it, or see `onex COMMAND --help` for the flags that there are"
            )
            text = "is set, and no flag of onex bears its name"
            checks.append(check("environment", cut(name, LONGEST), "warning", text, help_text))
    return settings, checks
