# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from .common import (
    Artifact,
    Environment,
    Error,
    Git,
    Isolation,
    Process,
    Resource,
    ResultTrust,
    RunPolicy,
    Step,
    Trigger,
)
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
    pipeline_version: NotRequired[str | None]
    """The version of what was run, or null; since 1.1."""
    trigger: NotRequired[Trigger | None]
    """What started the run; null in journals before 1.1."""
    git: NotRequired[Git | None]
    """The commit that was checked out; null in journals before 1.1."""
    env: NotRequired[Environment | None]
    """The environment variables that the run needs, by name alone; null when it needs none; since 1.1."""
    policy: NotRequired[RunPolicy | None]
    """The rules that the run is held to; null for none; since 1.1."""
    config_hash: NotRequired[str | None]
    """Digest of the settings in force, over their RFC 8785 bytes; null in journals before 1.1."""


class PlanItem(TypedDict):
    """One thing that a run is to execute or check."""

    item_id: str
    """The id of the node, or of what else is executed; no control character."""
    case_key: str
    """Which of the item's cases this is; `run` for the one execution of a node."""
    kind: str
    """What kind of unit this is: `node`, `check`, `command` or `gate`."""
    critical: bool
    """Whether the run fails when this does."""
    needs: list[int]
    """The places in the plan of the units that this one builds on."""
    expects: NotRequired[bool]
    """Whether what comes out is to be compared with a case: until it is, the unit has no verdict."""


class RunInput(TypedDict):
    """A run said what it reads. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["run_input"]
    """What happened."""
    at_us: int
    """When it happened."""
    resource: Resource
    """What it reads."""


class RunOutput(TypedDict):
    """A run said what it made. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["run_output"]
    """What happened."""
    at_us: int
    """When it happened."""
    resource: Resource
    """What it made."""
    artifact: Artifact | None
    """The copy of it that the run's folder keeps, or null."""


class Logged(TypedDict):
    """Something was said that belongs into the run's log. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["logged"]
    """What happened."""
    at_us: int
    """When it happened."""
    source: Literal["run", "stdout", "stderr"]
    """Who said it: the run itself, or a stream of a command."""
    text: str
    """What was said; each of its lines is a line of the log."""


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


class UnitRefused(TypedDict):
    """A unit of the plan could not, or must not, be started. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["unit_refused"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    status: Literal["error", "skipped", "blocked"]
    """`error` when it was refused, `skipped` when it was not wanted after all, `blocked` when something before it kept it from starting."""
    error: Error
    """Why."""


class UnitExpected(TypedDict):
    """What came out of a unit was compared with what its case expects. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["unit_expected"]
    """What happened."""
    at_us: int
    """When it happened."""
    unit: int
    """The unit's place in the plan, from 0."""
    predicate: Literal["output", "error"]
    """What the case expects: an `output`, or an `error`."""
    status: Literal["pass", "fail"]
    """Whether it came."""
    msg: str
    """What was expected, and what came instead."""


class UnitChecked(TypedDict):
    """Something that is no node was executed or checked: a check, a command, a gate. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["unit_checked"]
    """What happened."""
    at_us: int
    """When it ended."""
    unit: int
    """The unit's place in the plan, from 0."""
    item: PlanItem
    """What was checked, planned or not."""
    status: Literal["success", "partial", "failure", "skipped", "blocked", "error"]
    """How it ended."""
    reason: str | None
    """Why it ended like that; null for a plain success."""
    duration_us: int | None
    """How long it took; null when it was not measured."""
    evidence: list[str]
    """Where the evidence lies."""
    detail: str | None
    """What else there is to say about it, or null."""
    argv: list[str] | None
    """The command that was executed, or null."""
    process: Process | None
    """The process that did it, or null."""
    error: Error | None
    """Why it did not succeed, or null."""


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
    reason: NotRequired[str | None]
    """Why the outcome is not what the units alone amount to, or null; since 1.1."""


class RunPlanned(TypedDict):
    """It was decided what the run is to execute and check; unit N of the run is item N of the plan. Since 1.1."""

    v: str
    """The version of this format."""
    kind: Literal["run_planned"]
    """What happened."""
    at_us: int
    """When it happened."""
    items: list[PlanItem]
    active: list[str] | None
    """The ids of the active nodes that the coverage is measured against; null when it is not measured."""
    inventory_sha256: str
    """Digest of what there was to select from (see `run`)."""
    tree_digest: str | None
    """Digest over the `.tree` files and the nodes' hashes, when the tree was verified clean; null when it was not looked at."""


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


Fact: TypeAlias = RunStarted | RunPlanned | RunInput | RunOutput | Logged | UnitPlanned | UnitStarted | UnitStep | UnitProcess | UnitResult | UnitFinished | UnitRefused | UnitExpected | UnitChecked | RunFinished
"""One line of a run's journal, `journal.jsonl`: something that happened, in the order in which it happened."""
