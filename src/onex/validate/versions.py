"""Versions after Semantic Versioning, and the ranges of them that a dependency may name.

A range is a list of conditions joined by commas, such as `>=1.2,<2`; each is one of `=`, `==`, `!=`,
`<`, `<=`, `>`, `>=`, `^` (no breaking change), `~` (no new features) and a version, of which minor
and patch may be missing; `*` stands for all. A version before a release lies in a range only where
the range names one, as elsewhere.
"""

import re
from typing import NamedTuple

_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
_VERSION = re.compile(
    rf"(?P<major>{_NUMBER})(?:\.(?P<minor>{_NUMBER})(?:\.(?P<patch>{_NUMBER})"
    r"(?:-(?P<before>[0-9A-Za-z.-]{1,128}))?(?:\+[0-9A-Za-z.-]{1,128})?)?)?"
)
_CONDITION = re.compile(rf"(?P<sign>==|!=|<=|>=|[=<>^~])?\s*(?P<version>{_VERSION.pattern})")

FULL = 3
"""How many numbers a version has that leaves out none."""

Core = tuple[int, int, int]
Key = tuple[Core, bool, tuple[tuple[bool, int, str], ...]]


class Condition(NamedTuple):
    """One condition of a range: a sign, the version behind it, and how many numbers that has."""

    sign: str
    key: Key
    size: int


def parse_range(text: str) -> list[Condition] | None:
    """The conditions of a range; None when it is not one."""
    conditions = []
    for part in text.split(","):
        if part.strip() == "*":
            continue
        found = _CONDITION.fullmatch(part.strip())
        if found is None:
            return None
        size = FULL if found["patch"] else 2 if found["minor"] else 1
        conditions.append(Condition(found["sign"] or "=", _key(found), size))
    return conditions


def admits(conditions: list[Condition], version: str) -> bool:
    """Whether ``version`` meets all ``conditions``; what is no version meets none."""
    found = _VERSION.fullmatch(version)
    if found is None:
        return False
    key = _key(found)
    is_before = bool(found["before"])
    if is_before and not any(c.key[0] == key[0] and not c.key[1] for c in conditions):
        return False
    return all(_meets(key, condition) for condition in conditions)


def _key(found: re.Match[str]) -> Key:
    """What versions sort by: numbers, then releases behind what came before them."""
    core = int(found["major"]), int(found["minor"] or 0), int(found["patch"] or 0)
    before = found["before"]
    # Of the parts before a release, numbers sort as numbers and in front of words.
    parts = [
        (False, int(part), "") if part.isdecimal() else (True, 0, part)
        for part in (before.split(".") if before else ())
    ]
    return core, before is None, tuple(parts)


def _meets(key: Key, condition: Condition) -> bool:
    """Whether one version meets one condition."""
    low, size = condition.key, condition.size
    is_before = key < low
    # What leaves out numbers stands for all versions that begin with those it has.
    is_within = key == low if size == FULL else not is_before and key[0] < _next(low[0], size)
    is_behind = not is_before and not is_within
    answers = {
        "=": is_within,
        "==": is_within,
        "!=": not is_within,
        "<": is_before,
        "<=": not is_behind,
        ">": is_behind,
        ">=": not is_before,
        "~": not is_before and key[0] < _next(low[0], min(size, 2)),
        "^": not is_before and key[0] < _next_breaking(low[0], size),
    }
    return answers[condition.sign]


def _next(core: Core, size: int) -> Core:
    """The first version that no longer begins with the first ``size`` numbers of ``core``."""
    major, minor, patch = core
    return ((major + 1, 0, 0), (major, minor + 1, 0), (major, minor, patch + 1))[size - 1]


def _next_breaking(core: Core, size: int) -> Core:
    """The first version that may break what works with ``core``: below 1.0 a new minor one may."""
    major, minor, _ = core
    if major or size == 1:
        return _next(core, 1)
    return _next(core, FULL - 1 if minor or size < FULL else FULL)
