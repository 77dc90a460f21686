"""Figures as people read them: durations, percentages, ratios. All are rounded down."""

from decimal import ROUND_DOWN, Decimal

MILLISECOND, SECOND, MINUTE, HOUR = 1_000, 1_000_000, 60_000_000, 3_600_000_000


def duration(us: int) -> str:
    """A duration in the two units that say most of it."""
    if us < SECOND:
        return f"{us // 1000} ms"
    if us < MINUTE:
        return f"{us // 100_000 / 10:.1f} s"
    if us < HOUR:
        return f"{us // MINUTE} min {us % MINUTE // SECOND} s"
    return f"{us // HOUR} h {us % HOUR // MINUTE} min"


def fine_duration(us: int | None) -> str:
    """How long something took, rounded down to about three digits; a dash when it is not known."""
    if us is None:
        return "—"
    if us < MILLISECOND:
        return f"{us} µs"
    if us < SECOND:
        return f"{_three(us, MILLISECOND)} ms"
    if us < MINUTE:
        return f"{_three(us, SECOND)} s"
    if us < HOUR:
        return f"{us // MINUTE} min {us % MINUTE // SECOND:02d} s"
    return f"{us // HOUR} h {us % HOUR // MINUTE:02d} min"


def percent(value: float, places: int = 2) -> str:
    """``value`` with at most ``places`` decimals; 100 only when it is all (DESIGN.md, section 7)."""
    # A float's own digits, not its binary value: 66.66 is to stay 66.66.
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(before_us: int, after_us: int) -> float | None:
    """How many times as long ``after_us`` is, to two decimals; None when there was nothing before."""
    return after_us * 100 // before_us / 100 if before_us else None


def _three(us: int, unit: int) -> str:
    """``us`` in ``unit``, in three digits at least where they are not zeros at the end."""
    whole = us // unit
    decimals = max(0, 3 - len(str(whole)))
    fraction = us % unit * 10**decimals // unit
    return f"{whole}.{fraction:0{decimals}d}".rstrip("0").rstrip(".") if decimals else str(whole)
