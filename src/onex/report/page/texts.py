"""Text of a run as a page shows it: printable, bounded, and numbers with their units.

Whatever a node wrote becomes one row of printable text, or a block of such rows. Markup is not
looked at here: the templates escape all of it.
"""

import json
import re

from onex.core.text import printable, split_lines
from onex.core.values import JSON

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""What colours a terminal, moves its cursor, or sets its title."""

LONGEST_LINE = 300


def cut(text: str, most: int) -> str:
    """``text`` in one row of at most ``most`` printable characters."""
    shown = printable(text[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def cut_start(text: str, most: int) -> str:
    """The end of ``text``, where names differ, in at most ``most`` printable characters."""
    shown = printable(text[-most - 1 :])
    return shown if len(shown) <= most else f"…{shown[1 - most :]}"


def block(text: str) -> list[str]:
    """The rows of ``text``, without what only a terminal understands."""
    rows = split_lines(_ESCAPES.sub("", text)) if text else []
    return [printable(row.expandtabs(4)) for row in rows]


def tail(text: str, most: int) -> list[str]:
    """The last rows of ``text``, at most ``most``, each of a bounded length."""
    rows = block(text.rstrip())
    return [cut(row, LONGEST_LINE) for row in rows[-most:]]


def compact(value: JSON) -> str:
    """A value of JSON in one row; a text as it is."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))
