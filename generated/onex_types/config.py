# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import NotRequired, TypedDict


class CiPolicy(TypedDict):
    """The rules that runs of the workspace are held to, table `ci`."""

    policy: NotRequired[str]
    """The name of the policy, as reports show it."""
    triggered_by: NotRequired[str]
    """What asks for the runs, as reports show it."""
    minimum_coverage_required: NotRequired[int]
    """The share in percent of active nodes that a run must really execute, or fail."""


class Config(TypedDict):
    """The settings of a workspace, `onex.toml` or the table `tool.onex` of pyproject.toml."""

    owner: NotRequired[str]
    """The person or team that answers for the nodes that `onex scaffold` makes."""
    ci: NotRequired[CiPolicy]
    """The rules that runs are held to."""
