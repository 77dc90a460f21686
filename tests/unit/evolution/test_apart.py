"""Reasoning that can be stopped."""

import os
import time

import pytest

from onex.evolution.schemas.apart import TOO_LONG, Unanswered, apart


def test_the_answer_comes_back():
    """Numbers of any size, text and nesting survive the way."""
    answer = [None, 10**40, 0.5, {"a": ["é\u2028", True]}]

    assert apart(lambda: answer, 10) == answer


def fall():
    return fall()


def run_out():
    return [bytearray(1 << 32)]


def stop():
    os._exit(3)


@pytest.mark.parametrize("ask", [fall, run_out, stop], ids=["recursion", "memory", "death"])
def test_what_cannot_be_answered_is_said_so(ask):
    """The end of the one who reasons is not the end of onex."""
    assert apart(ask, 10) == Unanswered(TOO_LONG)


def test_what_takes_too_long_is_stopped():
    """Nothing is left behind."""
    began = time.monotonic()

    assert apart(lambda: time.sleep(60), 0.2) == Unanswered(TOO_LONG)
    assert time.monotonic() - began < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_fault_is_told():
    """A fault of onex itself does not pass for a hard question."""
    with pytest.raises(RuntimeError, match="ZeroDivisionError: "):
        apart(lambda: 1 // 0, 10)


def test_without_fork(monkeypatch):
    """Then the answer is simply waited for."""
    monkeypatch.delattr(os, "fork")

    assert apart(lambda: 1, 0) == 1
