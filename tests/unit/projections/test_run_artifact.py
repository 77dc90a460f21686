"""[003] run artifact: three files that agree, in ASCII, without a value of the environment."""

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import given
from tests.sample_run import RUN_ID, Facts, sample_run
from tests.strategies_runs import runs

from onex.core.patch import same
from onex.projections import run_artifact
from onex.results import run_facts
from onex.results.moments import parse_utc

RECORD = {
    "run_id": "20260117T143052Z__P2-Backfill__a1b2c3d",
    "pipeline_id": "P2-Backfill",
    "pipeline_version": "1.0.0",
    "started_utc": "2026-01-17T14:30:52Z",
    "finished_utc": "2026-01-17T14:30:53Z",
    "duration_ms": 1000,
    "status": "success",
    "trigger": {"type": "local_cli", "source": None, "actor": None},
    "git": {"sha": "a1b2c3d" + "0" * 33, "sha7": "a1b2c3d", "ref": "main"},
    "env": {"present": ["HOME"], "missing": []},
    "inputs": [],
    "outputs": [{"type": "file", "ref": "out.csv", "rows": 3}],
}
CHECK = {"id": "rows", "name": "rows", "status": "pass", "evidence": ["run.log:line:2"]}
CHECKS = {
    "run_id": RECORD["run_id"],
    "checks": [CHECK],
    "summary": {"pass": 1, "fail": 0, "skip": 0},
}
LOG = f"RUN_ID={RECORD['run_id']}\n2026-01-17T14:30:52.000001Z hello\nwithout a time\n"
FILES = run_artifact.Files(RECORD, CHECKS, LOG)


def checks_of(*statuses, warnings=()):
    checks = [{**CHECK, "id": str(n), "status": status} for n, status in enumerate(statuses)]
    if warnings:
        checks[0]["warnings"] = list(warnings)
    summary = {status: statuses.count(status) for status in ("pass", "fail", "skip")}
    return {**CHECKS, "checks": checks, "summary": summary}


@pytest.mark.parametrize(
    ("statuses", "warnings", "status"),
    [
        ([], (), "failed"),
        (["pass"], (), "success"),
        (["pass", "pass"], (), "success"),
        (["pass"], ("few rows",), "partial"),
        (["pass", "skip"], (), "partial"),
        (["skip"], (), "partial"),
        (["skip", "fail"], (), "failed"),
        (["pass", "fail"], ("w",), "failed"),
    ],
)
def test_ovc_08_status(statuses, warnings, status):
    """Any failure fails; a skip or a warning makes it partial; better than that is refused."""
    checks = checks_of(*statuses, warnings=warnings)

    assert run_artifact.status_of(checks["checks"]) == status
    for told in ("success", "partial", "failed"):
        files = run_artifact.Files({**RECORD, "status": told}, checks, LOG)
        if ["success", "partial", "failed"].index(told) >= ["success", "partial", "failed"].index(
            status
        ):
            assert run_artifact.files(run_artifact.read(files)) == files
        else:
            with pytest.raises(ValueError, match=f"amount to {status} \\(OVC-08\\)"):
                run_artifact.read(files)


LIES = [
    ({"run_id": "20260117T143052Z__P2-Backfill__0000000"}, {}, "checks.json is of the run"),
    ({}, {"summary": {"pass": 2, "fail": 0, "skip": 0}}, "/summary/pass is 2, but there are 1"),
    ({}, {"summary": {"pass": 1, "fail": 1, "skip": 0}}, "/summary/fail is 1, but there are 0"),
    ({}, {"summary": {"pass": 1, "fail": 0, "skip": 1}}, "/summary/skip is 1, but there are 0"),
    (
        {"git": {**RECORD["git"], "sha7": "b1b2c3d"}},
        {},
        "/git/sha7 is not the beginning of /git/sha",
    ),
    ({"env": {"present": ["A", "B"], "missing": ["B"]}}, {}, "as present and as missing"),
    ({"finished_utc": "2026-01-17T14:30:51Z"}, {}, "/finished_utc must not be before"),
    ({"started_utc": "2026-02-30T14:30:51Z"}, {}, "be moments that there were"),
]


@pytest.mark.parametrize(("record", "checks", "words"), LIES)
def test_files_that_contradict_each_other_are_refused(record, checks, words):
    """OVC-16: sums, names and times are verified, never trusted."""
    with pytest.raises(ValueError, match=words):
        run_artifact.read(run_artifact.Files({**RECORD, **record}, {**CHECKS, **checks}, LOG))


def test_files_of_others():
    """OVC-16: the run that they tell of; its log with times where there are some."""
    run = run_artifact.read(FILES)
    (unit,) = run["units"]

    assert (run["pipeline_id"], run["outcome"], run["duration_us"]) == (
        "P2-Backfill",
        "success",
        1_000_000,
    )
    assert (unit["unit_id"], unit["kind"], unit["status"]) == ("rows", "check", "success")
    assert unit["evidence"] == ["run.log:line:2"]
    assert run["log"] == [
        {"at_us": parse_utc("2026-01-17T14:30:52.000001Z"), "text": "hello"},
        {"at_us": None, "text": "without a time"},
    ]
    assert run_artifact.files(run) == FILES


@pytest.mark.parametrize(
    "log", ["", "\n", "no end", "RUN_ID=other\n", "a\r\nb\n", "x\u2028y\n", LOG * 2]
)
def test_any_log_is_kept(log):
    """A log that others wrote comes back to the byte."""
    files = replace(FILES, log=log)

    assert run_artifact.files(run_artifact.read(files)) == files


def test_an_extension_of_another_program_is_kept():
    """Unknown keys are nobody's business (F)."""
    files = replace(FILES, record={**RECORD, "x_onex": {"mine": 1}, "more": [1.0]})

    assert same(run_artifact.files(run_artifact.read(files)).record, files.record)


SLOTS = [
    (("units",), 5),
    (("units",), [None]),
    (("units", 0, "status"), "passed"),
    (("units", 0, "metrics"), {"a": {}}),
    (("outcome",), None),
    (("references",), {}),
    (("ext",), {"run_artifact": 5}),
    (("ext",), None),
    (("more",), 1),
]


@pytest.mark.parametrize(("path", "value"), SLOTS)
def test_an_extension_that_is_none_is_refused(path, value):
    """Whatever stands in `x_onex`, nothing breaks."""
    files = run_artifact.files(sample_run())
    record = copy.deepcopy(files.record)
    place = record["x_onex"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with pytest.raises(ValueError, match="/x_onex is not what onex writes"):
        run_artifact.read(replace(files, record=record))


CHANGES = [
    (lambda both: both[0].update(duration_ms=1), "run.json at /duration_ms"),
    (lambda both: both[0].update(more=1), "run.json at /more"),
    (
        lambda both: both[1]["checks"][0].update(detail="x"),
        "checks.json at /checks/0/detail",
    ),
    (
        lambda both: both[0]["x_onex"].update(finished_us=10**15),
        "run.json at /finished_utc",
    ),
]


@pytest.mark.parametrize(("change", "place"), CHANGES)
def test_files_and_extension_must_agree(change, place):
    """Two records of one run that differ are no record."""
    files = run_artifact.files(sample_run())
    record, checks = copy.deepcopy((files.record, files.checks))
    change((record, checks))
    with pytest.raises(ValueError, match=f"another run than the files: {place}"):
        run_artifact.read(run_artifact.Files(record, checks, files.log))
    with pytest.raises(ValueError, match=r"another run than the files: run\.log"):
        run_artifact.read(replace(files, log=files.log + "more"))


def test_a_run_that_was_cut_off_has_failed():
    """OVC-01, OVC-12: also when every check passed before."""
    made = Facts([run_facts.plan_item("p", "rows", "check")]).checked(0, "success")

    assert run_artifact.files(made.run()).record["status"] == "failed"
    assert run_artifact.files(made.finished("success").run()).record["status"] == "success"


def test_a_failed_run_without_a_failed_check_is_read_as_failed():
    """Its program says that it failed, whatever its checks say."""
    run = run_artifact.read(replace(FILES, record={**RECORD, "status": "failed"}))

    assert run["outcome"] == "failure"
    assert run_artifact.files({**run, "ext": {}}).record["status"] == "failed"


def test_text():
    """OVC-13: ASCII, two spaces, sorted keys, a last line end."""
    text = run_artifact.to_json({"b": "é\u2028😀", "a": [1]})

    assert text == '{\n  "a": [\n    1\n  ],\n  "b": "\\u00e9\\u2028\\ud83d\\ude00"\n}\n'


def test_log():
    """OVC-05, -06: the id of the run first, then a line with its time for each thing."""
    lines = run_artifact.files(sample_run()).log.split("\n")

    assert lines[0] == f"RUN_ID={RUN_ID}"
    assert lines[1] == "2026-01-17T14:30:52.124456Z nodes: started with onex 0.1.0"
    assert lines[-1] == ""


@given(runs())
def test_times_and_names(run):
    """OVC-02, OVC-16: the same id everywhere, whole seconds, and a duration within a second of them."""
    files = run_artifact.files(run)
    record = files.record
    between = (parse_utc(record["finished_utc"]) - parse_utc(record["started_utc"])) // 1000

    assert (
        record["run_id"]
        == files.checks["run_id"]
        == files.log.split("\n")[0].removeprefix("RUN_ID=")
    )
    assert abs(record["duration_ms"] - between) <= 1000
    assert sum(files.checks["summary"].values()) == len(run["units"])


def test_words_of_every_status():
    """CF-02: what [003] has no word for stands in `x_onex` of its check."""
    checks = {check["id"]: check for check in run_artifact.files(sample_run()).checks["checks"]}

    found = {name: (check["status"], check.get("x_onex")) for name, check in checks.items()}
    assert found["demo.text.clean"] == ("pass", None)
    assert found["demo.text.count"] == ("fail", None)
    assert found["demo.text.absent"] == ("fail", {"status": "error"})
    assert found["demo.text.later"] == ("skip", {"status": "blocked"})
    assert found["demo.text.unwanted"] == ("skip", None)
    assert checks["nightly::row_count"]["detail"] == "rows=0"
    assert checks["demo.text.later"]["name"] == "demo.text.later"
    assert json.dumps(checks)


def test_a_partial_check_is_a_skip_with_its_word():
    """CF-02."""
    made = Facts([run_facts.plan_item("demo.a", "run", "node")])
    made.node(0, status="partial", result={"state": {}, "warnings": ["w"]})
    (check,) = run_artifact.files(made.finished().run()).checks["checks"]

    assert (check["status"], check["warnings"], check["x_onex"]) == (
        "skip",
        ["w"],
        {"status": "partial"},
    )
