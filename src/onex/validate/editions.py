"""Editions: which rules judge a workspace, and how bad what they find is there.

A workspace names the edition of the rules that it is held to. The rules of a later edition are
previews for it: they judge when they are asked for, and only warn. So no new onex turns a gate red
that was green; a person does, by the line that names the edition.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from onex.validate.rule import Rule, Severity
from onex.validate.rules import RULES
from onex_types.finding import Finding

Seen = TypeVar("Seen")


def is_preview(rule: Rule, edition: str) -> bool:
    """Whether ``rule`` is on trial in a workspace of ``edition``."""
    return rule.edition > edition


def severity_in(rule: Rule, edition: str) -> Severity:
    """How bad what ``rule`` finds is in a workspace of ``edition``."""
    return "warning" if is_preview(rule, edition) else rule.severity


def in_force(edition: str, *, preview: bool) -> tuple[Rule, ...]:
    """The rules that judge in a workspace of ``edition``, each as bad as it is there.

    Args:
        edition: the edition.
        preview: whether those of later editions judge, too.
    """
    return tuple(
        _weighed(rule, severity_in(rule, edition))
        for rule in RULES
        if preview or not is_preview(rule, edition)
    )


def _weighed(rule: Rule, severity: Severity) -> Rule:
    """``rule`` with findings of that severity."""
    if severity == rule.given:
        return rule
    return replace(
        rule,
        node=_finding(rule.node, severity) if rule.node else None,
        forest=_finding(rule.forest, severity) if rule.forest else None,
        history=_finding(rule.history, severity) if rule.history else None,
    )


def _finding(
    check: Callable[[Seen], Iterable[Finding]], severity: Severity
) -> Callable[[Seen], Iterator[Finding]]:
    """``check`` with findings of that severity."""

    def find(seen: Seen) -> Iterator[Finding]:
        for found in check(seen):
            found["severity"] = severity
            yield found

    return find
