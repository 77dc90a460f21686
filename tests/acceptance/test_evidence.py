"""What a run leaves behind, from the command line to every document and back."""

import json
import shutil
from pathlib import Path

import pytest

from onex.runs.load import load_run
from onex_contract import registry

BROKEN = "def run(text: str) -> dict:\n    raise KeyError(text)\n"


@pytest.fixture
def tested(onex, workspace: Path) -> Path:
    """The folder of a run of cases: of a node that works, and of one that does not."""
    onex("scaffold", "demo.text.bad")
    (workspace / "demo/text/bad/node.py").write_text(BROKEN)
    onex("lock")
    for name in ("demo.text.clean", "demo.text.bad"):
        onex("lifecycle", name, "active")
    shutil.rmtree(workspace / "reports")
    assert onex("test").exit_code == 1
    (folder,) = (path for path in (workspace / "reports/runs").iterdir() if path.is_dir())
    return folder


DOCUMENTS = {
    "batch_result.json": "batch_result",
    "checks.json": "checks",
    "manifest.json": "manifest",
    "run.json": "run_artifact",
    "run_result.json": "run_result",
}


def test_every_document_keeps_its_schema(tested):
    """OVC-01, ATLAS-02, ONEX-R-04: each file of the run is what its schema says."""
    for name, schema in DOCUMENTS.items():
        value = json.loads((tested / name).read_text())
        assert [*registry.validator(schema).iter_errors(value)] == [], name
    for name, schema in {"journal.jsonl": "fact", "report.jsonl": "observer"}.items():
        for line in (tested / name).read_text().splitlines():
            assert registry.validator(schema).is_valid(json.loads(line)), line


def test_run_json_is_ascii_and_sorted(tested):
    """OVC-13: bytes below 0x80, stable under writing again, with a final line end."""
    for name in ("run.json", "checks.json"):
        data = (tested / name).read_bytes()
        again = json.dumps(json.loads(data), indent=2, sort_keys=True) + "\n"
        assert data.isascii()
        assert data.decode() == again


@pytest.mark.parametrize("source", ["journal.jsonl", "report.jsonl", "run.json"])
def test_each_source_alone_gives_the_whole_run_back(tested, tmp_path, source):
    """OBS-18, CF-06: nothing is lost in a format that has a place for what it cannot say."""
    whole = load_run(str(tested))
    alone = tmp_path / "alone"
    alone.mkdir()
    for name in {source, "checks.json", "run.log"} if source == "run.json" else {source}:
        shutil.copy(tested / name, alone)

    assert load_run(str(alone)) == whole


@pytest.mark.parametrize("form", ["text", "junit", "batch", "md", "sarif"])
def test_reports_come_back_equal_from_the_observer_report_alone(onex, tested, tmp_path, form):
    """OBS-18: with only report.jsonl left, every report is the same to the byte."""
    before = onex("report", tested.name, "--output-format", form).stdout
    shutil.copy(tested / "report.jsonl", tmp_path / "report.jsonl")
    shutil.rmtree(tested)

    assert onex("report", "report.jsonl", "--output-format", form).stdout == before


def test_the_badge_of_the_last_run_comes_back_equal(onex, tested):
    """OBS-18 again, for the picture."""
    before = onex("badge", "generate", "--last-run").stdout
    for path in tested.iterdir():
        if path.name != "report.jsonl":
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert "3 of 4, partial" in before
    assert onex("badge", "generate", "--last-run").stdout == before


def test_the_lines_of_an_export_amount_to_a_batch(onex, workspace, tested):
    """ONEX-R-09, ONEX-R-14: `onex validate --export=ci_output.ndjson` is read by `onex report`."""
    (workspace / "demo/text/bad/node.py").write_text("# changed\n")
    assert onex("validate", "--export=ci_output.ndjson").exit_code == 1

    said = onex("report", "ci_output.ndjson", "--output-format", "batch").json

    assert (said["status"], [result["node_id"] for result in said["results"]]) == (
        "partial",
        ["demo.text.bad", "demo.text.clean"],
    )


def test_coverage_below_the_minimum_fails_a_run_of_successes(onex, tested):
    """ONEX-R-13: the gate is a unit of the run, and its failure is the exit status."""
    done = onex("run", "demo.text.clean", "--set", "text=a", "--minimum-coverage", "90")
    (folder,) = (
        path for path in tested.parent.iterdir() if "demo-text-clean" in path.name and path.is_dir()
    )
    run = load_run(str(folder))

    assert done.exit_code == 1
    assert done.stderr.splitlines()[1:3] == [
        "gate::coverage: failure: 1 of 2 active nodes were executed: 50.0 %, below the 90 % that the policy demands",
        "  help: run the other active nodes too, or lower minimum_coverage_required",
    ]
    assert [(unit["unit_id"], unit["status"]) for unit in run["units"]] == [
        ("demo.text.clean", "success"),
        ("gate::coverage", "failure"),
    ]
    assert (run["outcome"], run["coverage"]) == (
        "partial",
        {"active": 2, "covered": 1, "percent": 50.0},
    )


def test_the_settings_may_hold_every_run_to_a_policy(onex, workspace, tested):
    """ONEX-R-12: the block `ci_run` says what was asked for, and what came of it."""
    with (workspace / "onex.toml").open("a") as file:
        file.write(
            '[ci]\npolicy = "trust_gate"\ntriggered_by = "pre-merge"\nminimum_coverage_required = 50\n'
        )
    onex("run", "--output", "batch_result.json")

    assert json.loads((workspace / "batch_result.json").read_text())["ci_run"] == {
        "triggered_by": "pre-merge",
        "policy": "trust_gate",
        "node_count": 2,
        "trust_enforced": False,
        "minimum_coverage_required": 50,
        "runtime_flags": ["registry-synced"],
        "failed_nodes": ["demo.text.bad"],
    }


def test_an_empty_plan_passes_only_when_that_is_allowed(onex, workspace):
    """AMB-02, AMB-06: a gate that looked at nothing does not pass unless it may."""
    for command in ("run", "test"):
        assert onex(command).exit_code == 2
        assert onex(command, "--allow-empty").exit_code == 0


def test_a_recorded_state_is_run_again(onex, workspace, tested):
    """The command of a report that reproduces a unit takes the state out of its record."""
    onex("run", "demo.text.clean", "--set", "text= again ")
    (record,) = tested.parent.glob("*demo-text-clean*/nodes/*/execution_result.json")

    done = onex("run", "demo.text.clean", "--input", f"@{record}#/input_state", "-q")

    assert (done.exit_code, done.stdout) == (0, '{"text": "again"}\n')


def test_a_pointer_that_leads_nowhere_is_named(onex, workspace, tested):
    """It says what is not there."""
    done = onex("run", "demo.text.clean", "--input", f"@{tested}/run.json#/a/b")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "run.json has nothing at /a/b" in done.stderr


def test_an_attestation_names_the_bytes_of_every_file(onex, tested):
    """The statement is over the folder as it lies there."""
    statement = onex("attest", tested.name).json
    names = {subject["name"] for subject in statement["subject"]}

    assert {"journal.jsonl", "run.json", "report.jsonl"} <= names
    assert statement["predicate"]["result"] == "FAILED"


def test_a_long_log_is_kept_whole_beside_its_end(onex, workspace):
    """What a node printed beyond the end that its record shows is named by its digest."""
    (workspace / "demo/text/clean/node.py").write_text(
        "def run(text: str) -> dict:\n    print('x' * 9999)\n    return {'text': text}\n"
    )
    onex("run", "demo.text.clean", "--set", "text=a")
    (record,) = workspace.glob("reports/runs/*demo-text-clean*/nodes/*/execution_result.json")
    stream = json.loads(record.read_text())["process"]["stdout"]
    kept = record.parents[2] / "blobs" / stream["blob"]

    assert (stream["bytes"], stream["truncated"], len(stream["text"])) == (10_000, True, 4096)
    assert kept.read_text() == "x" * 9999 + "\n"


def test_a_secret_stands_nowhere(onex, workspace, monkeypatch):
    """OVC-14, FAULTS X11: not in the state, the log, an error or a kept stream."""
    secret = "s3cr3t/+ü canary"  # noqa: S105 - that it is one is the point
    monkeypatch.setenv("DATABASE_URL", secret)
    folder = workspace / "demo/text/clean"
    text = (folder / "node.onex").read_text()
    (folder / "node.onex").write_text(
        text.replace("state_contract:", "required_env: [DATABASE_URL]\nstate_contract:", 1)
    )
    (folder / "node.py").write_text(
        "import os, sys, base64\n\n\ndef run(text: str) -> dict:\n"
        "    value = os.environ['DATABASE_URL']\n"
        "    print(value * 999, base64.b64encode(value.encode()).decode())\n"
        "    raise ValueError(value + text)\n"
    )
    done = onex("run", "demo.text.clean", "--input", json.dumps({"text": secret}))
    (run,) = (path for path in workspace.glob("reports/runs/*demo-text-clean*"))
    files = [path for path in run.rglob("*") if path.is_file()]
    shown = b"".join(path.read_bytes() for path in files) + done.stderr.encode()

    assert done.exit_code == 1
    assert len(files) > 8
    assert b"***" in shown
    for spelling in (secret, json.dumps(secret)[1:-1], "czNjcjN0", "s3cr3t%2F"):
        assert spelling.encode() not in shown, spelling


def test_a_case_that_was_cut_off_before_its_comparison_has_not_passed(onex, tested):
    """Only a comparison is a verdict: a node that ended well may have given something else."""
    path = tested / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    kinds = [json.loads(line)["kind"] for line in lines]
    path.write_bytes(b"".join(lines[: kinds.index("unit_expected")]))
    onex("runs", "recover", tested.name)

    run = load_run(str(tested))
    assert [(unit["status"], unit["reason"]) for unit in run["units"]] == [
        ("error", "interrupted"),
        *[("blocked", "interrupted")] * 3,
    ]
