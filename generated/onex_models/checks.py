# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class Check(ContractModel):
    """One check."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    id: Annotated[str, Field(min_length=1)]
    """The check's id, unique in its run."""
    name: Annotated[str, Field(min_length=1)]
    """The check's name."""
    status: Literal["pass", "fail", "skip"]
    """How it ended."""
    evidence: list[str]
    """Where the evidence lies: `run.json:<JSON path>`, `run.log:line:<n>` or `artifacts/<path>`."""
    detail: str | None | MISSING = MISSING
    """What else there is to say about it."""
    warnings: list[str] | MISSING = MISSING
    """What a person should look at."""
    x_onex: dict[str, Any] | MISSING = MISSING
    """How it ended in the words of onex, where `status` has no word for it."""


class ChecksSummary(ContractModel):
    """How many checks ended how."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    pass_: Annotated[int, Field(alias="pass", ge=0)]
    """How many passed."""
    fail: Annotated[int, Field(ge=0)]
    """How many failed."""
    skip: Annotated[int, Field(ge=0)]
    """How many were skipped."""


class Checks(ContractModel):
    """The checks of one run, `checks.json`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    run_id: Annotated[str, Field(min_length=1)]
    """The run that they belong to."""
    checks: list[Check]
    """The checks, in the order of the plan."""
    summary: ChecksSummary
    """How many ended how."""
