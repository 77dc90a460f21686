# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class Config(ContractModel):
    """The settings of a workspace, `onex.toml` or the table `tool.onex` of pyproject.toml."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    owner: Annotated[str | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """The person or team that answers for the nodes that `onex scaffold` makes."""
