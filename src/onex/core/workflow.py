"""What GitHub reads of a step: workflow commands, and rows of a table in its Markdown summary.

What others wrote is never a command or markup of its own: it stands escaped, on a row of ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from onex.core.words import cut

MOST = 9
"""GitHub shows ten annotations of a kind and step; the last is ours, and says how many there are."""

LIMIT = 900 * 1024
"""The most bytes of a summary; GitHub takes none of more than 1 MiB."""

TAIL = 2_048
"""How many bytes are kept for the row that says what was left out."""

LONGEST_CELL = 300

_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})

# A reference stands for its character and never for markup; the rest of ASCII means nothing
# within a cell, and the rest of Unicode means nothing at all.
_MARKUP = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_~[]<>&|#!@$:"})
_WEB = re.compile(r"(www)\.", re.IGNORECASE)  # becomes a link without any mark


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """One workflow command, on one row."""
    told = ",".join(f"{key}={text.translate(_PROPERTY)}" for key, text in properties.items())
    return f"::{name} {told}::{message.translate(_MESSAGE)}"


def cell(text: str, length: int = LONGEST_CELL) -> str:
    """``text`` on one row, with nothing in it that Markdown or HTML would read."""
    return _WEB.sub(r"\1&#46;", cut(text, length).translate(_MARKUP))


def fitting(rows: list[str], head: Iterable[str], limit: int = LIMIT) -> tuple[list[str], int]:
    """The rows that fit below ``head`` and the limit, and how many do not."""
    used = sum(_sizes(head))
    for number, size in enumerate(_sizes(rows)):
        used += size
        if used > limit - TAIL:
            return rows[:number], len(rows) - number
    return rows, 0


def _sizes(rows: Iterable[str]) -> Iterator[int]:
    return (len(row.encode()) + 1 for row in rows)
