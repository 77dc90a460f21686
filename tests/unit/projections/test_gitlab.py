"""GitLab code quality: the whole output, and what GitLab asks of each finding."""

import json

import pytest
from hypothesis import given
from tests.exports import golden
from tests.hostile import runs
from tests.sample_run import RUN_ID, sample_run

from onex.projections.gitlab import SEVERITIES, code_quality
from onex.results.told import told_units

RECORD = f"reports/runs/{RUN_ID}/run.json"
UNITS = {unit["unit_id"]: unit for unit in sample_run()["units"]}
FIELDS = {"description", "check_name", "fingerprint", "severity", "location"}


def findings(run):
    return json.loads(code_quality(run))


def test_sample():
    """A finding for each unit that did not plainly succeed."""
    assert code_quality(sample_run()) == golden("code_quality.json")


def test_nothing_found():
    """An empty report is a list all the same."""
    run = {**sample_run(), "units": [UNITS["demo.text.clean"]], "outcome": "success"}

    assert code_quality(run) == "[]\n"


@given(runs())
def test_findings_are_what_gitlab_reads(run):
    """Every field is there and says something; fingerprints are unique; places are inside."""
    found = findings(run)
    statuses = [unit["status"] for unit in told_units(run) if unit["status"] != "success"]
    paths = [finding["location"]["path"] for finding in found]

    assert [finding["severity"] for finding in found] == [SEVERITIES[s] for s in statuses]
    assert len({finding["fingerprint"] for finding in found}) == len(found)
    assert all(set(finding) == FIELDS for finding in found)
    assert all(f["description"].isprintable() and f["check_name"] for f in found)
    assert all(f["location"]["lines"] == {"begin": 1} for f in found)
    assert not any(path.startswith("/") or ".." in path.split("/") for path in paths)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("demo.text.count", "demo/text/count/node.onex"),
        ("demo.text.absent", "demo/text/absent/node.onex"),
        ("nightly::row_count", RECORD),
        ("gate::coverage", RECORD),
    ],
)
def test_place(name, path):
    """What has no file of its own is found in the record of the run."""
    places = {
        f["description"].split(": ")[0]: f["location"]["path"] for f in findings(sample_run())
    }

    assert places[name] == path


def test_run_of_nothing_is_a_finding():
    """An empty report would be a clean one (AMB-02)."""
    (finding,) = findings({**sample_run(), "units": [], "outcome": "failure"})

    assert finding["check_name"] == "run-failure"
    assert finding["location"]["path"] == RECORD
