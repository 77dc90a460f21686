# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class ScaffoldAnswers(ContractModel):
    """Where a scaffolded node came from, `.onex-answers.json`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    scaffold: Annotated[
        str, Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")
    ]
    """The id of the scaffold node that made it."""
    scaffold_version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The version of that node."""
    scaffold_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The digest of that node."""
    template: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The template that was rendered."""
    template_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """The digest of the template."""
    answers: dict[str, Any]
    """The answers that it was rendered with."""
    files: dict[str, str]
    """The files as they were made, and their digests."""
