# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from .common import Failing


class ObserverHeader(TypedDict):
    """The first record."""

    k: Literal["observer_report"]
    """Which record this is."""
    v: Literal["0"]
    """The version of the specification."""
    inventory_sha256: str
    """Digest of the normalised inventory."""
    suite_sha256: str
    """Digest of the normalised suite."""
    mode: Literal["default", "golden"]
    """`golden` when volatile fields are left out."""
    generated_at_utc: NotRequired[str]
    """When the run ended; volatile."""
    host: NotRequired[str]
    """Where the run took place; volatile."""
    implementation: NotRequired[str]
    """What wrote the report; volatile."""


class ObserverCase(TypedDict):
    """A case that finished; it passes when no assertion and no unhandled action failed."""

    k: Literal["case"]
    """Which record this is."""
    case_id: str
    """The case's identity."""
    item_id: str
    """The suite item; never with the character U+001F."""
    case_key: str
    """The case within the item."""
    test_name: NotRequired[str]
    """The case key again, when the case comes from an inventory."""
    status: Literal["pass", "fail"]
    """Whether the case passed."""
    assert_pass: int
    """How many assertions passed."""
    assert_fail: int
    """How many assertions failed."""
    unhandled_action_fail: int
    """How many actions failed that no expectation covers."""
    case_inputs: NotRequired[Any]
    """A bounded summary of the inputs."""
    notes: NotRequired[Any]
    """A bounded remark."""
    duration_ms: NotRequired[int]
    """How long the case took, in milliseconds; volatile."""
    started_at_utc: NotRequired[str]
    """When it began; volatile."""
    ended_at_utc: NotRequired[str]
    """When it ended; volatile."""


class ObserverAssert(TypedDict):
    """An assertion that was evaluated."""

    k: Literal["assert"]
    """Which record this is."""
    case_id: str
    """The case's identity."""
    assert_ix: int
    """The assertion's place in the case."""
    status: Literal["pass", "fail"]
    """Whether it was met."""
    msg: str
    """What was expected, and what was found instead."""
    predicate: NotRequired[str]
    """The kind of assertion."""
    loc: NotRequired[dict[str, Any]]
    """Where the assertion stands."""


class ObserverAction(TypedDict):
    """An action that was attempted."""

    k: Literal["action"]
    """Which record this is."""
    case_id: str
    """The case's identity."""
    action_ix: int
    """The action's place in the case."""
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
    """How long it took, in milliseconds; volatile."""
    ok: NotRequired[dict[str, Any]]
    """What it came to, when it succeeded."""
    fail: NotRequired[Failing]
    """Why it failed."""


class ObserverArtifact(TypedDict):
    """An artifact was published or checked."""

    k: Literal["artifact"]
    """Which record this is."""
    case_id: str
    """The case's identity."""
    artifact_ix: int
    """The record's place among those of artifacts in the case."""
    action_ix: int
    """Which action did it."""
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


class ObserverExtract(TypedDict):
    """A value was taken out of an artifact."""

    k: Literal["extract"]
    """Which record this is."""
    case_id: str
    """The case's identity."""
    extract_ix: int
    """The record's place among the case's extractions."""
    action_ix: int
    """Which action did it."""
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


class ObserverOnex(TypedDict):
    """The extension of onex: what the other records cannot say of the run (once, behind the header, without its units) or of a unit (behind its records)."""

    k: Literal["onex"]
    """Which record this is."""
    run: NotRequired[dict[str, Any]]
    """The run without its units (see `run`)."""
    unit: NotRequired[dict[str, Any]]
    """A unit of the run (see `run`)."""


class ObserverSummary(TypedDict):
    """The last record."""

    k: Literal["summary"]
    """Which record this is."""
    case_pass: int
    """How many cases passed."""
    case_fail: int
    """How many cases failed."""
    assert_pass: int
    """How many assertions passed."""
    assert_fail: int
    """How many assertions failed."""
    exit_code: Literal[0, 1, 2]
    """The exit status of the runner: 0 all cases passed, 1 some failed, 2 the runner or a specification failed."""
    notes: NotRequired[Any]
    """A bounded remark, such as how many cases were not finished."""


ObserverRecord: TypeAlias = ObserverHeader | ObserverCase | ObserverAssert | ObserverAction | ObserverArtifact | ObserverExtract | ObserverOnex | ObserverSummary
"""One line of an Observer report, `report.jsonl`: the facts of a run, a record each."""
