"""Waivers: findings that the owner of a node accepts until a day, for a reason.

A waived finding does not count, and is shown as waived. What is wrong with a waiver is a finding of
its own. A waiver reaches the findings of its own node alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from onex.validate.rule import Rule, WaiverUse
from onex.validate.rules import RULES
from onex.validate.rules.waiver_code import HELD
from onex.validate.rules.waiver_unused import RULE as UNUSED
from onex.validate.seen import Seen
from onex_types.finding import Finding
from onex_types.onex_node import Waiver

BY_CODE = {rule.code: rule for rule in RULES}


class Waived(NamedTuple):
    """A finding that does not count, and the waiver that says so."""

    finding: Finding
    waiver: Waiver


def apply(  # noqa: PLR0913
    findings: Sequence[Finding],
    subjects: Sequence[Seen],
    today: str,
    rules: Sequence[Rule] = RULES,
    *,
    is_whole: bool,
    others: Sequence[Seen] = (),
) -> tuple[list[Finding], list[Waived]]:
    """The findings that still count, with those about waivers, and the waived ones.

    Args:
        findings: what was found.
        subjects: what was looked at.
        today: the date, as `2026-01-31`.
        rules: the rules that judged.
        is_whole: whether the whole workspace was looked at.
        others: nodes that are judged elsewhere, but for what is said of nodes together.
    """
    together = [*subjects, *others]
    holders = {subject.node_id: subject for subject in together if waivers_of(subject)}
    kept: list[Finding] = []
    waived: list[Waived] = []
    counts: dict[tuple[str | None, int], int] = {}
    for finding in findings:
        holder = holders.get(finding["node_id"])
        number = _find(waivers_of(holder), finding, today) if holder else None
        if holder is None or number is None:
            kept.append(finding)
            continue
        waived.append(Waived(finding, waivers_of(holder)[number]))
        key = holder.node_id, number
        counts[key] = counts.get(key, 0) + 1
    judged = {rule.code for rule in rules}
    elsewhere = {id(subject) for subject in others}
    for subject in holders.values():
        for use in _uses(subject, counts, today, judged, is_whole=is_whole):
            rule = BY_CODE.get(use.waiver["code"])
            if id(subject) not in elsewhere:
                kept += _judge(use)
            elif rule is not None and rule.forest:
                # All else that is wrong with it is told where its node is judged.
                kept += (finding for finding in _judge(use) if finding["code"] == UNUSED.code)
    return kept, waived


def _uses(
    subject: Seen,
    counts: Mapping[tuple[str | None, int], int],
    today: str,
    judged: Collection[str],
    *,
    is_whole: bool,
) -> Iterator[WaiverUse]:
    """The waivers of a node, each with what it came to."""
    for number, waiver in enumerate(waivers_of(subject)):
        rule = BY_CODE.get(waiver["code"])
        looked = bool(subject.segments) and (is_whole or (rule is not None and not rule.forest))
        # What a change came to is past with the next commit; the waiver of it ends by its date.
        looked = looked and (rule is None or (rule.code in judged and not rule.history))
        yield WaiverUse(
            subject=subject,
            pointer=f"/waivers/{number}",
            waiver=waiver,
            today=today,
            rules=BY_CODE,
            count=counts.get((subject.node_id, number), 0),
            is_whole=looked,
        )


def waivers_of(subject: Seen) -> Sequence[Waiver]:
    """The waivers of a node whose document can be read; none else."""
    return subject.facts.get("waivers", ()) if subject.facts else ()


def _find(waivers: Sequence[Waiver], finding: Finding, today: str) -> int | None:
    """The number of the waiver that ``finding`` falls under."""
    code = finding["code"]
    if code.startswith(HELD):
        return None
    numbers = (
        number
        for number, waiver in enumerate(waivers)
        if waiver["code"] == code and today <= waiver["expires"]
    )
    return next(numbers, None)


def _judge(use: WaiverUse) -> Iterator[Finding]:
    """What the rules have against a waiver; one that cannot hold, or has ended, is not unused too."""
    for rule in RULES:
        if rule.waiver:
            found = list(rule.waiver(use))
            if found:
                yield from found
                return
