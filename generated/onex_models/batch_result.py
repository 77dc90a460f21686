# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field

from .node_execution_result import NodeExecutionResult


class CiRun(ContractModel):
    """The rules that a batch was held to, and what they found."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    triggered_by: str
    """What asked for the batch, for example `pre-merge`."""
    policy: str
    """The name of the policy."""
    node_count: Annotated[int, Field(ge=0)]
    """How many results there are."""
    trust_enforced: bool
    """Whether too little trust fails the batch."""
    minimum_coverage_required: Annotated[int | float | None, Field(ge=0.0, le=100.0)]
    """The coverage in percent below which the batch fails, or null."""
    runtime_flags: list[str]
    """What held for all of it: `sandboxed`, `registry-synced` when `.tree` was verified clean."""
    failed_nodes: list[str]
    """The ids of the nodes that failed, in the order of the results."""


class BatchExecutionResult(ContractModel):
    """What a batch of nodes came to, `batch_result.json`, for CI and dashboards."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    schema_version: Annotated[str, Field(pattern="^1\\.[0-9]+$")] = "1.0"
    """The version of this format; 1.0 where it is left out."""
    batch_id: Annotated[str, Field(min_length=1)]
    """The id of the batch: of the run."""
    status: Literal["success", "partial", "failure"]
    """What the results amount to: all succeeded, some did, none did."""
    results: list[NodeExecutionResult]
    """One for each node, in the order of the plan."""
    started_at: Annotated[
        str,
        Field(
            pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z$"
        ),
    ]
    """When the batch began."""
    completed_at: Annotated[
        str,
        Field(
            pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z$"
        ),
    ]
    """When the batch ended; never before it began."""
    coverage_percent: Annotated[int | float | None, Field(ge=0.0, le=100.0)]
    """The share of active nodes that were really executed, or null."""
    trust_delta: Annotated[int | float | None, Field(ge=-1.0, le=1.0)]
    """The mean over the nodes of trust after minus trust before, or null."""
    trust_notes: str | None
    """What there is to say about trust, or null."""
    ci_run: CiRun | None = None
    """The rules that the batch was held to, and what they found; null where it was held to none."""
    signature: dict[str, Any] | None = None
    """A signature over the batch, or null."""
    lifecycle: str | None = None
    """Where the batch stands in its life, or null."""
