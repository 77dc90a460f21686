# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class Proposed(ContractModel):
    """What the code says by itself."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
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


class CodeRemark(ContractModel):
    """Something that code leaves open."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    line: Annotated[int, Field(ge=1)]
    """The line, from 1."""
    column: Annotated[int, Field(ge=1)]
    """The column in characters, from 1."""
    message: Annotated[str, Field(min_length=1)]
    """What is open."""
    help: str | None
    """How it is settled, or null."""


class CodeEffect(ContractModel):
    """Something that code seems to need or to touch: a proposal, since what is seen is not certain."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    line: Annotated[int, Field(ge=1)]
    """The line, from 1."""
    column: Annotated[int, Field(ge=1)]
    """The column in characters, from 1."""
    member: Literal["network", "writes", "required_env", "deterministic"]
    """The member of node.onex that would say so."""
    value: bool | str
    """What it would say: a boolean, the name of a variable, or a folder; empty where the folder cannot be seen."""
    reason: Annotated[str, Field(min_length=1)]
    """What is read there."""
    certain: bool
    """Whether the code does not work without it."""


class CodePlace(ContractModel):
    """A place in a file."""

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


class CodeDifference(ContractModel):
    """One place where the contract and the code differ."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
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
    message: Annotated[str, Field(min_length=1)]
    """What the one says, and what the other."""


class Inference(ContractModel):
    """What `onex infer` read out of a node's code, and where the node's contract says something else."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    schema_version: Annotated[str, Field(pattern="^1\\.[0-9]+$")]
    """The version of this format."""
    node_id: Annotated[
        str, Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")
    ]
    """The node."""
    path: Annotated[str, Field(min_length=1)]
    """The file that was read, relative to the folder that the command was run in where it lies below it."""
    proposed: Annotated[Proposed, Field(title="Proposed")]
    """What the code says by itself."""
    differences: list[CodeDifference]
    """Where the contract and the code differ, in the order of the code."""
    undecided: list[CodeRemark]
    """What the code leaves open."""
    effects: list[CodeEffect]
    """What the code seems to need or to touch."""
    written: list[str]
    """The files that were written, and locked again."""
