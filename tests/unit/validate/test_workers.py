"""Work in several processes gives what one gives, and leaves nothing behind (D1)."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import many_nodes

from onex.errors import OnexError
from onex.validate import judge, workers
from onex.validate.judge import Means
from onex.validate.text import render_ndjson, render_text


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A workspace with nodes of all kinds."""
    root = tmp_path_factory.mktemp("many")
    many_nodes.make(root, copies=2)
    return root


def children():
    """The children of this process, ended or not."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _, _, rest = path.read_text().rpartition(")")
            if int(rest.split()[1]) == os.getpid():
                found.add(path.parent.name)
    return found


@pytest.fixture
def others():
    """The children that are here already, such as one that watches over shared memory."""
    return children()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(0, 40), jobs=st.integers(1, 9))
def test_the_order_is_that_of_the_list(others, count, jobs):
    """However many there are to do it, each value stands where its item stood."""
    found = workers.spread(range(count), lambda part: [item * 2 for item in part], jobs)

    assert found == [item * 2 for item in range(count)]
    assert children() <= others


def test_the_work_is_shared():
    """More processes than one have a part in it."""

    def work(part):
        time.sleep(0.005)
        return [os.getpid() for _ in part]

    assert len(set(workers.spread(range(16), work, 4))) > 1


@pytest.mark.parametrize("jobs", [2, 8])
def test_d1_findings_do_not_depend_on_the_processes(many, jobs, monkeypatch):
    """Byte for byte the same, in the same order, for one, two and eight processes."""
    monkeypatch.setattr(judge, "LEAST", 2)
    one, several = (many_nodes.judge(many, Means(count)) for count in (1, jobs))

    assert list(render_ndjson(several.findings)) == list(render_ndjson(one.findings))
    assert list(render_text(several)) == list(render_text(one))
    assert several == one
    assert {finding["code"] for finding in one.findings} >= many_nodes.CODES
    assert one.waived


def test_process_that_dies_is_an_error(others):
    """What it was to check was not checked: that is no verdict."""
    here = os.getpid()

    def work(part):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return list(part)

    with pytest.raises(OnexError, match="was ended by signal 9") as caught:
        workers.spread(range(32), work, 2)

    assert "`-j 1`" in caught.value.help
    assert children() <= others


def test_process_that_fails_is_an_error(capfd):
    """Its traceback is nobody's business; one process would show what it is."""
    here = os.getpid()

    def work(part):
        if os.getpid() != here:
            raise ValueError
        time.sleep(0.01)
        return list(part)

    with pytest.raises(OnexError, match="a part of the nodes failed"):
        workers.spread(range(32), work, 2)

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_s1_what_stops_this_process_stops_the_others(others, error):
    """Nobody works on for a command that has ended."""
    here = os.getpid()

    def work(part):
        if os.getpid() == here:
            raise error
        time.sleep(60)
        return list(part)

    start = time.monotonic()
    with pytest.raises(error):
        workers.spread(range(32), work, 3)

    assert time.monotonic() - start < 30
    assert children() <= others


def test_where_nothing_can_be_forked_one_process_does_it(monkeypatch):
    """Neither a system without fork nor one that is full keeps anybody from checking."""

    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert workers.spread(range(9), list, 2) == list(range(9))

    monkeypatch.delattr(os, "fork")
    assert workers.spread(range(9), list, 2) == list(range(9))
    assert workers.default_jobs() == 1


def test_no_descriptor_is_left_open():
    """W13: a thousand calls in one process would run out of them."""
    before = len(os.listdir("/proc/self/fd"))

    for _ in range(5):
        workers.spread(range(9), list, 3)

    assert len(os.listdir("/proc/self/fd")) == before
