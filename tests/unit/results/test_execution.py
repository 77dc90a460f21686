"""Results as a fold over facts: order, cut-off runs, clocks that go back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.results import facts, run_facts
from onex.results.execution import INTERRUPTED, fold
from onex_contract import registry

DIGEST = "0" * 64
TRUST = {"policy": "default", "minimum": None, "counted": True, "level": "unrated", "score": None}
ISOLATION = {"requested": "process", "effective": "process", "degraded": []}


def planned(unit, at_us=0, *, locked=True):
    return {
        "v": "1.0",
        "kind": "unit_planned",
        "at_us": at_us,
        "unit": unit,
        "node_id": "t.node",
        "node_version": "1.0.0",
        "node_hash": DIGEST,
        "behaviour": DIGEST,
        "executor": "noop",
        "lifecycle": "active",
        "locked": locked,
        "case": None,
        "trust": TRUST,
    }


def started(unit, at_us=0):
    return facts.unit_started(at_us, unit, seq_exec=unit, input_state={"a": 1}, isolation=ISOLATION)


def finished(unit, status="success", at_us=0, duration_us=5):
    return facts.unit_finished(
        at_us, unit, status=status, reason=None, error=None, duration_us=duration_us
    )


def assert_valid(result):
    assert [e.message for e in registry.validator("execution_result").iter_errors(result)] == []


@given(st.permutations(range(5)))
def test_results_stand_in_the_order_of_the_plan(order):
    """However units end, results are ordered by their place in the plan; none is missing."""
    told = [planned(unit) for unit in order]
    told += [fact for unit in reversed(order) for fact in (started(unit), finished(unit))]

    assert [result["seq_plan"] for result in fold(told)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("length", range(1, 5))
def test_every_beginning_of_a_journal_gives_a_result(length):
    """A run that is cut off anywhere has one valid result for every planned unit."""
    step = {"step": "input", "status": "ok", "duration_us": 1, "detail": None}
    told = [planned(0, 10), started(0, 20), facts.unit_step(27, 0, step), finished(0)]

    (result,) = fold(told[:length])

    assert_valid(result)
    ended = (result["status"], result["reason"], result["error"], result["trust"]["counted"])
    assert ended == (
        ("success", None, None, True)
        if length == 4
        else ("error", "interrupted", INTERRUPTED, False)
    )
    assert result["duration_us"] == [0, 0, 7, 5][length - 1]


def test_a_wall_clock_that_goes_back_does_not_end_a_unit_before_it_began():
    """The end is the beginning and the measured duration, whatever the wall clock says."""
    (result,) = fold([planned(0, 900), started(0, 1000), finished(0, at_us=3, duration_us=40)])

    assert (result["started_us"], result["finished_us"]) == (1000, 1040)


@pytest.mark.parametrize("status", ["success", "partial", "failure", "skipped", "blocked", "error"])
@pytest.mark.parametrize("locked", [True, False])
def test_what_counts_for_trust(status, locked):
    """Only what the node itself did, and only as it was locked, counts."""
    (result,) = fold([planned(0, locked=locked), started(0), finished(0, status)])

    assert result["trust"]["counted"] is (locked and status in {"success", "partial", "failure"})


def test_the_run_gives_its_id():
    """A result knows its run; one without a run says so."""
    git = {"sha": None, "sha7": "0000000", "ref": None}
    run = run_facts.run_started(0, run_id="2026", pipeline_id="p", onex_version="1", git=git)
    end = run_facts.run_finished(9, outcome="success", duration_us=9)
    unit = [planned(0), started(0), finished(0)]

    assert [result["run_id"] for result in fold([run, *unit, end])] == ["2026"]
    assert [result["run_id"] for result in fold(unit)] == ["unrecorded"]


def test_remarks_of_the_gate_become_warnings():
    """What onex let pass with a remark stands before the node's own warnings."""
    remark = {"step": "lock", "status": "ok", "duration_us": 1, "detail": "not locked"}
    refused = {"step": "execute", "status": "fail", "duration_us": 1, "detail": "broke"}
    told = [
        planned(0),
        facts.unit_step(0, 0, remark),
        started(0),
        facts.unit_step(0, 0, refused),
        facts.unit_result(0, 0, {"state": {}, "warnings": ["mind the gap"]}),
        finished(0),
    ]

    assert fold(told)[0]["warnings"] == ["not locked", "mind the gap"]
