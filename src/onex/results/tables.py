"""The statuses of onex in the words of other formats, and back (REQUIREMENTS, section F).

A format that has no word for a status takes the nearest; then an extension member of that format
keeps the exact one.
"""

from onex.results.status import Outcome, Status

BATCH: dict[Status, tuple[str, bool]] = {
    "success": ("success", True),
    "failure": ("failure", True),
    "skipped": ("skipped", True),
    "partial": ("partial", True),
    "blocked": ("skipped", False),
    "error": ("failure", False),
}
"""[000] node results: the word, and whether it says all that there is to say."""

STEP: dict[Status, tuple[str, bool]] = {
    "success": ("success", True),
    "failure": ("failed", True),
    "skipped": ("skipped", True),
    "blocked": ("blocked", True),
    "partial": ("success", False),
    "error": ("failed", False),
}
"""[001] steps."""

CHECK: dict[Status, tuple[str, bool]] = {
    "success": ("pass", True),
    "failure": ("fail", True),
    "skipped": ("skip", True),
    "blocked": ("skip", False),
    "partial": ("skip", False),
    "error": ("fail", False),
}
"""[003] checks."""

OUTCOMES: dict[str, Outcome] = {"success": "success", "failed": "failure", "partial": "partial"}
"""The outcome of a run behind the word of [001] and [003]."""


def exact(table: dict[Status, tuple[str, bool]], word: str, told: object) -> Status:
    """The status behind ``word``: the exact one that is ``told``, where the two agree."""
    for status, (known, is_exact) in table.items():
        if known == word and not is_exact and told == status:
            return status
    return next(status for status, (known, is_exact) in table.items() if known == word and is_exact)
