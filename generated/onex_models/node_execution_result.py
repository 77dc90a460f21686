# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class NodeExecutionResult(ContractModel):
    """What one node came to, for dashboards and pipelines; one line of `onex validate --export`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    node_id: Annotated[str, Field(min_length=1)]
    """The id of the node, or the path of a document that tells none."""
    input_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of what went in: the input state, or the node document that was checked."""
    output_hash: str | None
    """Digest of what came out, or null."""
    success: bool
    """Whether `status` is success."""
    execution_time_ms: Annotated[int | None, Field(ge=0)]
    """How long it took, in milliseconds, or null."""
    metadata: dict[str, Any]
    """Facts by name; those of onex begin with `onex.`."""
    errors: list[str] | None
    """What was wrong, or null."""
    warnings: list[str] | None
    """What a person should look at, or null."""
    status: Literal["success", "failure", "skipped", "partial"]
    """What the node came to."""
