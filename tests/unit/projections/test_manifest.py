"""[001] manifest: the steps by name, the files with what gave them, the events ordered by time."""

import pytest
from hypothesis import given
from tests.sample_run import DIGEST, Facts, sample_run
from tests.strategies_runs import runs

from onex.projections import manifest, run_result
from onex.results.moments import parse_utc

ENDS = {
    "success": "step_finished",
    "failed": "step_failed",
    "skipped": "step_skipped",
    "blocked": "step_skipped",
}


@given(runs())
def test_events_are_ordered_and_complete(run):
    """ATLAS-U6: a run begins and ends, and so does each step, in the order of time."""
    document = manifest.document(run)
    events = document["events"]
    times = [parse_utc(event["timestamp"]) for event in events]
    kinds = [event["event_type"] for event in events]
    ends = {
        event["step_id"]: event["event_type"]
        for event in events
        if event["event_type"] in ENDS.values()
    }

    assert times == sorted(times)
    assert (kinds.count("run_started"), kinds.count("run_finished")) == (1, 1)
    assert ends == {name: ENDS[step["status"]] for name, step in document["steps"].items()}
    started = [event["step_id"] for event in events if event["event_type"] == "step_started"]
    assert sorted(started) == sorted(
        name for name, step in document["steps"].items() if step["started_at"]
    )


@given(runs())
def test_it_has_the_steps_of_the_run_result(run):
    """ATLAS-20, ATLAS-31: whatever the RunResult names, the manifest has."""
    problems = run_result.incomplete(run_result.document(run), manifest.document(run))

    assert problems == []


@given(runs())
def test_what_was_produced_names_a_step(run):
    """ATLAS-U8: or nothing, when it was the run itself."""
    document = manifest.document(run)

    assert {item["produced_by"] for item in document["artifacts"]} <= {None, *document["steps"]}


def test_sample():
    """Metrics of a step stay with the step (ATLAS-16)."""
    document = manifest.document(sample_run())

    assert document["steps"]["demo.text.clean"]["metrics"] == {"trimmed": 2}
    assert document["artifacts"] == [
        {
            "name": "table",
            "path": "artifacts/0-demo-text-clean/t.csv",
            "hash": DIGEST,
            "type": "text/csv",
            "produced_by": "demo.text.clean",
        }
    ]


@pytest.mark.parametrize("outcome", ["failure", "error"])
def test_it_is_written_however_the_run_ends(outcome):
    """ATLAS-U5, -U7: also of nothing; there is always a step."""
    document = manifest.document(Facts([]).finished(outcome).run())

    assert list(document["steps"]) == ["nodes::outcome"]
