# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class FixEdit(ContractModel):
    """A text that takes the place of what stands between two characters of a file."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    line: Annotated[int, Field(ge=1)]
    """The line of the first character, from 1."""
    column: Annotated[int, Field(ge=1)]
    """The column of the first character, from 1, in characters."""
    end_line: Annotated[int, Field(ge=1)]
    """The line of the character behind the last one, from 1."""
    end_column: Annotated[int, Field(ge=1)]
    """The column of the character behind the last one, from 1, in characters."""
    text: str
    """The text to put there; empty to take out what is there."""


class Fix(ContractModel):
    """How a finding is mended by a program."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    applicability: Literal["safe", "unsafe"]
    """A `safe` fix keeps what the file means, and `--fix` applies it; an `unsafe` one may not, and waits for `--unsafe-fixes`."""
    message: Annotated[str, Field(min_length=1)]
    """What it does."""
    edits: list[FixEdit]
    """The pieces of the file that are replaced, in their order; empty where what to write is only worked out when it is written, as for a lock."""


class Finding(ContractModel):
    """Something that a rule found at a place in a file."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    path: Annotated[str, Field(min_length=1)]
    """The file, relative to the folder that the command was run in where it lies below it."""
    line: Annotated[int, Field(ge=1)]
    """The line, from 1."""
    column: Annotated[int, Field(ge=1)]
    """The column in characters, from 1."""
    code: Annotated[str, Field(pattern="^ONX[0-9]{3}$")]
    """The stable code of the rule."""
    rule: Annotated[str, Field(min_length=1)]
    """The name of the rule."""
    severity: Literal["error", "warning"]
    """An error fails the gate, a warning does not."""
    message: Annotated[str, Field(min_length=1)]
    """What was expected and what was found."""
    help: str | None
    """What to do about it, or null."""
    pointer: str
    """The JSON pointer of the value in its document; empty for the whole document."""
    node_id: str | None
    """The node that the finding belongs to, or null."""
    snippet: str | None
    """The line of the file that the finding points at, or null."""
    doc: str | None
    """Where the field reference describes the field, as a link within the onex project, or null."""
    fixable: bool
    """Whether `onex validate --fix` mends it: whether it has a safe fix."""
    fix: Fix | None = None
    """What can be done about it without a person at the keyboard, or null."""
