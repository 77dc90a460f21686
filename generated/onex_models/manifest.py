# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class ManifestRun(ContractModel):
    """Which run this is."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    run_id: Annotated[str, Field(min_length=1)]
    """The id of the run."""
    started_at: str
    """When the run began."""
    finished_at: str
    """When the run ended."""
    onex_version: str | None
    """The version of onex that ran it, or null."""


class ManifestInputs(ContractModel):
    """What a run was made of."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    config_hash: Annotated[str, Field(min_length=1)]
    """Digest of the settings in force."""
    contract_hash: Annotated[str, Field(min_length=1)]
    """Digest of the contracts in force."""


class ManifestStep(ContractModel):
    """A step of the run."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    step_id: Annotated[str, Field(min_length=1)]
    """The step's name, its key once more."""
    kind: str
    """What kind of step it is."""
    status: Literal["success", "failed", "skipped", "blocked"]
    """How it ended."""
    started_at: str | None
    """When it began; null when it never did."""
    finished_at: str | None
    """When it ended; null when it is not known."""
    duration_ms: Annotated[int | None, Field(ge=0)]
    """How long it took, in milliseconds, or null."""
    summary: str
    """What happened, in one line."""
    warnings: list[str]
    """What a person should look at."""
    metrics: dict[str, Any]
    """Figures of the step, by name."""


class ManifestArtifact(ContractModel):
    """A file that the run gave."""

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
    produced_by: str | None
    """The step that gave it; null when it was the run itself."""


class ManifestEvent(ContractModel):
    """Something that happened in the run."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    event_type: Literal["run_started", "step_started", "step_finished", "step_failed", "step_skipped", "run_finished"]
    """What happened."""
    timestamp: str
    """When it happened."""
    step_id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The step that it happened to."""
    payload: dict[str, Any]
    """More about it."""


class Manifest(ContractModel):
    """The manifest of a run, `manifest.json`: its events, its inputs, its steps and the files that it gave. It is written however the run ends."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    manifest_version: Literal["1.0"]
    """The version of this format."""
    run: ManifestRun
    """Which run this is."""
    inputs: ManifestInputs
    """What the run was made of."""
    steps: Annotated[dict[str, ManifestStep], Field(min_length=1)]
    """The steps by id."""
    artifacts: list[ManifestArtifact]
    """The files that the run gave."""
    events: list[ManifestEvent]
    """What happened, ordered by time."""
