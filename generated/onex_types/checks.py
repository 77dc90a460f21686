# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Check(TypedDict):
    """One check."""

    id: str
    """The check's id, unique in its run."""
    name: str
    """The check's name."""
    status: Literal["pass", "fail", "skip"]
    """How it ended."""
    evidence: list[str]
    """Where the evidence lies: `run.json:<JSON path>`, `run.log:line:<n>` or `artifacts/<path>`."""
    detail: NotRequired[str | None]
    """What else there is to say about it."""
    warnings: NotRequired[list[str]]
    """What a person should look at."""
    x_onex: NotRequired[dict[str, Any]]
    """How it ended in the words of onex, where `status` has no word for it."""


ChecksSummary = TypedDict(
    "ChecksSummary",
    {
        "pass": int,
        "fail": int,
        "skip": int,
    },
)


class Checks(TypedDict):
    """The checks of one run, `checks.json`."""

    run_id: str
    """The run that they belong to."""
    checks: list[Check]
    """The checks, in the order of the plan."""
    summary: ChecksSummary
    """How many ended how."""
