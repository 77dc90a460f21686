# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

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


class References(TypedDict):
    """Digests of what a run was made of."""

    config_hash: str | None
    """Digest of the settings in force, over their RFC 8785 bytes; null when it is not known."""
    contract_hash: str | None
    """Digest of the contracts in force, over the RFC 8785 bytes of an object that gives the digest of each node that was planned; null when it is not known."""
    tree_digest: str | None
    """Digest over the `.tree` files and the nodes' hashes, as `onex tree --digest` prints it; null when it was not taken."""
    suite_sha256: str
    """Digest of what was selected: for each item in the order of the plan one line of JSON, `{"cases":[…],"item":"…"}`, in the golden encoding with a line end."""
    inventory_sha256: str
    """Digest of what there was to select from: the nodes that `.tree` lists, in that order, each as the names of the folders that lead to it, joined by dots, with a line end; of no bytes at all where there is no inventory."""


class Coverage(TypedDict):
    """How many of the active nodes in scope were really executed."""

    active: int
    """How many active nodes are in scope."""
    covered: int
    """How many of them were executed: have a result that is neither skipped, blocked nor a refusal."""
    percent: int | float | None
    """`covered` over `active` in percent, rounded down to two decimals, 100 only when exact; null when there are none."""


class RunTrust(TypedDict):
    """What a run did to the trust in its nodes."""

    delta: int | float | None
    """The mean over the nodes of score after minus score before; null until there are scores."""
    notes: str | None
    """What there is to say about it, or null."""


class LogLine(TypedDict):
    """A line of the log."""

    at_us: int | None
    """When it was written; null when the log that it was read from does not say."""
    text: str
    """What it says, in one line."""


class Produced(TypedDict):
    """A file that a run gave, and what gave it."""

    name: str
    """The artifact's name."""
    path: str
    """Where the file lies, relative to the run's folder."""
    hash: str
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is, for example a media type."""
    produced_by: str | None
    """The unit that gave it; null when it was the run itself."""


class UnitNode(TypedDict):
    """The node that a unit executes, as it was found."""

    id: str
    """The id of the node."""
    version: str
    """The version of the node."""
    hash: str
    """The digest of the node."""
    behaviour: str
    """The behaviour digest of the node."""
    executor: str
    """The executor that ran the node."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """The node's lifecycle."""
    locked: bool
    """Whether the node was what its lock says."""
    isolation: Isolation
    """What isolation was asked for and in force."""
    trust: ResultTrust
    """What the execution means for the node's trust."""


class Assertion(TypedDict):
    """Something that was expected, and whether it was so."""

    status: Literal["pass", "fail"]
    """Whether it was so."""
    msg: str
    """What was expected, and what was found instead."""
    predicate: NotRequired[str]
    """The kind of expectation, for example `input-contract`."""
    loc: NotRequired[dict[str, Any]]
    """Where the expectation stands."""


class Attempt(TypedDict):
    """Something that was attempted on the way: an execution, a request, a publication."""

    action: str
    """The kind of action."""
    status: Literal["ok", "fail"]
    """Whether it succeeded."""
    args: Any
    """A bounded summary of its arguments."""
    action_id: NotRequired[str]
    """A stable name of the action within its item."""
    artifact_in: NotRequired[list[dict[str, Any]]]
    """The artifacts that it read."""
    artifact_out: NotRequired[list[dict[str, Any]]]
    """The artifacts that it made."""
    duration_ms: NotRequired[int]
    """How long it took, in milliseconds."""
    ok: NotRequired[dict[str, Any]]
    """What it came to, when it succeeded."""
    fail: NotRequired[Failing]
    """Why it failed."""
    handled: NotRequired[bool]
    """Whether an expectation covers its failure."""


class ArtifactEvent(TypedDict):
    """The publication or the check of an artifact."""

    action_ix: int
    """Which of the unit's actions did it, from 0."""
    name: str
    """The artifact's name."""
    event: Literal["publish", "check"]
    """What happened to it."""
    kind: str
    """What kind of thing it is."""
    status: Literal["ok", "fail"]
    """Whether it went well."""
    location: NotRequired[dict[str, Any]]
    """Where it lies."""
    producer_action_id: NotRequired[str]
    """The action that made it."""
    consumer_action_id: NotRequired[str]
    """The action that reads it."""
    observed_exists: NotRequired[bool]
    """Whether a check found it."""
    fail: NotRequired[Failing]
    """Why it failed."""


class Extraction(TypedDict):
    """A value that was taken out of an artifact."""

    action_ix: int
    """Which of the unit's actions did it, from 0."""
    source_artifact: str
    """The artifact that was read."""
    format: str
    """The format that it was read as."""
    status: Literal["ok", "fail"]
    """Whether it succeeded."""
    select: NotRequired[str]
    """What was selected."""
    summary: NotRequired[dict[str, Any]]
    """A bounded summary of what was found."""
    fail: NotRequired[Failing]
    """Why it failed."""


class Unit(TypedDict):
    """One thing that a run executed or checked: a node, a command, a check."""

    unit_id: str
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
    seq_plan: int
    """The unit's place in the plan, from 0."""
    seq_exec: int
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


class Run(TypedDict):
    """Everything that onex knows of one run: a fold over the facts of its journal, and what every report of it is projected from."""

    schema_version: str
    """The version of this format."""
    run_id: str
    """The id of the run, and the name of its folder."""
    pipeline_id: str
    """What was run."""
    pipeline_version: str | None
    """The version of what was run, or null."""
    onex_version: str | None
    """The version of onex that ran it; null when something else did."""
    outcome: Literal["success", "partial", "failure", "error"]
    """What the units' statuses amount to; an error when the run itself did not come to its end."""
    reason: str | None
    """Why the outcome is not what the units alone amount to, or null."""
    started_us: int
    """When the run began."""
    finished_us: int
    """When the run ended; never before it began."""
    duration_us: int
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
