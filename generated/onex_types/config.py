# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import NotRequired, TypedDict


class Config(TypedDict):
    """The settings of a workspace, `onex.toml` or the table `tool.onex` of pyproject.toml."""

    owner: NotRequired[str]
    """The person or team that answers for the nodes that `onex scaffold` makes."""
