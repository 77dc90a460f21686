# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from .node_execution_result import NodeExecutionResult


class CiRun(TypedDict):
    """The rules that a batch was held to, and what they found."""

    triggered_by: str
    """What asked for the batch, for example `pre-merge`."""
    policy: str
    """The name of the policy."""
    node_count: int
    """How many results there are."""
    trust_enforced: bool
    """Whether too little trust fails the batch."""
    minimum_coverage_required: int | float | None
    """The coverage in percent below which the batch fails, or null."""
    runtime_flags: list[str]
    """What held for all of it: `sandboxed`, `registry-synced` when `.tree` was verified clean."""
    failed_nodes: list[str]
    """The ids of the nodes that failed, in the order of the results."""


class BatchExecutionResult(TypedDict):
    """What a batch of nodes came to, `batch_result.json`, for CI and dashboards."""

    schema_version: NotRequired[str]
    """The version of this format; 1.0 where it is left out."""
    batch_id: str
    """The id of the batch: of the run."""
    status: Literal["success", "partial", "failure"]
    """What the results amount to: all succeeded, some did, none did."""
    results: list[NodeExecutionResult]
    """One for each node, in the order of the plan."""
    started_at: str
    """When the batch began."""
    completed_at: str
    """When the batch ended; never before it began."""
    coverage_percent: int | float | None
    """The share of active nodes that were really executed, or null."""
    trust_delta: int | float | None
    """The mean over the nodes of trust after minus trust before, or null."""
    trust_notes: str | None
    """What there is to say about trust, or null."""
    ci_run: NotRequired[CiRun | None]
    """The rules that the batch was held to, and what they found; null where it was held to none."""
    signature: NotRequired[dict[str, Any] | None]
    """A signature over the batch, or null."""
    lifecycle: NotRequired[str | None]
    """Where the batch stands in its life, or null."""
