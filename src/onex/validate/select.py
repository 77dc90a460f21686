"""Which findings count: by rule, by place, and by how bad they are."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import translate
from functools import cache

from onex.core.words import suggest
from onex.errors import UsageError
from onex.validate.engine import FailOn, Verdict
from onex.validate.rules import RULES
from onex_types.finding import Finding

EVERY = frozenset(rule.code for rule in RULES)

FAMILY = re.compile(r"ONX[0-9]{0,3}").fullmatch


@dataclass(frozen=True, slots=True)
class Choice:
    """What counts.

    Attributes:
        codes: the rules whose findings count.
        per_path: for patterns of paths below the root, the rules whose findings do not count there.
        fail_on: the least severity that fails the gate.
    """

    codes: frozenset[str] = EVERY
    per_path: tuple[tuple[str, frozenset[str]], ...] = ()
    fail_on: FailOn = "error"


def resolve(selectors: Iterable[str], origin: str) -> frozenset[str]:
    """The codes of the rules that ``selectors`` mean: codes, beginnings of codes, and names.

    Args:
        selectors: what was asked for.
        origin: where it was asked for, as errors say it.

    Raises:
        UsageError: one of them means no rule.
    """
    found: set[str] = set()
    for selector in selectors:
        code, name = selector.strip().upper(), selector.strip().lower().replace("_", "-")
        fitting = {
            rule.code
            for rule in RULES
            if rule.name == name or (FAMILY(code) and rule.code.startswith(code))
        }
        if not fitting:
            near = suggest(selector, [text for rule in RULES for text in (rule.code, rule.name)])
            raise UsageError(
                f"{origin}: there is no rule '{selector}'" + (f"; {near}" if near else ""),
                help="run `onex explain` to see all of them",
            )
        found |= fitting
    return frozenset(found)


def sift(verdict: Verdict, choice: Choice, root: str | None) -> Verdict:
    """The verdict with the findings that count.

    Args:
        verdict: the verdict, with paths as the engine gives them.
        choice: what counts.
        root: the workspace that the patterns of ``choice`` are about, if there is one.
    """

    def counts(finding: Finding) -> bool:
        code = finding["code"]
        if code not in choice.codes:
            return False
        ignoring = [pattern for pattern, codes in choice.per_path if code in codes]
        if not ignoring or root is None:
            return True
        path = _below(root, finding["path"])
        return path is None or not any(matches(pattern, path) for pattern in ignoring)

    return replace(
        verdict,
        fail_on=choice.fail_on,
        findings=[finding for finding in verdict.findings if counts(finding)],
        waived=[waived for waived in verdict.waived if counts(waived.finding)],
    )


def matches(pattern: str, path: str) -> bool:
    """Whether ``pattern`` stands for ``path`` or for a folder that it lies in.

    It takes a time that grows with the product of their lengths at most, whatever they hold.
    """
    # `reached` holds how many parts of the pattern may be used up by the parts of the path so far.
    parts = pattern.strip("/").split("/")
    reached = _skip(parts, {0})
    for name in path.split("/"):
        step = {at for at in reached if at < len(parts) and parts[at] == "**"}
        step |= {at + 1 for at in reached if at < len(parts) and _fits(parts[at], name)}
        reached = _skip(parts, step)
        if len(parts) in reached:
            return True
    return False


def _skip(parts: Sequence[str], reached: set[int]) -> set[int]:
    """``reached`` with what follows it where `**` stands for no folder at all."""
    found = set(reached)
    for at, part in enumerate(parts):
        # At the end it stands for what is inside a folder, and so for one name at least.
        if at in found and part == "**" and at + 1 < len(parts):
            found.add(at + 1)
    return found


def _fits(part: str, name: str) -> bool:
    return _compiled(part).match(name) is not None


@cache
def _compiled(part: str) -> re.Pattern[str]:
    # What Python makes of a pattern matches without going back: each `*` is decided once.
    return re.compile(translate(part))


def _below(root: str, path: str) -> str | None:
    """``path`` as seen from ``root``, with `/` between its parts; None when it lies elsewhere."""
    found = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
    return None if found.split("/")[0] == ".." else found
