"""The settings of a workspace: `onex.toml` at its root, else `[tool.onex]` of pyproject.toml."""

import os
import re
from typing import cast

from onex.core import document
from onex.core.canonical import golden_bytes
from onex.core.document import JSON
from onex.core.required import require
from onex.core.schema import problems
from onex.core.text import decode
from onex.errors import DocumentError
from onex_contract import registry
from onex_types.config import Config

FILE_NAME = "onex.toml"

_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")

__all__ = ["CURRENT", "FILE_NAME", "FIRST", "Config", "edition", "may_hold", "read"]

FIRST = "2026"
"""The edition of the rules that holds where no settings name one."""

CURRENT = "2026"
"""The edition that a new workspace gets; what a later one brings is on trial."""


def read(root: str) -> Config:
    """The settings that hold at ``root``; empty when there are none.

    Raises:
        DocumentError: a file of settings is not TOML, or holds what is no setting.
        RefusedError: the workspace asks for another version of onex.
    """
    path = os.path.join(root, FILE_NAME)
    if os.path.lexists(path):
        return _check(path, _parse(path))
    path = os.path.join(root, "pyproject.toml")
    if os.path.lexists(path):
        table = _parse(path).get("tool")
        if isinstance(table, dict) and "onex" in table:
            return _check(path, table["onex"])
    return {}


def edition(root: str) -> str:
    """The edition of the rules that holds at ``root``; plain settings are not parsed for it.

    Raises:
        DocumentError: see ``read``.
        RefusedError: the workspace asks for another version of onex.
    """
    path = os.path.join(root, FILE_NAME)
    if os.path.lexists(path):
        plain = _PLAIN(document.read_bytes(path) + b"\n")
        named = _EDITION(plain["head"]) if plain else [b""]
        if not named:
            return FIRST
        if named == [CURRENT.encode()]:
            return CURRENT
    elif not may_hold(root, "edition") and not may_hold(root, "required-version"):
        return FIRST
    return read(root).get("edition", FIRST)


def may_hold(root: str, table: str) -> bool:
    """Whether the settings at ``root`` may hold ``table``; what is plainly without is not parsed.

    The parser of TOML takes as long to import as hundreds of nodes take to check.
    """
    path = os.path.join(root, FILE_NAME)
    if os.path.lexists(path):
        return _PLAIN(document.read_bytes(path) + b"\n") is None
    path = os.path.join(root, "pyproject.toml")
    if not os.path.lexists(path):
        return False
    data = document.read_bytes(path)
    return b"onex" in data and (table.encode() in data or b"\\" in data)


_EDITION = re.compile(rb"(?m)^[ \t]*+edition[ \t]*+=[ \t]*+\"([^\"]*+)").findall

# Comments, texts by name, and the table `ci` alone. Possessive: what does not match is soon given up.
_PLAIN = re.compile(
    rb"(?P<head>(?:[ \t]*+(?:#[^\n]*+|(?:owner|edition)[ \t]*+=[ \t]*+\"[^\"\\\n]*+\"[ \t\r]*+)?+"
    rb"\r?+\n)*+)"
    rb"(?:\[ci\][ \t\r]*+\n(?:(?![ \t]*+\[)[^\n]*+\n)*+)?+"
).fullmatch


def _parse(path: str) -> dict[str, JSON]:
    import tomllib  # noqa: PLC0415 - wanted only where there are settings to read

    text = decode(document.read_bytes(path), path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, line, column = _place(str(error))
        raise DocumentError(path, f"is not TOML: {problem}", line=line, column=column) from error
    except RecursionError as error:
        raise DocumentError(path, "is nested too deep") from error
    except ValueError as error:
        raise DocumentError(path, f"holds a number that is too long: {error}") from error


def _place(problem: str) -> tuple[str, int, int]:
    """What tomllib says, without the place; line and column."""
    found = _AT.search(problem)
    if found is None:
        return problem, 1, 1
    return problem[: found.start()], int(found[1]), int(found[2])


def _check(path: str, value: JSON) -> Config:
    wanted = value.get("required-version") if isinstance(value, dict) else None
    if isinstance(wanted, str):
        # Before all else: the settings of another version may be none that this one knows.
        require(wanted, path)
    try:
        golden_bytes(value)
    except (TypeError, ValueError) as error:
        # Dates and infinite numbers are TOML, and not JSON.
        raise DocumentError(path, f"holds a value that no setting has: {error}") from error
    validator = registry.validator("config")
    if not validator.is_valid(value):
        problem = problems(validator, registry.schema("config"), value)[0]
        raise DocumentError(
            path, problem.message, pointer=problem.pointer, help=problem.hint or problem.about
        )
    return cast("Config", value)
