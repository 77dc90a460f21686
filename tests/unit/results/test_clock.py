"""CF-10: SOURCE_DATE_EPOCH pins the wall clock of a run, and nothing else does."""

import pytest

from onex.results.clock import PinnedClock, SystemClock, system_clock
from onex.runs.run_id import format_run_id


@pytest.mark.parametrize(
    ("value", "run_id"),
    [
        ("0", "19700101T000000Z__demo__0000000"),
        ("1768660252", "20260117T143052Z__demo__0000000"),
        ("253402300799", "99991231T235959Z__demo__0000000"),
        ("999999999999", "99991231T235959Z__demo__0000000"),
    ],
)
def test_a_pinned_clock_gives_the_same_run_id_again(monkeypatch, value, run_id):
    """The moment is the one that was asked for, at most the last that documents can write."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    clock = system_clock()

    assert isinstance(clock, PinnedClock)
    assert [format_run_id(clock.wall_us(), "demo", "0000000") for _ in range(2)] == [run_id] * 2
    assert clock.monotonic_us() <= clock.monotonic_us()


@pytest.mark.parametrize("value", ["", "-1", "1e5", "abc", "٣", "9" * 13])
def test_what_is_no_moment_pins_nothing(monkeypatch, value):
    """Then the clock is that of the machine."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    assert type(system_clock()) is SystemClock
