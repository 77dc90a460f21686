"""Moments: written in one way, read in all that RFC 3339 allows (CF-06, ONEX-R-07)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.results.moments import moment, parse_utc, utc, utc_exact, utc_seconds

LAST = 253_402_300_799_999_999


@given(st.integers(0, LAST))
def test_what_is_written_is_read(at_us):
    """To the microsecond."""
    assert parse_utc(utc(at_us)) == at_us
    assert parse_utc(utc_exact(at_us)) == at_us
    assert parse_utc(utc_seconds(at_us)) == at_us // 1_000_000 * 1_000_000
    assert moment(at_us) == utc(at_us)


@pytest.mark.parametrize(
    ("at_us", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1, "1970-01-01T00:00:00.000001Z"),
        (1_747_209_672_000_000, "2025-05-14T08:01:12Z"),
        (951_782_400_500_000, "2000-02-29T00:00:00.500000Z"),
        (LAST, "9999-12-31T23:59:59.999999Z"),
        (LAST + 1, "9999-12-31T23:59:59.999999Z"),
        (10**30, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_form(at_us, text):
    """Whole seconds, or six decimals; no document can write a moment beyond the year 9999."""
    assert utc(at_us) == text
    assert utc_seconds(at_us) == f"{text[:19]}Z"
    assert utc_exact(at_us)[:26] == text[:-1].ljust(26, "0").replace("Z", ".") or "." not in text


def test_a_line_of_a_log_always_has_its_decimals():
    """So that lines stand in columns."""
    assert utc_exact(1_747_209_672_000_000) == "2025-05-14T08:01:12.000000Z"


def test_what_is_not_known_is_not_written():
    """Nothing is made up."""
    assert moment(None) is None


@pytest.mark.parametrize(
    ("text", "at_us"),
    [
        ("2025-05-14T08:01:12z", 1_747_209_672_000_000),
        ("2025-05-14t08:01:12Z", 1_747_209_672_000_000),
        ("2025-05-14 08:01:12+00:00", 1_747_209_672_000_000),
        ("2025-05-14T10:01:12+02:00", 1_747_209_672_000_000),
        ("2025-05-13T20:31:12-11:30", 1_747_209_672_000_000),
        ("2025-05-14T08:01:12-00:00", 1_747_209_672_000_000),
        ("2025-05-14T08:01:12.5Z", 1_747_209_672_500_000),
        ("2025-05-14T08:01:12.123456789123Z", 1_747_209_672_123_456),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1969-12-31T23:59:59Z", None),
        ("1970-01-01T00:00:00+00:01", None),
        ("9999-12-31T23:59:59-00:01", None),
        ("0000-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("2025-02-29T00:00:00Z", None),
        ("2025-13-01T00:00:00Z", None),
        ("2025-05-14T24:00:00Z", None),
        ("2025-05-14T08:01:60Z", None),
        ("2025-05-14T08:01:12", None),
        ("2025-05-14T08:01:12+24:00", None),
        ("2025-05-14T08:01:12+00:60", None),
        ("2025-05-14T08:01:12.Z", None),
        ("2025-05-14", None),
        ("2025-05-14T08:01:12Z\n", None),
        ("٢٠٢٥-05-14T08:01:12Z", None),
        ("", None),
    ],
)  # fmt: skip
def test_reading(text, at_us):
    """Any offset; what names no moment since 1970 is none."""
    assert parse_utc(text) == at_us
