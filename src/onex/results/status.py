"""What the statuses of units amount to, for a whole run."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["success", "partial", "failure", "skipped", "blocked", "error"]
Outcome: TypeAlias = Literal["success", "partial", "failure", "error"]

UNCOUNTED: frozenset[Status] = frozenset({"error", "skipped", "blocked"})
"""Statuses that say nothing about the node, and never count for its trust."""


_BEST_FIRST: tuple[Outcome, ...] = ("success", "partial", "failure", "error")


def is_too_good(told: Outcome, statuses: Iterable[Status]) -> bool:
    """Whether the outcome ``told`` claims more than the statuses of units amount to.

    A run may end worse than its units, when it was cut off; and a run of nothing may be let pass.
    """
    found = list(statuses)
    return bool(found) and at_least(told, found) != told


def at_least(told: Outcome, statuses: Iterable[Status]) -> Outcome:
    """The outcome ``told``, or what the statuses of units amount to where that is worse."""
    return max(told, outcome(statuses), key=_BEST_FIRST.index)


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
