# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class RunStep(ContractModel):
    """A step of a run."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    step_id: Annotated[str, Field(min_length=1)]
    """The step's name, unique in its run."""
    kind: str
    """What kind of step it is."""
    status: Literal["success", "failed", "skipped", "blocked"]
    """How it ended; `skipped` and `blocked` steps were never executed."""
    started_at: str | None
    """When it began, or was decided not to; null when it is not known."""
    finished_at: str | None
    """When it ended; null when it is not known."""
    duration_ms: Annotated[int | None, Field(ge=0)]
    """How long it took, in milliseconds; null when it is not known."""
    summary: str
    """What happened, in one line."""
    warnings: list[Any]
    """What a person should look at."""
    artifacts: list[Any]
    """The files that the step gave."""
    onex_status: Annotated[str | MISSING, Field(alias="onex.status")] = MISSING
    """How it ended in the words of onex, where `status` has no word for it."""


class RunArtifact(ContractModel):
    """A file that a run gave."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    name: Annotated[str, Field(min_length=1)]
    """The artifact's name."""
    path: Annotated[str, Field(min_length=1)]
    """Where the file lies, relative to the run's folder."""
    hash: Annotated[str, Field(min_length=1)]
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is."""


class RunReferences(ContractModel):
    """Where the rest of the evidence lies."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    manifest_path: Annotated[str, Field(min_length=1)]
    """Where the manifest lies, relative to the run's folder."""
    config_hash: Annotated[str, Field(min_length=1)]
    """Digest of the settings in force."""
    contract_hash: Annotated[str, Field(min_length=1)]
    """Digest of the contracts in force."""


class RunResult(ContractModel):
    """The consolidated view of one run, `run_result.json`: what happened, in the order in which it happened, and where the evidence lies."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    schema_version: Annotated[str, Field(pattern="^1\\.[0-9]+$")] = "1.0"
    """The version of this format; 1.0 where it is left out."""
    run_id: Annotated[str, Field(min_length=1)]
    """The id of the run."""
    status: Literal["success", "failed", "partial"]
    """`failed` when a critical step failed, `success` when all critical steps succeeded, else `partial`."""
    started_at: Annotated[str, Field(min_length=1)]
    """When the run began."""
    finished_at: Annotated[str, Field(min_length=1)]
    """When the run ended; never before it began."""
    duration_ms: Annotated[int, Field(ge=0)]
    """How long the run took, in milliseconds."""
    summary: str
    """What happened, in one line."""
    steps: list[RunStep]
    """All steps that were planned, in the real order of execution."""
    metrics: dict[str, Any]
    """Figures of the run as a whole, by name."""
    artifacts: list[RunArtifact]
    """The files that the run gave; each exists, has a digest, and stands in the manifest."""
    references: RunReferences
    """Where the rest of the evidence lies."""
    policy: dict[str, Any] | MISSING = MISSING
    """Which steps are critical: `all`, or the ids of those that are not."""
