# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, TypedDict


class Observation(TypedDict):
    """One thing that was looked at."""

    area: Literal["environment", "libraries", "workspace", "git", "editor", "running"]
    """What it is a part of."""
    name: str
    """What was looked at."""
    state: Literal["ok", "warning", "problem"]
    """Whether it is as it should be: a warning leaves something out of reach, a problem stops work."""
    found: str
    """What was found."""
    help: str | None
    """What to do about it; null where nothing is to be done."""


class Setting(TypedDict):
    """One setting, and where its value comes from."""

    name: str
    """The setting: its key with the tables above it, or a flag of a command."""
    value: str | None
    """Its value as it is written; null where it is not set, and where it is not shown."""
    origin: Literal["default", "file", "variable"]
    """What the value comes from."""
    place: str | None
    """The file and the line, or the variable; null for a default."""


class Doctor(TypedDict):
    """What `onex doctor` says of the surroundings that onex works in."""

    checks: list[Observation]
    """What was looked at, area by area."""
    settings: list[Setting]
    """The settings of the workspace and the variables that are set, each with where its value comes from."""
