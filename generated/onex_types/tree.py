# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import TypedDict


class Tree(TypedDict):
    """The index of one folder, `.tree`: which folders below it hold nodes and which files are nodes. It holds no metadata."""

    entries: list[str] | None
    """The folder's children, sorted, one a line: `name/` is a folder with a `.tree` of its own, `name/node.onex` is a node. Nothing at all when there is none yet."""
