# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, TypedDict


class Finding(TypedDict):
    """Something that a rule found at a place in a file."""

    path: str
    """The file, relative to the folder that the command was run in where it lies below it."""
    line: int
    """The line, from 1."""
    column: int
    """The column in characters, from 1."""
    code: str
    """The stable code of the rule."""
    rule: str
    """The name of the rule."""
    severity: Literal["error", "warning"]
    """An error fails the gate, a warning does not."""
    message: str
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
    """Whether the command named in `help` mends it without a person's judgement."""
