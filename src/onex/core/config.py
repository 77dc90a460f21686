"""The settings of a workspace: `onex.toml` at its root, else `[tool.onex]` of pyproject.toml."""

import os
from typing import cast

from onex.core import document
from onex.core.document import JSON
from onex.core.schema import problems
from onex.errors import DocumentError
from onex_contract import registry
from onex_types.config import Config

FILE_NAME = "onex.toml"

__all__ = ["FILE_NAME", "Config", "read"]


def read(root: str) -> Config:
    """The settings that hold at ``root``; empty when there are none.

    Raises:
        DocumentError: a file of settings is not TOML, or holds what is no setting.
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


def _parse(path: str) -> dict[str, JSON]:
    import tomllib  # noqa: PLC0415 - wanted only where there are settings to read

    try:
        return tomllib.loads(document.read_bytes(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(path, f"is not TOML: {error}") from error


def _check(path: str, value: JSON) -> Config:
    validator = registry.validator("config")
    if not validator.is_valid(value):
        problem = problems(validator, registry.schema("config"), value)[0]
        raise DocumentError(
            path, problem.message, pointer=problem.pointer, help=problem.hint or problem.about
        )
    return cast("Config", value)
