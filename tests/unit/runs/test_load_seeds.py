"""The examples of the source documents are read, and what they leave out is said (CF-03, CF-15)."""

import json

import pytest
from tests.sample_run import DIGEST

from onex.errors import DocumentError
from onex.runs.load import load_run

BATCH = {
    "batch_id": "validator_patch_v3",
    "status": "partial",
    "results": [
        {
            "node_id": "validator.check.format",
            "success": True,
            "execution_time_ms": 101,
            "status": "success",
        },
        {
            "node_id": "validator.check.deprecated",
            "success": False,
            "status": "failure",
            "errors": ["Unexpected global import"],
        },
    ],
    "trust_delta": -0.02,
    "started_at": "2025-05-14T08:01:12Z",
    "completed_at": "2025-05-14T08:01:23Z",
}

RECORDS = [
    {"k": "observer_report", "v": "0"},
    {
        "k": "case",
        "case_id": "...",
        "item_id": "item-1",
        "case_key": "Smoke::Version",
        "test_name": "Smoke::Version",
        "status": "pass",
    },
    {
        "k": "assert",
        "case_id": "...",
        "assert_ix": 0,
        "status": "pass",
        "msg": "expectation passed",
    },
    {
        "k": "action",
        "case_id": "...",
        "action_ix": 0,
        "action_id": "compile",
        "action": "run",
        "status": "ok",
    },
    {
        "k": "artifact",
        "case_id": "...",
        "artifact_ix": 0,
        "action_ix": 0,
        "name": "typed_unit",
        "event": "publish",
        "kind": "jsonl",
        "status": "ok",
    },
    {
        "k": "extract",
        "case_id": "...",
        "extract_ix": 0,
        "action_ix": 1,
        "source_artifact": "typed_unit",
        "format": "jsonl",
        "status": "ok",
    },
    {"k": "summary", "case_pass": 1, "case_fail": 0, "exit_code": 0},
]


def write(path, *values, lines=False):
    path.write_text(
        "".join(f"{json.dumps(value)}\n" for value in values) if lines else json.dumps(values[0])
    )
    return str(path)


def test_the_example_of_the_batch_document(tmp_path):
    """ONEX-R-16: one of two succeeded, and neither can be reproduced."""
    run = load_run(write(tmp_path / "batch_result.json", BATCH))
    first, second = run["units"]

    assert (run["run_id"], run["outcome"], run["trust"]["delta"]) == (
        "validator_patch_v3",
        "partial",
        -0.02,
    )
    assert (first["status"], second["status"]) == ("success", "failure")
    assert first["duration_us"] == 101_000
    assert second["errors"][0]["message"] == "Unexpected global import"
    for unit in run["units"]:
        remark = f"{unit['item_id']}: not reproducible: the document gives no input hash"
        assert unit["warnings"] == [remark]


def test_the_records_of_the_observer_document(tmp_path):
    """CF-15: field lists are normative, examples are not; both are read."""
    run = load_run(write(tmp_path / "report.jsonl", *RECORDS, lines=True))
    (unit,) = run["units"]

    assert (run["outcome"], unit["unit_id"], unit["status"]) == (
        "success",
        "item-1::Smoke::Version",
        "success",
    )
    assert [action["action_id"] for action in unit["actions"]] == ["compile"]
    assert [artifact["name"] for artifact in unit["artifacts"]] == ["typed_unit"]
    assert [extract["source_artifact"] for extract in unit["extracts"]] == ["typed_unit"]
    assert unit["warnings"] == ["7 of 7 records are not complete; what they leave out is unknown"]


@pytest.mark.parametrize("place", range(len(RECORDS)))
def test_each_record_alone_is_no_report(tmp_path, place):
    """A report has a header and a summary."""
    with pytest.raises(
        DocumentError, match=r"the first record must be the header|cut off|none of the forms"
    ):
        load_run(write(tmp_path / "report.jsonl", RECORDS[place], lines=True))


def test_elided_identities_of_two_cases_cannot_be_told(tmp_path):
    """It cannot be known which case `...` means; nothing is guessed."""
    other = {**RECORDS[1], "case_key": "other", "test_name": "other"}
    with pytest.raises(DocumentError, match="case_id"):
        load_run(write(tmp_path / "report.jsonl", *RECORDS[:2], other, *RECORDS[2:], lines=True))


MANIFEST = {
    "manifest_version": "1.0",
    "run": {"run_id": "r-7", "started_at": "2026-01-17T14:30:52+00:00", "atlas_version": "0.3"},
    "inputs": {"config_hash": f"sha256:{DIGEST}", "contract_hash": "n/a"},
    "steps": {
        "train": {"step_id": "train", "kind": "train", "status": "failed", "started_at": "2026-01-17T14:30:55+00:00", "duration_ms": 12, "summary": "no rows", "warnings": [], "metrics": {"rows": 0, "by": {}}},
        "ingest": {"step_id": "ingest", "kind": "diagnostic", "status": "success", "started_at": "2026-01-17T14:30:53+00:00", "duration_ms": 9, "summary": "read", "warnings": ["few"], "metrics": {}},
        "export": {"step_id": "export", "kind": "export", "status": "skipped", "summary": None},
    },
    "artifacts": {},
    "events": [],
}  # fmt: skip


def test_a_manifest_of_an_engine(tmp_path):
    """Its steps in the order in which they began, with what it says of them."""
    run = load_run(write(tmp_path / "manifest.json", MANIFEST))
    units = {unit["unit_id"]: unit for unit in run["units"]}

    assert run["run_id"] == "r-7"
    assert {name: unit["status"] for name, unit in units.items()} == {
        "export": "skipped",
        "ingest": "success",
        "train": "failure",
    }
    assert run["references"]["config_hash"] == DIGEST
    assert run["references"]["contract_hash"] is None
    assert units["train"]["errors"][0]["message"] == "no rows"
    assert (units["ingest"]["warnings"], units["train"]["metrics"]) == (["few"], {"rows": 0})
    assert run["outcome"] == "partial"


PAYLOAD = {
    "type": "CONTRACT_VIOLATION",
    "message": "the column price is missing",
    "details": {"step": "ingest", "column": "price"},
    "hint": "add it to the contract",
    "decision_required": True,
}


def test_an_error_payload(tmp_path):
    """ATLAS-U9: a run of one step, which failed."""
    run = load_run(write(tmp_path / "error.json", PAYLOAD))
    (unit,) = run["units"]

    assert (unit["unit_id"], unit["status"], unit["reason"]) == (
        "ingest",
        "failure",
        "CONTRACT_VIOLATION",
    )
    assert unit["errors"][0]["details"] == {
        "step": "ingest",
        "column": "price",
        "decision_required": True,
    }
    assert unit["errors"][0]["hint"] == "add it to the contract"


REFUSED = [
    (BATCH | {"status": "success"}, "/status is success, but the results amount to partial"),
    (BATCH | {"status": "failed"}, "'failed' is not one of success, partial, failure"),
    (BATCH | {"completed_at": "2025-05-14T08:01:11Z"}, "/completed_at is before /started_at"),
    (
        BATCH | {"results": [{"node_id": "a.b", "status": "success", "success": False}]},
        "/results/0",
    ),
    (MANIFEST | {"steps": {}}, "/steps must name at least one step"),
    (MANIFEST | {"steps": {"a": {"status": "done"}}}, "/steps/a: the status 'done' is none of"),
    (MANIFEST | {"run": {}}, "/run/run_id must name the run"),
    (PAYLOAD | {"details": None}, "an error payload has type, message and details"),
    ({"hello": 1}, "no document that tells of a run"),
]


@pytest.mark.parametrize(("value", "words"), REFUSED)
def test_what_cannot_be_imported_says_why(tmp_path, value, words):
    """Where, what was found, and what was expected."""
    path = write(tmp_path / "document.json", value)
    with pytest.raises(DocumentError) as caught:
        load_run(path)

    assert caught.value.message.startswith(path)
    assert words in caught.value.message
