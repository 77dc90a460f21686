# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

RunStep = TypedDict(
    "RunStep",
    {
        "step_id": str,
        "kind": str,
        "status": Literal["success", "failed", "skipped", "blocked"],
        "started_at": str | None,
        "finished_at": str | None,
        "duration_ms": int | None,
        "summary": str,
        "warnings": list[Any],
        "artifacts": list[Any],
        "onex.status": NotRequired[str],
    },
)


class RunArtifact(TypedDict):
    """A file that a run gave."""

    name: str
    """The artifact's name."""
    path: str
    """Where the file lies, relative to the run's folder."""
    hash: str
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is."""


class RunReferences(TypedDict):
    """Where the rest of the evidence lies."""

    manifest_path: str
    """Where the manifest lies, relative to the run's folder."""
    config_hash: str
    """Digest of the settings in force."""
    contract_hash: str
    """Digest of the contracts in force."""


class RunResult(TypedDict):
    """The consolidated view of one run, `run_result.json`: what happened, in the order in which it happened, and where the evidence lies."""

    schema_version: NotRequired[str]
    """The version of this format; 1.0 where it is left out."""
    run_id: str
    """The id of the run."""
    status: Literal["success", "failed", "partial"]
    """`failed` when a critical step failed, `success` when all critical steps succeeded, else `partial`."""
    started_at: str
    """When the run began."""
    finished_at: str
    """When the run ended; never before it began."""
    duration_ms: int
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
    policy: NotRequired[dict[str, Any]]
    """Which steps are critical: `all`, or the ids of those that are not."""
