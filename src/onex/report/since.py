"""Since when: the words of `--since`, and of flags like it, as a moment."""

import re

from onex.errors import UsageError
from onex.results.moments import parse_utc

_SPAN = re.compile(r"(\d{1,9})([mhdw])", re.ASCII).fullmatch
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def since(text: str, now_us: int, *, flag: str = "--since") -> int:
    """The moment that ``text`` names, in microseconds since 1970; a date begins at midnight, UTC.

    Args:
        text: the words.
        now_us: the moment from which a span of time counts back, in microseconds since 1970.
        flag: the flag that they were given to, for the message.

    Raises:
        UsageError: it names none.
    """
    span = _SPAN(text)
    if span:
        return max(0, now_us - int(span[1]) * _SECONDS[span[2]] * 1_000_000)
    at_us = parse_utc(f"{text}T00:00:00Z" if _DATE(text) else text)
    if at_us is None:
        raise UsageError(
            f"{flag} {text}: no span of time and no moment since 1970",
            help="write `30m`, `12h`, `7d` or `2w`, a date as 2026-01-17, or a moment as 2026-01-17T14:30:52Z",
        )
    return at_us
