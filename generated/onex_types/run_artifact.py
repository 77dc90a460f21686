# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from .common import Environment, Git, Resource, Trigger


class RunRecord(TypedDict):
    """The metadata of one run of a pipeline, `run.json`."""

    run_id: str
    """The id of the run, and the name of its folder: time, pipeline, commit."""
    pipeline_id: str
    """What was run."""
    pipeline_version: str | None
    """The version of what was run, or null."""
    started_utc: str
    """When the run began, in whole seconds."""
    finished_utc: str
    """When the run ended, in whole seconds."""
    duration_ms: int
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
    x_onex: NotRequired[dict[str, Any]]
    """What the other members cannot say of the run (see `run`)."""
