"""Which version says to others what a change means (Semantic Versioning 2.0.0, 7 and 8)."""

from typing import NamedTuple

from onex.evolution.change import Verdict


class Version(NamedTuple):
    """A version without its build metadata, which says nothing of what comes before what."""

    major: int
    minor: int
    patch: int
    pre: str


def read(text: str) -> Version:
    """The version that ``text``, which keeps the schema of versions, spells."""
    core, _, pre = text.partition("+")[0].partition("-")
    major, minor, patch = (int(part) for part in core.split("."))
    return Version(major, minor, patch, pre)


def needed(before: str, verdict: Verdict) -> str | None:
    """The least version that says that a node changed so; None where none is needed.

    Below 1.0.0 the minor version tells what the major version tells later.
    """
    major, minor, patch, pre = read(before)
    if verdict == "metadata":
        return None
    if pre:
        # What leads up to a release may change in any way before it.
        return f"{major}.{minor}.{patch}"
    if verdict == "breaking" and major:
        return f"{major + 1}.0.0"
    if verdict == "breaking" or (verdict in {"escalating", "compatible"} and major):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def is_enough(before: str, after: str, least: str | None) -> bool:
    """Whether ``after`` says it: it comes behind ``before``, and leads up to ``least`` or beyond."""
    if least is None:
        return not comes_before(after, before)
    return comes_before(before, after) and read(after)[:3] >= read(least)[:3]


def comes_before(left: str, right: str) -> bool:
    """Whether ``left`` precedes ``right`` (Semantic Versioning 2.0.0, 11)."""
    first, second = read(left), read(right)
    return (first[:3], _rank(first.pre)) < (second[:3], _rank(second.pre))


def _rank(pre: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    """How far a version is on its way to the release, which itself comes last."""
    parts = pre.split(".") if pre else []
    return not pre, [
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts
    ]
