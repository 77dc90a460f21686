# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field, RootModel

from .common import Failing


class ObserverHeader(ContractModel):
    """The first record."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["observer_report"]
    """Which record this is."""
    v: Literal["0"]
    """The version of the specification."""
    inventory_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of the normalised inventory."""
    suite_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of the normalised suite."""
    mode: Literal["default", "golden"]
    """`golden` when volatile fields are left out."""
    generated_at_utc: str | MISSING = MISSING
    """When the run ended; volatile."""
    host: str | MISSING = MISSING
    """Where the run took place; volatile."""
    implementation: str | MISSING = MISSING
    """What wrote the report; volatile."""


class ObserverCase(ContractModel):
    """A case that finished; it passes when no assertion and no unhandled action failed."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["case"]
    """Which record this is."""
    case_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$")]
    """The case's identity."""
    item_id: Annotated[str, Field(pattern="^[^\\x1f]*$")]
    """The suite item; never with the character U+001F."""
    case_key: str
    """The case within the item."""
    test_name: str | MISSING = MISSING
    """The case key again, when the case comes from an inventory."""
    status: Literal["pass", "fail"]
    """Whether the case passed."""
    assert_pass: Annotated[int, Field(ge=0)]
    """How many assertions passed."""
    assert_fail: Annotated[int, Field(ge=0)]
    """How many assertions failed."""
    unhandled_action_fail: Annotated[int, Field(ge=0)]
    """How many actions failed that no expectation covers."""
    case_inputs: Any | MISSING = MISSING
    """A bounded summary of the inputs."""
    notes: Any | MISSING = MISSING
    """A bounded remark."""
    duration_ms: Annotated[int | MISSING, Field(ge=0)] = MISSING
    """How long the case took, in milliseconds; volatile."""
    started_at_utc: str | MISSING = MISSING
    """When it began; volatile."""
    ended_at_utc: str | MISSING = MISSING
    """When it ended; volatile."""


class ObserverAssert(ContractModel):
    """An assertion that was evaluated."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["assert"]
    """Which record this is."""
    case_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$")]
    """The case's identity."""
    assert_ix: Annotated[int, Field(ge=0)]
    """The assertion's place in the case."""
    status: Literal["pass", "fail"]
    """Whether it was met."""
    msg: str
    """What was expected, and what was found instead."""
    predicate: str | MISSING = MISSING
    """The kind of assertion."""
    loc: dict[str, Any] | MISSING = MISSING
    """Where the assertion stands."""


class ObserverAction(ContractModel):
    """An action that was attempted."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["action"]
    """Which record this is."""
    case_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$")]
    """The case's identity."""
    action_ix: Annotated[int, Field(ge=0)]
    """The action's place in the case."""
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
    """How long it took, in milliseconds; volatile."""
    ok: dict[str, Any] | MISSING = MISSING
    """What it came to, when it succeeded."""
    fail: Failing | MISSING = MISSING
    """Why it failed."""


class ObserverArtifact(ContractModel):
    """An artifact was published or checked."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["artifact"]
    """Which record this is."""
    case_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$")]
    """The case's identity."""
    artifact_ix: Annotated[int, Field(ge=0)]
    """The record's place among those of artifacts in the case."""
    action_ix: Annotated[int, Field(ge=0)]
    """Which action did it."""
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


class ObserverExtract(ContractModel):
    """A value was taken out of an artifact."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["extract"]
    """Which record this is."""
    case_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$")]
    """The case's identity."""
    extract_ix: Annotated[int, Field(ge=0)]
    """The record's place among the case's extractions."""
    action_ix: Annotated[int, Field(ge=0)]
    """Which action did it."""
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


class ObserverOnex(ContractModel):
    """The extension of onex: what the other records cannot say of the run (once, behind the header, without its units) or of a unit (behind its records)."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["onex"]
    """Which record this is."""
    run: dict[str, Any] | MISSING = MISSING
    """The run without its units (see `run`)."""
    unit: dict[str, Any] | MISSING = MISSING
    """A unit of the run (see `run`)."""


class ObserverSummary(ContractModel):
    """The last record."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    k: Literal["summary"]
    """Which record this is."""
    case_pass: Annotated[int, Field(ge=0)]
    """How many cases passed."""
    case_fail: Annotated[int, Field(ge=0)]
    """How many cases failed."""
    assert_pass: Annotated[int, Field(ge=0)]
    """How many assertions passed."""
    assert_fail: Annotated[int, Field(ge=0)]
    """How many assertions failed."""
    exit_code: Literal[0, 1, 2]
    """The exit status of the runner: 0 all cases passed, 1 some failed, 2 the runner or a specification failed."""
    notes: Any | MISSING = MISSING
    """A bounded remark, such as how many cases were not finished."""


class ObserverRecord(
    RootModel[
        ObserverHeader
        | ObserverCase
        | ObserverAssert
        | ObserverAction
        | ObserverArtifact
        | ObserverExtract
        | ObserverOnex
        | ObserverSummary
    ]
):
    model_config = ConfigDict(
        frozen=True,
    )
    root: Annotated[
        ObserverHeader | ObserverCase | ObserverAssert | ObserverAction | ObserverArtifact | ObserverExtract | ObserverOnex | ObserverSummary,
        Field(discriminator="k", title="ObserverRecord"),
    ]
    """One line of an Observer report, `report.jsonl`: the facts of a run, a record each."""
