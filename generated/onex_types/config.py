# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class CiPolicy(TypedDict):
    """The rules that runs of the workspace are held to, table `ci`."""

    policy: NotRequired[str]
    """The name of the policy, as reports show it."""
    triggered_by: NotRequired[str]
    """What asks for the runs, as reports show it."""
    minimum_coverage_required: NotRequired[int]
    """The share in percent of active nodes that a run must really execute, or fail."""


class PathSettings(TypedDict):
    """Settings for a part of the workspace."""

    ignore: list[str]
    """Rules whose findings do not count there."""


class Validation(TypedDict):
    """What `onex validate` looks for in the workspace, table `validate`; what stands on the command line takes the place of what stands here."""

    select: NotRequired[list[str]]
    """The rules whose findings count, and no others."""
    ignore: NotRequired[list[str]]
    """Rules whose findings do not count."""
    fail_on: NotRequired[Literal["error", "warning", "never"]]
    """The least severity that fails the gate; `never` reports and passes."""
    per_path: NotRequired[dict[str, PathSettings]]
    """Settings for a part of the workspace, by a pattern of paths below its root: `*` stands for a part of one name, `**` for any folders, and a folder for all that is in it."""


Config = TypedDict(
    "Config",
    {
        "owner": NotRequired[str],
        "edition": NotRequired[Literal["2026", "2027"]],
        "required-version": NotRequired[str],
        "cache-dir": NotRequired[str | None],
        "ci": NotRequired[CiPolicy],
        "validate": NotRequired[Validation],
    },
)
