# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field

from .common import (
    Action,
    Artifact,
    Error,
    Extract,
    Isolation,
    Process,
    ResultTrust,
    Step,
)


class ExecutionResult(ContractModel):
    """The record of one execution of one node, `execution_result.json`: a fold over the facts of the run's journal."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    schema_version: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    run_id: Annotated[str, Field(min_length=1)]
    """The run that the execution belongs to."""
    seq_plan: Annotated[int, Field(ge=0)]
    """The execution's place in the plan, from 0."""
    seq_exec: Annotated[int | None, Field(ge=0)]
    """The execution's place in the order in which things really started, from 0; null when it never started."""
    node_id: Annotated[
        str, Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")
    ]
    """The id of the node."""
    node_version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The version of the node."""
    node_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The digest of the node as it was executed, over its document with the files found on disk."""
    behaviour: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The digest over files, contract, entrypoint, effects and limits: equal for nodes that do the same."""
    executor: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The executor that ran the node."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """The node's lifecycle when it was executed."""
    locked: bool
    """Whether the node was what its lock says; a result with false never counts for trust."""
    case: str | None
    """The name of the contract's case that was executed, or null."""
    status: Literal["success", "partial", "failure", "skipped", "blocked", "error"]
    """How the execution ended."""
    reason: str | None
    """Why it ended like that; null for a plain success."""
    started_us: Annotated[int, Field(ge=0)]
    """When the execution began."""
    finished_us: Annotated[int, Field(ge=0)]
    """When the execution ended; never before it began."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the execution took."""
    input_state: Any
    """The state that the node was given, after defaults; as it came when the contract refused it."""
    input_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of `input_state`."""
    output_state: dict[str, Any] | None
    """The state that the node gave, or null."""
    output_hash: str | None
    """Digest of `output_state`, or null."""
    isolation: Isolation
    """What isolation was asked for and in force."""
    process: Process | None
    """The process that ran the node; null when none was started."""
    summary: str | None
    """What happened, in one line, as the node told it; null when it told nothing."""
    warnings: list[str]
    """What a person should look at."""
    metrics: dict[str, int | float | str | bool]
    """Numbers that the node reported, by name."""
    artifacts: list[Artifact]
    """Files that the node gave or took."""
    actions: list[Action]
    """What the node reported to have done, in order."""
    extracts: list[Extract]
    """What the node reported to have taken out of artifacts, in order."""
    trace: list[Step]
    """The steps of the execution, in order."""
    error: Error | None
    """Why the execution did not succeed, or null."""
    trust: ResultTrust
    """What this execution means for the node's trust."""
