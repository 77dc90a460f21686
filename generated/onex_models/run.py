# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field

from .common import (
    Environment,
    Error,
    Failing,
    Git,
    Isolation,
    Process,
    Resource,
    ResultTrust,
    RunPolicy,
    Trigger,
)


class References(ContractModel):
    """Digests of what a run was made of."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    config_hash: str | None
    """Digest of the settings in force, over their RFC 8785 bytes; null when it is not known."""
    contract_hash: str | None
    """Digest of the contracts in force, over the RFC 8785 bytes of an object that gives the digest of each node that was planned; null when it is not known."""
    tree_digest: str | None
    """Digest over the `.tree` files and the nodes' hashes, as `onex tree --digest` prints it; null when it was not taken."""
    suite_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of what was selected: for each item in the order of the plan one line of JSON, `{"cases":[…],"item":"…"}`, in the golden encoding with a line end."""
    inventory_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of what there was to select from: the nodes that `.tree` lists, in that order, each as the names of the folders that lead to it, joined by dots, with a line end; of no bytes at all where there is no inventory."""


class Coverage(ContractModel):
    """How many of the active nodes in scope were really executed."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    active: Annotated[int, Field(ge=0)]
    """How many active nodes are in scope."""
    covered: Annotated[int, Field(ge=0)]
    """How many of them were executed: have a result that is neither skipped, blocked nor a refusal."""
    percent: Annotated[int | float | None, Field(ge=0.0, le=100.0)]
    """`covered` over `active` in percent, rounded down to two decimals, 100 only when exact; null when there are none."""


class RunTrust(ContractModel):
    """What a run did to the trust in its nodes."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    delta: Annotated[int | float | None, Field(ge=-1.0, le=1.0)]
    """The mean over the nodes of score after minus score before; null until there are scores."""
    notes: str | None
    """What there is to say about it, or null."""


class LogLine(ContractModel):
    """A line of the log."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    at_us: int | None
    """When it was written; null when the log that it was read from does not say."""
    text: str
    """What it says, in one line."""


class Produced(ContractModel):
    """A file that a run gave, and what gave it."""

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
    """What kind of thing the file is, for example a media type."""
    produced_by: str | None
    """The unit that gave it; null when it was the run itself."""


class UnitNode(ContractModel):
    """The node that a unit executes, as it was found."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    id: Annotated[
        str, Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")
    ]
    """The id of the node."""
    version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The version of the node."""
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The digest of the node."""
    behaviour: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The behaviour digest of the node."""
    executor: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The executor that ran the node."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """The node's lifecycle."""
    locked: bool
    """Whether the node was what its lock says."""
    isolation: Isolation
    """What isolation was asked for and in force."""
    trust: ResultTrust
    """What the execution means for the node's trust."""


class Assertion(ContractModel):
    """Something that was expected, and whether it was so."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    status: Literal["pass", "fail"]
    """Whether it was so."""
    msg: str
    """What was expected, and what was found instead."""
    predicate: str | MISSING = MISSING
    """The kind of expectation, for example `input-contract`."""
    loc: dict[str, Any] | MISSING = MISSING
    """Where the expectation stands."""


class Attempt(ContractModel):
    """Something that was attempted on the way: an execution, a request, a publication."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    action: Annotated[str, Field(min_length=1)]
    """The kind of action."""
    status: Literal["ok", "fail"]
    """Whether it succeeded."""
    args: Any
    """A bounded summary of its arguments."""
    action_id: str | MISSING = MISSING
    """A stable name of the action within its item."""
    artifact_in: list[dict[str, Any]] | MISSING = MISSING
    """The artifacts that it read."""
    artifact_out: list[dict[str, Any]] | MISSING = MISSING
    """The artifacts that it made."""
    duration_ms: Annotated[int | MISSING, Field(ge=0)] = MISSING
    """How long it took, in milliseconds."""
    ok: dict[str, Any] | MISSING = MISSING
    """What it came to, when it succeeded."""
    fail: Failing | MISSING = MISSING
    """Why it failed."""
    handled: bool | MISSING = MISSING
    """Whether an expectation covers its failure."""


class ArtifactEvent(ContractModel):
    """The publication or the check of an artifact."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    action_ix: Annotated[int, Field(ge=0)]
    """Which of the unit's actions did it, from 0."""
    name: Annotated[str, Field(min_length=1)]
    """The artifact's name."""
    event: Literal["publish", "check"]
    """What happened to it."""
    kind: str
    """What kind of thing it is."""
    status: Literal["ok", "fail"]
    """Whether it went well."""
    location: dict[str, Any] | MISSING = MISSING
    """Where it lies."""
    producer_action_id: str | MISSING = MISSING
    """The action that made it."""
    consumer_action_id: str | MISSING = MISSING
    """The action that reads it."""
    observed_exists: bool | MISSING = MISSING
    """Whether a check found it."""
    fail: Failing | MISSING = MISSING
    """Why it failed."""


class Extraction(ContractModel):
    """A value that was taken out of an artifact."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    action_ix: Annotated[int, Field(ge=0)]
    """Which of the unit's actions did it, from 0."""
    source_artifact: Annotated[str, Field(min_length=1)]
    """The artifact that was read."""
    format: Annotated[str, Field(min_length=1)]
    """The format that it was read as."""
    status: Literal["ok", "fail"]
    """Whether it succeeded."""
    select: str | MISSING = MISSING
    """What was selected."""
    summary: dict[str, Any] | MISSING = MISSING
    """A bounded summary of what was found."""
    fail: Failing | MISSING = MISSING
    """Why it failed."""


class Unit(ContractModel):
    """One thing that a run executed or checked: a node, a command, a check."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    unit_id: Annotated[str, Field(min_length=1)]
    """The unit's name, unique in its run: the item, with `::` and the case key behind it unless that is `run`."""
    item_id: str
    """What is executed or checked: the id of a node, or of a pipeline."""
    case_key: str
    """Which of the item's cases this is; `run` for the one execution of a node."""
    kind: str
    """What kind of unit this is: `node`, `check`, `command`, `gate`, or a word of the document that it was read from."""
    critical: bool
    """Whether the run fails when this does."""
    needs: list[str]
    """The units that this one builds on, by id."""
    status: Literal["success", "partial", "failure", "skipped", "blocked", "error"]
    """How the unit ended."""
    reason: str | None
    """Why it ended like that; null for a plain success."""
    seq_plan: Annotated[int, Field(ge=0)]
    """The unit's place in the plan, from 0."""
    seq_exec: Annotated[int, Field(ge=0)]
    """The unit's place, from 0, in the real order of starts and of decisions not to start."""
    executed: bool
    """Whether it was started at all."""
    started_us: int | None
    """When it began, or was decided not to; null when it is not known."""
    finished_us: int | None
    """When it ended; null when it is not known."""
    duration_us: int | None
    """How long it took; null when it is not known."""
    input_hash: str | None
    """Digest of what went in; null when it is not known."""
    output_hash: str | None
    """Digest of what came out, or null."""
    summary: str | None
    """What happened, in one line, or null."""
    errors: list[Error]
    """Why it did not succeed."""
    warnings: list[str]
    """What a person should look at."""
    asserts: list[Assertion]
    """What was expected of it, in order."""
    actions: list[Attempt]
    """What was attempted, in order."""
    artifacts: list[ArtifactEvent]
    """What happened to artifacts, in order."""
    extracts: list[Extraction]
    """What was taken out of artifacts, in order."""
    evidence: list[str]
    """Where the evidence lies: `run.json:<JSON path>`, `run.log:line:<n>` or `artifacts/<path>`."""
    detail: str | None
    """What else there is to say about it, or null."""
    metrics: dict[str, int | float | str | bool]
    """Numbers that describe it, by name."""
    process: Process | None
    """The process that did it, or null."""
    node: UnitNode | None
    """The node that was executed, or null."""
    reproduce: str | None
    """The command that does it again, or null."""
    metadata: dict[str, Any]
    """Facts by name, as a document that was read told them."""


class Run(ContractModel):
    """Everything that onex knows of one run: a fold over the facts of its journal, and what every report of it is projected from."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    schema_version: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    run_id: Annotated[str, Field(min_length=1)]
    """The id of the run, and the name of its folder."""
    pipeline_id: Annotated[str, Field(min_length=1)]
    """What was run."""
    pipeline_version: str | None
    """The version of what was run, or null."""
    onex_version: str | None
    """The version of onex that ran it; null when something else did."""
    outcome: Literal["success", "partial", "failure", "error"]
    """What the units' statuses amount to; an error when the run itself did not come to its end."""
    reason: str | None
    """Why the outcome is not what the units alone amount to, or null."""
    started_us: Annotated[int, Field(ge=0)]
    """When the run began."""
    finished_us: Annotated[int, Field(ge=0)]
    """When the run ended; never before it began."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the run took."""
    trigger: Trigger
    """What started the run."""
    git: Git
    """The commit that was checked out."""
    env: Environment
    """The environment variables that the run needs, by name alone."""
    inputs: list[Resource]
    """What the run read, as it was told."""
    outputs: list[Resource]
    """What the run made, as it was told."""
    references: References
    """Digests of what the run was made of."""
    policy: RunPolicy
    """The rules that the run was held to."""
    coverage: Coverage | None
    """How much of what should run did; null when nobody asked."""
    units: list[Unit]
    """Everything that was to be run or checked, in the order of the plan."""
    artifacts: list[Produced]
    """The files that the run gave, with paths relative to its folder."""
    metrics: dict[str, int | float | str | bool]
    """Numbers that describe the run as a whole, by name."""
    log: list[LogLine]
    """What happened, a line each, as people read it."""
    trust: RunTrust
    """What the run did to the trust in its nodes."""
    signature: dict[str, Any] | None
    """A signature over the run, or null."""
    lifecycle: str | None
    """Where the record of the run stands in its life, or null."""
    ext: dict[str, Any]
    """By format, how the document that this was read from differs from what would be written: a JSON patch (RFC 6902)."""
