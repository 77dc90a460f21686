# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class IndexEntry(ContractModel):
    """One line of `reports/runs/index.jsonl`: what a list of runs shows of one."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    run_id: Annotated[str, Field(min_length=1)]
    """The id of the run."""
    pipeline_id: str
    """What was run."""
    outcome: Literal["success", "partial", "failure", "error"]
    """How the run ended."""
    started_us: Annotated[int, Field(ge=0)]
    """When the run began."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the run took."""
    units: dict[str, int]
    """How many units ended how, by status."""
    finished: bool
    """Whether the run came to its end, with all of its files; else `onex runs recover` closes it."""
