# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class CiPolicy(ContractModel):
    """The rules that runs of the workspace are held to, table `ci`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    policy: Annotated[str | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """The name of the policy, as reports show it."""
    triggered_by: Annotated[str | MISSING, Field(max_length=200, min_length=1)] = (
        MISSING
    )
    """What asks for the runs, as reports show it."""
    minimum_coverage_required: Annotated[int | MISSING, Field(ge=0, le=100)] = MISSING
    """The share in percent of active nodes that a run must really execute, or fail."""


class Config(ContractModel):
    """The settings of a workspace, `onex.toml` or the table `tool.onex` of pyproject.toml."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    owner: Annotated[str | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """The person or team that answers for the nodes that `onex scaffold` makes."""
    ci: CiPolicy | MISSING = MISSING
    """The rules that runs are held to."""
