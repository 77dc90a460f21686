# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class ManifestRun(TypedDict):
    """Which run this is."""

    run_id: str
    """The id of the run."""
    started_at: str
    """When the run began."""
    finished_at: str
    """When the run ended."""
    onex_version: str | None
    """The version of onex that ran it, or null."""


class ManifestInputs(TypedDict):
    """What a run was made of."""

    config_hash: str
    """Digest of the settings in force."""
    contract_hash: str
    """Digest of the contracts in force."""


class ManifestStep(TypedDict):
    """A step of the run."""

    step_id: str
    """The step's name, its key once more."""
    kind: str
    """What kind of step it is."""
    status: Literal["success", "failed", "skipped", "blocked"]
    """How it ended."""
    started_at: str | None
    """When it began; null when it never did."""
    finished_at: str | None
    """When it ended; null when it is not known."""
    duration_ms: int | None
    """How long it took, in milliseconds, or null."""
    summary: str
    """What happened, in one line."""
    warnings: list[str]
    """What a person should look at."""
    metrics: dict[str, Any]
    """Figures of the step, by name."""


class ManifestArtifact(TypedDict):
    """A file that the run gave."""

    name: str
    """The artifact's name."""
    path: str
    """Where the file lies, relative to the run's folder."""
    hash: str
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is."""
    produced_by: str | None
    """The step that gave it; null when it was the run itself."""


class ManifestEvent(TypedDict):
    """Something that happened in the run."""

    event_type: Literal["run_started", "step_started", "step_finished", "step_failed", "step_skipped", "run_finished"]
    """What happened."""
    timestamp: str
    """When it happened."""
    step_id: NotRequired[str]
    """The step that it happened to."""
    payload: dict[str, Any]
    """More about it."""


class Manifest(TypedDict):
    """The manifest of a run, `manifest.json`: its events, its inputs, its steps and the files that it gave. It is written however the run ends."""

    manifest_version: Literal["1.0"]
    """The version of this format."""
    run: ManifestRun
    """Which run this is."""
    inputs: ManifestInputs
    """What the run was made of."""
    steps: dict[str, ManifestStep]
    """The steps by id."""
    artifacts: list[ManifestArtifact]
    """The files that the run gave."""
    events: list[ManifestEvent]
    """What happened, ordered by time."""
