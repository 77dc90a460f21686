# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Case(TypedDict):
    """An input with the output, or the error code, that it must lead to."""

    name: str
    """The name of the case, unique within the contract."""
    input: dict[str, Any]
    """The input state."""
    output: NotRequired[dict[str, Any]]
    """The output state that the input must lead to."""
    error: NotRequired[str]
    """The code of the error that the input must lead to."""


class StateContract(TypedDict):
    """What states a node takes and gives, with examples that people read and `onex test` runs."""

    contract_version: str
    """The edition of this format that the contract is written in, quoted, for example "1.0.0"."""
    input: dict[str, Any]
    """The JSON Schema 2020-12 of the input state; its `default` values fill in what the caller leaves out. A `$ref` leads to a place in it, or is the `$id` of a schema that the node names in `shared`."""
    output: dict[str, Any]
    """The JSON Schema 2020-12 of the output state; for references see `input`."""
    cases: NotRequired[list[Case]]
    """Examples: each is an input with the output, or the error code, that it must lead to."""
