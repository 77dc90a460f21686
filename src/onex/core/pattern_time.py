"""Which patterns keep an engine busy on a long text, although it never goes back.

A search in linear time takes, for each character, a step for each place of the pattern at which it
may stand. Where a pattern can begin anywhere or go on without end, many places are a long time.
"""

import re
from collections.abc import Iterator

MOST_PLACES = 500
"""How many places such a pattern may have; with them, a text of a MiB takes about two seconds."""

_TOKEN = re.compile(
    r"\\(?:[pPu]\{[^}]*\}|x..|u....|c.|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?:)?|"
    r"\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\}|.",
    re.DOTALL,
)
_SIGNS = frozenset("^$|?*+")


def excess(pattern: str) -> int:
    """How many places ``pattern`` has, if they are too many; else 0.

    Args:
        pattern: one that ``onex.core.patterns.judge`` has nothing against.
    """
    count = _places(pattern)
    return count if count > MOST_PLACES and not _gives_up(pattern) else 0


def _places(pattern: str) -> int:
    """What a pattern comes to, with each repetition written out."""
    sums, last = [0], 0
    for token in _tokens(pattern):
        sign = token[0]
        if sign.startswith("("):
            sums.append(0)
        elif sign == ")":
            last = sums.pop()
            sums[-1] += last
        elif token["least"]:
            # A count may have any number of zeros in front, but `int` takes no long text.
            times = int((token["most"] or token["least"]).lstrip("0") or 0)
            sums[-1] += last * max(times - 1, 0)
        elif sign not in _SIGNS:
            last = 1
            sums[-1] += last
    return sums[0]


def _gives_up(pattern: str) -> bool:
    """Whether a search begins at the start of the text alone, and never goes far."""
    depth, is_alone = 0, pattern.startswith("^")
    for token in _tokens(pattern):
        sign = token[0]
        depth += sign.startswith("(") - (sign == ")")
        if sign in {"*", "+"} or token["more"] == "," or (sign == "|" and not depth):
            is_alone = False
    return is_alone


def _tokens(pattern: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(pattern)
