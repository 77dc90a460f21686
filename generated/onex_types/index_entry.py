# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, TypedDict


class IndexEntry(TypedDict):
    """One line of `reports/runs/index.jsonl`: what a list of runs shows of one."""

    run_id: str
    """The id of the run."""
    pipeline_id: str
    """What was run."""
    outcome: Literal["success", "partial", "failure", "error"]
    """How the run ended."""
    started_us: int
    """When the run began."""
    duration_us: int
    """How long the run took."""
    units: dict[str, int]
    """How many units ended how, by status."""
    finished: bool
    """Whether the run came to its end, with all of its files; else `onex runs recover` closes it."""
