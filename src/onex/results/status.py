"""What the statuses of units amount to, for a whole run."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["success", "partial", "failure", "skipped", "blocked", "error"]
Outcome: TypeAlias = Literal["success", "partial", "failure", "error"]

UNCOUNTED: frozenset[Status] = frozenset({"error", "skipped", "blocked"})
"""Statuses that say nothing about the node, and never count for its trust."""


def outcome(statuses: Iterable[Status]) -> Outcome:
    """The outcome of a run: it depends on which statuses occurred, not on when or how often.

    A run of nothing is a failure: a gate that looked at nothing must not pass (AMB-02).
    """
    found = set(statuses)
    if not found:
        return "failure"
    if "error" in found:
        return "error"
    if found == {"success"}:
        return "success"
    if "failure" in found and found.isdisjoint({"success", "partial"}):
        return "failure"
    return "partial"
