# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field

from .common import Environment, Git, Resource, Trigger


class RunRecord(ContractModel):
    """The metadata of one run of a pipeline, `run.json`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    run_id: Annotated[
        str, Field(pattern="^[0-9]{8}T[0-9]{6}Z__[A-Za-z0-9-]+__[a-f0-9]{7}$")
    ]
    """The id of the run, and the name of its folder: time, pipeline, commit."""
    pipeline_id: Annotated[str, Field(pattern="^[A-Za-z0-9-]+$")]
    """What was run."""
    pipeline_version: str | None
    """The version of what was run, or null."""
    started_utc: Annotated[
        str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    ]
    """When the run began, in whole seconds."""
    finished_utc: Annotated[
        str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    ]
    """When the run ended, in whole seconds."""
    duration_ms: Annotated[int, Field(ge=0)]
    """How long the run took, in milliseconds, from a monotonic clock."""
    status: Literal["success", "failed", "partial"]
    """`failed` when a check failed, `partial` when one was skipped or warned, else `success`."""
    trigger: Trigger
    """What started the run."""
    git: Git
    """The commit that was checked out."""
    env: Environment
    """The environment variables that the run needs, by name alone."""
    inputs: list[Resource]
    """What the run read."""
    outputs: list[Resource]
    """What the run made."""
    x_onex: dict[str, Any] | MISSING = MISSING
    """What the other members cannot say of the run (see `run`)."""
