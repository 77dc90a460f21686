# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class Observation(ContractModel):
    """One thing that was looked at."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    area: Literal["environment", "libraries", "workspace", "git", "editor", "running"]
    """What it is a part of."""
    name: Annotated[str, Field(min_length=1)]
    """What was looked at."""
    state: Literal["ok", "warning", "problem"]
    """Whether it is as it should be: a warning leaves something out of reach, a problem stops work."""
    found: Annotated[str, Field(min_length=1)]
    """What was found."""
    help: Annotated[str | None, Field(min_length=1)]
    """What to do about it; null where nothing is to be done."""


class Setting(ContractModel):
    """One setting, and where its value comes from."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    name: Annotated[str, Field(min_length=1)]
    """The setting: its key with the tables above it, or a flag of a command."""
    value: str | None
    """Its value as it is written; null where it is not set, and where it is not shown."""
    origin: Literal["default", "file", "variable"]
    """What the value comes from."""
    place: Annotated[str | None, Field(min_length=1)]
    """The file and the line, or the variable; null for a default."""


class Doctor(ContractModel):
    """What `onex doctor` says of the surroundings that onex works in."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    checks: list[Observation]
    """What was looked at, area by area."""
    settings: list[Setting]
    """The settings of the workspace and the variables that are set, each with where its value comes from."""
