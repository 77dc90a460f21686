# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Literal

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


class PathSettings(ContractModel):
    """Settings for a part of the workspace."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    ignore: Annotated[list[str], Field(max_length=1000)]
    """Rules whose findings do not count there."""


class Validation(ContractModel):
    """What `onex validate` looks for in the workspace, table `validate`; what stands on the command line takes the place of what stands here."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    select: Annotated[list[str] | MISSING, Field(max_length=1000, min_length=1)] = (
        MISSING
    )
    """The rules whose findings count, and no others."""
    ignore: Annotated[list[str] | MISSING, Field(max_length=1000)] = MISSING
    """Rules whose findings do not count."""
    fail_on: Literal["error", "warning", "never"] | MISSING = MISSING
    """The least severity that fails the gate; `never` reports and passes."""
    per_path: Annotated[dict[str, PathSettings] | MISSING, Field(max_length=1000)] = (
        MISSING
    )
    """Settings for a part of the workspace, by a pattern of paths below its root: `*` stands for a part of one name, `**` for any folders, and a folder for all that is in it."""


class Config(ContractModel):
    """The settings of a workspace, `onex.toml` or the table `tool.onex` of pyproject.toml."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    owner: Annotated[str | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """The person or team that answers for the nodes that `onex scaffold` makes."""
    edition: Literal["2026", "2027"] = "2026"
    """The edition of the rules that the workspace is held to; without it the first one, 2026. Rules of a later edition wait as previews."""
    required_version: Annotated[
        str,
        Field(
            alias="required-version",
            max_length=100,
            pattern="^(?:[=!<>]=|[<>]) ?[0-9]{1,9}(?:[.][0-9]{1,9}){0,3}(?:, ?(?:[=!<>]=|[<>]) ?[0-9]{1,9}(?:[.][0-9]{1,9}){0,3})*$",
        ),
    ] = ">=0"
    """The versions of onex that may work here, as pip has them: `>=0.2,<1`."""
    cache_dir: Annotated[
        str | None,
        Field(
            alias="cache-dir",
            max_length=200,
            pattern="^\\.[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$",
        ),
    ] = None
    """A hidden folder of the workspace, such as `.cache/onex`, for the verdicts that `onex validate` keeps for another time; they are kept in the user's own cache folder without it."""
    ci: CiPolicy | MISSING = MISSING
    """The rules that runs are held to."""
    validate_: Annotated[Validation | MISSING, Field(alias="validate")] = MISSING
    """What `onex validate` looks for, and what fails it."""
