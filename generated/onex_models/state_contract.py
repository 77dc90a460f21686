# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class Case(ContractModel):
    """An input with the output, or the error code, that it must lead to."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    name: Annotated[str, Field(max_length=200, min_length=1)]
    """The name of the case, unique within the contract."""
    input: dict[str, Any]
    """The input state."""
    output: dict[str, Any] | MISSING = MISSING
    """The output state that the input must lead to."""
    error: Annotated[str | MISSING, Field(pattern="^[A-Za-z][A-Za-z0-9_.-]*$")] = (
        MISSING
    )
    """The code of the error that the input must lead to."""


class StateContract(ContractModel):
    """What states a node takes and gives, with examples that people read and `onex test` runs."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    contract_version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The edition of this format that the contract is written in, quoted, for example "1.0.0"."""
    input: dict[str, Any]
    """The JSON Schema 2020-12 of the input state; its `default` values fill in what the caller leaves out. A `$ref` leads to a place in it, or is the `$id` of a schema that the node names in `shared`."""
    output: dict[str, Any]
    """The JSON Schema 2020-12 of the output state; for references see `input`."""
    cases: list[Case] | MISSING = MISSING
    """Examples: each is an input with the output, or the error code, that it must lead to."""
