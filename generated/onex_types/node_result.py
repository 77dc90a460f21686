# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from .common import Action, Artifact, Extract


class NodeResult(TypedDict):
    """What a node hands back: its output state, and whatever else it wants on record."""

    state: dict[str, Any]
    """The output state."""
    summary: NotRequired[str]
    """What happened, in one line."""
    metrics: NotRequired[dict[str, int | float | str | bool]]
    """Numbers worth keeping, by name."""
    warnings: NotRequired[list[str]]
    """What a person should look at, although the node succeeded."""
    artifacts: NotRequired[list[Artifact]]
    """Files that the node gave."""
    actions: NotRequired[list[Action]]
    """What the node did, in order."""
    extracts: NotRequired[list[Extract]]
    """What the node took out of artifacts, in order."""
