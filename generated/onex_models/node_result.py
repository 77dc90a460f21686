# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field

from .common import Action, Artifact, Extract


class NodeResult(ContractModel):
    """What a node hands back: its output state, and whatever else it wants on record."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    state: dict[str, Any]
    """The output state."""
    summary: Annotated[str | MISSING, Field(max_length=4000)] = MISSING
    """What happened, in one line."""
    metrics: dict[str, int | float | str | bool] | MISSING = MISSING
    """Numbers worth keeping, by name."""
    warnings: list[str] | MISSING = MISSING
    """What a person should look at, although the node succeeded."""
    artifacts: list[Artifact] | MISSING = MISSING
    """Files that the node gave."""
    actions: list[Action] | MISSING = MISSING
    """What the node did, in order."""
    extracts: list[Extract] | MISSING = MISSING
    """What the node took out of artifacts, in order."""
