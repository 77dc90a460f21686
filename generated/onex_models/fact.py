# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field, RootModel

from .common import Error, Isolation, Process, ResultTrust, Step
from .node_result import NodeResult


class RunStarted(ContractModel):
    """A run began."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["run_started"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    run_id: Annotated[str, Field(min_length=1)]
    """The id of the run, and the name of its folder."""
    pipeline_id: Annotated[str, Field(pattern="^[A-Za-z0-9-]+$")]
    """What was run."""
    onex_version: str
    """The version of onex that ran it."""
    git_sha7: Annotated[str, Field(pattern="^[0-9a-f]{7}$")]
    """The first seven digits of the commit that was checked out, zeros where there is none."""


class UnitPlanned(ContractModel):
    """A node was taken into the plan."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_planned"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
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
    """The digest of the node as it was found."""
    behaviour: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The behaviour digest of the node as it was found."""
    executor: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The executor that is to run the node."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """The node's lifecycle."""
    locked: bool
    """Whether the node is what its lock says."""
    case: str | None
    """The name of the contract's case that is to be executed, or null."""
    trust: ResultTrust
    """The node's trust at this moment."""


class UnitStarted(ContractModel):
    """Execution of a unit began."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_started"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    seq_exec: Annotated[int, Field(ge=0)]
    """The unit's place in the real order of starts, from 0."""
    input_state: Any
    """The state that the node is given, after defaults."""
    input_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of `input_state`."""
    isolation: Isolation
    """What isolation is asked for and in force."""


class UnitStep(ContractModel):
    """A step of an execution ended."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_step"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    step: Step
    """The step and how it went."""


class UnitProcess(ContractModel):
    """The process of an execution ended."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_process"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    process: Process
    """How the process ended and what it used."""


class UnitFinished(ContractModel):
    """A unit ended; every planned unit ends exactly once."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_finished"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    status: Literal["success", "partial", "failure", "skipped", "blocked", "error"]
    """How the unit ended."""
    reason: str | None
    """Why it ended like that; null for a plain success."""
    error: Error | None
    """Why it did not succeed, or null."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the unit took."""


class RunFinished(ContractModel):
    """A run ended."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["run_finished"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    outcome: Literal["success", "partial", "failure", "error"]
    """What the units' statuses amount to."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the run took."""


class UnitResult(ContractModel):
    """A node handed back a well-formed result."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    v: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    kind: Literal["unit_result"]
    """What happened."""
    at_us: Annotated[int, Field(ge=0)]
    """When it happened."""
    unit: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    result: NodeResult
    """What the node handed back."""
    output_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of the output state."""


class Fact(
    RootModel[
        RunStarted
        | UnitPlanned
        | UnitStarted
        | UnitStep
        | UnitProcess
        | UnitResult
        | UnitFinished
        | RunFinished
    ]
):
    model_config = ConfigDict(
        frozen=True,
    )
    root: Annotated[
        RunStarted | UnitPlanned | UnitStarted | UnitStep | UnitProcess | UnitResult | UnitFinished | RunFinished,
        Field(discriminator="kind", title="Fact"),
    ]
    """One line of a run's journal, `journal.jsonl`: something that happened, in the order in which it happened."""
