# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from onex_contract.model import ContractModel
from pydantic import ConfigDict


class Tree(ContractModel):
    """The index of one folder, `.tree`: which folders below it hold nodes and which files are nodes. It holds no metadata."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    entries: list[str] | None
    """The folder's children, sorted, one a line: `name/` is a folder with a `.tree` of its own, `name/node.onex` is a node. Nothing at all when there is none yet."""
