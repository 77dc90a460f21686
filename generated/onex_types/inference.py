# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, TypedDict


class Proposed(TypedDict):
    """What the code says by itself."""

    description: str | None
    """What the code says that it does, or null."""
    input: dict[str, Any]
    """The JSON Schema of the input state."""
    output: dict[str, Any]
    """The JSON Schema of the output state."""
    args: list[Any] | None
    """The arguments of a command, as `entrypoint.args` of node.onex has them; null for a function."""
    required_env: list[str]
    """The variables that the code does not work without."""


class CodeRemark(TypedDict):
    """Something that code leaves open."""

    line: int
    """The line, from 1."""
    column: int
    """The column in characters, from 1."""
    message: str
    """What is open."""
    help: str | None
    """How it is settled, or null."""


class CodeEffect(TypedDict):
    """Something that code seems to need or to touch: a proposal, since what is seen is not certain."""

    line: int
    """The line, from 1."""
    column: int
    """The column in characters, from 1."""
    member: Literal["network", "writes", "required_env", "deterministic"]
    """The member of node.onex that would say so."""
    value: bool | str
    """What it would say: a boolean, the name of a variable, or a folder; empty where the folder cannot be seen."""
    reason: str
    """What is read there."""
    certain: bool
    """Whether the code does not work without it."""


class CodePlace(TypedDict):
    """A place in a file."""

    path: str
    """The file, relative to the folder that the command was run in where it lies below it."""
    line: int
    """The line, from 1."""
    column: int
    """The column in characters, from 1."""


class CodeDifference(TypedDict):
    """One place where the contract and the code differ."""

    kind: Literal["missing", "unknown", "type", "required", "default", "description", "argument", "environment"]
    """What differs."""
    subject: str
    """The property, option or variable."""
    drift: bool
    """Whether the contract is off; else `--write` would only add to it."""
    code: CodePlace
    """The place in the code."""
    contract: CodePlace
    """The place in the contract, or in node.onex."""
    message: str
    """What the one says, and what the other."""


class Inference(TypedDict):
    """What `onex infer` read out of a node's code, and where the node's contract says something else."""

    schema_version: str
    """The version of this format."""
    node_id: str
    """The node."""
    path: str
    """The file that was read, relative to the folder that the command was run in where it lies below it."""
    proposed: Proposed
    """What the code says by itself."""
    differences: list[CodeDifference]
    """Where the contract and the code differ, in the order of the code."""
    undecided: list[CodeRemark]
    """What the code leaves open."""
    effects: list[CodeEffect]
    """What the code seems to need or to touch."""
    written: list[str]
    """The files that were written, and locked again."""
