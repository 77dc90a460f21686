# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

from .common import Error, Isolation, Process, ResultTrust, Step
from .node_result import NodeResult


class RunStarted(TypedDict):
    """A run began."""

    v: str
    """The version of this format."""
    kind: Literal["run_started"]
    """What happened."""
    at_us: int
    """When it happened."""
    run_id: str
    """The id of the run, and the name of its folder."""
    pipeline_id: str
    """What was run."""
    onex_version: str
    """The version of onex that ran it."""
    git_sha7: str
    """The first seven digits of the commit that was checked out, zeros where there is none."""


class UnitPlanned(TypedDict):
    """A node was taken into the plan."""

    v: str
    """The version of this format."""
    kind: Literal["unit_planned"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    node_id: str
    """The id of the node."""
    node_version: str
    """The version of the node."""
    node_hash: str
    """The digest of the node as it was found."""
    behaviour: str
    """The behaviour digest of the node as it was found."""
    executor: str
    """The executor that is to run the node."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """The node's lifecycle."""
    locked: bool
    """Whether the node is what its lock says."""
    case: str | None
    """The name of the contract's case that is to be executed, or null."""
    trust: ResultTrust
    """The node's trust at this moment."""


class UnitStarted(TypedDict):
    """Execution of a unit began."""

    v: str
    """The version of this format."""
    kind: Literal["unit_started"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    seq_exec: int
    """The unit's place in the real order of starts, from 0."""
    input_state: Any
    """The state that the node is given, after defaults."""
    input_hash: str
    """Digest of `input_state`."""
    isolation: Isolation
    """What isolation is asked for and in force."""


class UnitStep(TypedDict):
    """A step of an execution ended."""

    v: str
    """The version of this format."""
    kind: Literal["unit_step"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    step: Step
    """The step and how it went."""


class UnitProcess(TypedDict):
    """The process of an execution ended."""

    v: str
    """The version of this format."""
    kind: Literal["unit_process"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    process: Process
    """How the process ended and what it used."""


class UnitFinished(TypedDict):
    """A unit ended; every planned unit ends exactly once."""

    v: str
    """The version of this format."""
    kind: Literal["unit_finished"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    status: Literal["success", "partial", "failure", "skipped", "blocked", "error"]
    """How the unit ended."""
    reason: str | None
    """Why it ended like that; null for a plain success."""
    error: Error | None
    """Why it did not succeed, or null."""
    duration_us: int
    """How long the unit took."""


class RunFinished(TypedDict):
    """A run ended."""

    v: str
    """The version of this format."""
    kind: Literal["run_finished"]
    """What happened."""
    at_us: int
    """When it happened."""
    outcome: Literal["success", "partial", "failure", "error"]
    """What the units' statuses amount to."""
    duration_us: int
    """How long the run took."""


class UnitResult(TypedDict):
    """A node handed back a well-formed result."""

    v: str
    """The version of this format."""
    kind: Literal["unit_result"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    result: NodeResult
    """What the node handed back."""
    output_hash: str
    """Digest of the output state."""


Fact: TypeAlias = RunStarted | UnitPlanned | UnitStarted | UnitStep | UnitProcess | UnitResult | UnitFinished | RunFinished
"""One line of a run's journal, `journal.jsonl`: something that happened, in the order in which it happened."""
