"""The in-toto statement: which files it is about, and that no policy takes a bad run for a good one."""

import json

import pytest
from hypothesis import given
from tests.exports import golden
from tests.hostile import runs
from tests.sample_run import DIGEST, RUN_ID, sample_run

from onex.core.canonical import golden_bytes
from onex.errors import RefusedError
from onex.projections.intoto import result, statement
from onex.results.told import told_units

FILES = {"run.json": "cd" * 32, "journal.jsonl": "ef" * 32}
TABLE = "artifacts/0-demo-text-clean/t.csv"
UNITS = {unit["unit_id"]: unit for unit in sample_run()["units"]}
CLEAN, PLAIN = UNITS["demo.text.clean"], UNITS["demo.text.clean::trims both ends"]


def predicate(run):
    return json.loads(statement(run, FILES))["predicate"]


def run_of(outcome, *units):
    named = [{**unit, "unit_id": f"u{n}"} for n, unit in enumerate(units)]
    return {**sample_run(), "outcome": outcome, "units": named}


def test_sample():
    """Subjects, configuration and the three lists."""
    assert statement(sample_run(), FILES) == golden("statement.json")


def test_encoding():
    """One line in the golden encoding, so that what is signed can be made again."""
    written = statement(sample_run(), FILES)

    assert written.encode() == golden_bytes(json.loads(written)) + b"\n"


@pytest.mark.parametrize(
    ("outcome", "changes", "verdict"),
    [
        ("success", {}, "PASSED"),
        ("success", {"warnings": ["short"]}, "WARNED"),
        ("partial", {"status": "partial"}, "WARNED"),
        ("partial", {"status": "skipped"}, "WARNED"),
        ("partial", {"status": "failure", "critical": False}, "WARNED"),
        ("partial", {"status": "blocked", "critical": False}, "WARNED"),
        ("partial", {"status": "failure"}, "FAILED"),
        ("partial", {"status": "blocked"}, "FAILED"),
        ("failure", {}, "FAILED"),
        ("error", {}, "FAILED"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.values())),
)
def test_result(outcome, changes, verdict):
    """A run is as bad as its outcome, or as the worst of its critical units."""
    assert result(run_of(outcome, PLAIN, {**PLAIN, **changes})) == verdict


@given(runs())
def test_passed_means_that_every_unit_passed(run):
    """PASSED is said of a success alone, and only where nothing warned, failed or did not run."""
    told = predicate({**run, "artifacts": []})
    units = told_units(run)

    if told["result"] == "PASSED":
        assert run["outcome"] == "success"
        assert told["passedTests"] == [unit["unit_id"] for unit in units]
    if run["outcome"] in {"failure", "error"}:
        assert told["result"] == "FAILED"
    listed = told["passedTests"] + told["warnedTests"] + told["failedTests"]
    ran = [unit["unit_id"] for unit in units if unit["status"] not in {"skipped", "blocked"}]
    assert sorted(listed) == sorted(ran)


def test_run_of_nothing_fails():
    """AMB-02: nothing checked is not passed."""
    told = predicate({**sample_run(), "units": [], "outcome": "failure"})

    assert (told["result"], told["failedTests"]) == ("FAILED", ["nodes::outcome"])


@given(runs())
def test_every_subject_has_a_digest_and_a_name_of_its_own(run):
    """Statement v1: each subject must have a digest; names should be unique."""
    subjects = json.loads(statement(run, FILES))["subject"]
    names = [subject["name"] for subject in subjects]

    assert names == sorted(set(names))
    assert all(len(subject["digest"]["sha256"]) == 64 for subject in subjects)


@pytest.mark.parametrize(
    ("recorded", "names"),
    [
        (DIGEST, ["journal.jsonl", "run.json", "t"]),
        (f"sha256:{DIGEST}", ["journal.jsonl", "run.json", "t"]),
        ("md5:0123", ["journal.jsonl", "run.json"]),
    ],
    ids=["bare", "prefixed", "other"],
)
def test_artifact(recorded, names):
    """A digest of another kind is not written as a SHA-256 (CF-16)."""
    artifact = {"name": "t", "path": "t", "hash": recorded, "type": "", "produced_by": None}
    told = json.loads(statement({**sample_run(), "artifacts": [artifact]}, FILES))

    assert [subject["name"] for subject in told["subject"]] == names


def test_artifact_that_changed_is_not_attested():
    """The file is not what the run gave, so nothing can be said of it."""
    with pytest.raises(RefusedError) as refused:
        statement(sample_run(), {**FILES, TABLE: "00" * 32})

    assert str(refused.value) == (
        f"{TABLE}: the file hashes to {'00' * 32}, but the run recorded {DIGEST}"
    )
    assert (
        refused.value.help == "restore the file that the run gave, or run again and attest that run"
    )


def test_statement_about_nothing_is_refused():
    """A statement needs a subject."""
    with pytest.raises(RefusedError, match=f"{RUN_ID}: there is no file of this run to attest"):
        statement({**sample_run(), "artifacts": []}, {})


def test_configuration_is_what_is_known():
    """What has no digest is left out, and so is a commit that nobody knows."""
    run = sample_run()
    references = {**run["references"], "config_hash": None, "tree_digest": "12" * 32}
    told = predicate({**run, "references": references, "git": {**run["git"], "sha": None}})

    assert [entry["name"] for entry in told["configuration"]] == [
        "contracts",
        "tree",
        "suite",
        "inventory",
    ]
