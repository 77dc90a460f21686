"""Moments as documents write them: UTC with a `Z`, whole seconds or six decimals (CF-06)."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_US = 253_402_300_799_999_999
"""The last microsecond of the year 9999, beyond which no document can write a moment."""

_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?"
    r"([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
).fullmatch


def utc(at_us: int) -> str:
    """The moment ``at_us`` as `YYYY-MM-DDTHH:MM:SSZ`, with six decimals unless they are zero."""
    at_us = min(at_us, _LAST_US)
    fraction = f".{at_us % 1_000_000:06d}" if at_us % 1_000_000 else ""
    return f"{_seconds(at_us // 1_000_000)}{fraction}Z"


def moment(at_us: int | None) -> str | None:
    """The moment ``at_us`` as ``utc`` writes it; None where it is not known."""
    return None if at_us is None else utc(at_us)


def utc_exact(at_us: int) -> str:
    """The moment ``at_us``, with six decimals always, so that lines of a log stand in columns."""
    at_us = min(at_us, _LAST_US)
    return f"{_seconds(at_us // 1_000_000)}.{at_us % 1_000_000:06d}Z"


def utc_seconds(at_us: int) -> str:
    """The second in which the moment ``at_us`` lies."""
    return f"{_seconds(min(at_us, _LAST_US) // 1_000_000)}Z"


def parse_utc(text: str) -> int | None:
    """The moment that ``text`` names (RFC 3339, any offset), in microseconds; None when none.

    Moments before 1970 are none: no run began then; nor are those that ``utc`` could not write.
    """
    found = _MOMENT(text)
    if found is None:
        return None
    *fields, fraction, zone = found.groups()
    try:
        local = datetime(*map(int, fields), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    offset = timedelta()
    if zone not in "Zz":
        hours, minutes = int(zone[1:3]), int(zone[4:6])
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    microseconds = int(f"{fraction or '0':0<6}"[:6])
    at_us = (local - _EPOCH - offset) // timedelta(microseconds=1) + microseconds
    return at_us if 0 <= at_us <= _LAST_US else None


@lru_cache(maxsize=1024)
def _seconds(second: int) -> str:
    # Not strftime, whose year has no leading zeros on some platforms. Most moments of a run lie in
    # few seconds, so that each is written once.
    return (_EPOCH + timedelta(seconds=second)).isoformat()[:19]
