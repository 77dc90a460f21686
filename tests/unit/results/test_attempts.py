"""Assertions and actions of an execution: in the terms of the Observer report, and bounded."""

import pytest
from hypothesis import given
from tests.sample_run import DIGEST, Facts, error, process
from tests.strategies_runs import results

from onex.results import run_facts
from onex.results.attempts import ARGS_CHARACTERS, PAYLOAD_CHARACTERS, bounded, outcome_of
from onex_contract import registry


def unit_of(*, case=None, expected=None, **told):
    """The unit of one execution."""
    item = run_facts.plan_item("demo.a", case or "run", "node")
    made = Facts([item]).node(0, case=case, **told)
    if expected is not None:
        made.expected(0, passed=expected[1], predicate=expected[0], msg="told")
    return made.finished().run()["units"][0]


def passed(predicate, msg):
    return {"status": "pass", "msg": msg, "predicate": predicate}


def failed(predicate, msg):
    return {"status": "fail", "msg": msg, "predicate": predicate}


INPUT = passed("input-contract", "the input state keeps the contract")
OUTPUT = passed("output-contract", "the output state keeps the contract")
ASSERTIONS = [
    ({}, [INPUT, OUTPUT]),
    ({"problem": error(), "status": "failure"}, [INPUT]),
    ({"problem": error("input-contract", "no"), "status": "failure"}, [failed("input-contract", "no")]),
    ({"problem": error("output-contract", "no"), "status": "failure"}, [INPUT, failed("output-contract", "no")]),
    ({"case": "c", "expected": ("output", True)}, [INPUT, OUTPUT, passed("expected-output", "told")]),
    ({"case": "c", "expected": ("output", False)}, [INPUT, OUTPUT, failed("expected-output", "told")]),
    (
        {"case": "c", "expected": ("error", True), "problem": error("input-contract", "no"), "status": "failure"},
        [passed("expected-error", "told")],
    ),
    (
        {"case": "c", "expected": ("error", False), "problem": error("input-contract", "no"), "status": "failure"},
        [failed("input-contract", "no"), failed("expected-error", "told")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("told", "asserts"), ASSERTIONS)
def test_assertions(told, asserts):
    """OBS-12: the checks of the contract, and what a case expects; an expected error is no failure."""
    assert unit_of(**told)["asserts"] == asserts


VERDICTS = [
    (("output", True), "success", None, "success"),
    (("output", False), "success", None, "failure"),
    (("error", True), "failure", error(), "success"),
    (("error", False), "failure", error(), "failure"),
    (("error", False), "success", None, "failure"),
    (("output", False), "error", error("host-error"), "error"),
    (("error", True), "error", error("host-error"), "success"),
    (("output", True), "partial", None, "success"),
]


@pytest.mark.parametrize(("expected", "status", "problem", "verdict"), VERDICTS)
def test_a_case_ends_as_it_expects(expected, status, problem, verdict):
    """An error of the host is one, unless it is what the case expects."""
    unit = unit_of(case="c", expected=expected, status=status, problem=problem)

    assert unit["status"] == verdict
    assert (unit["errors"] == []) is (verdict == "success")


def test_an_execution_is_an_action():
    """OBS-13, -14: with what it came to, as a process or without one."""
    unit = unit_of(process=process("out", "err", 0))

    assert unit["actions"] == [
        {
            "action": "run",
            "status": "ok",
            "args": {"node": "demo.a", "version": "1.0.0"},
            "action_id": "execute",
            "duration_ms": 0,
            "ok": {
                "exit": 0,
                "out_len": 3,
                "out_preview_b64": "b3V0",
                "out_truncated": False,
                "err_len": 3,
                "err_preview_b64": "ZXJy",
                "err_truncated": False,
            },
        }
    ]
    assert outcome_of(None) == {"exit": 0, "out_len": 0, "err_len": 0}


def test_a_failed_execution_tells_its_exit_status():
    """OBS-14: kind, message and code."""
    unit = unit_of(
        problem=error("exit", "it ended with 3"), status="failure", process=process(status=3)
    )

    assert unit["actions"][0]["fail"] == {"kind": "exit", "msg": "it ended with 3", "code": 3}
    assert "handled" not in unit["actions"][0]


def test_an_expected_failure_is_handled():
    """OBS-11: no unhandled action failed."""
    unit = unit_of(case="c", expected=("error", True), problem=error(), status="failure")

    assert [action["handled"] for action in unit["actions"]] == [True]


def test_files_that_a_node_takes_are_checked_and_what_it_gives_is_published():
    """OBS-15: in the order in which that happens, each with its action."""
    files = [
        {"name": "table", "path": "artifacts/t.csv", "hash": DIGEST, "type": "text/csv"},
        {"name": "page", "path": "inputs/0/page.html", "hash": DIGEST, "type": "text/html"},
    ]
    unit = unit_of(result={"state": {}, "artifacts": files})

    assert [action["action"] for action in unit["actions"]] == [
        "artifactCheck",
        "run",
        "artifactPublish",
    ]
    assert [(a["name"], a["event"], a["action_ix"]) for a in unit["artifacts"]] == [
        ("page", "check", 0),
        ("table", "publish", 2),
    ]
    assert unit["artifacts"][0]["observed_exists"] is True
    assert unit["artifacts"][1]["location"] == {"path": "artifacts/t.csv"}


PREVIEWED = {
    "exit": 0,
    "out_len": 9000,
    "err_len": 0,
    "out_preview_b64": "YQ" * 128,
    "out_truncated": True,
}
REPORTED = [
    ({"action": "proc", "status": "ok", "ok": PREVIEWED}, "proc", {"ok": PREVIEWED}),
    ({"action": "httpGet", "status": "ok", "args": "GET /", "ok": {"status": 200, "body_len": 0}}, "httpGet", {"args": "GET /", "ok": {"status": 200, "body_len": 0}}),
    ({"action": "wait", "status": "ok"}, "wait", {"ok": {}}),
    ({"action": "wait", "status": "ok", "ok": {"a": [1]}, "action_id": "w"}, "wait", {"ok": {"a": [1]}, "action_id": "w"}),
    ({"action": "tcp", "status": "ok"}, "report", {"args": {"action": "tcp", "status": "ok"}, "ok": {}}),
    ({"action": "tcp", "status": "ok", "ok": {"bytes_len": True}}, "report", {"ok": {}}),
    ({"action": "run", "status": "ok", "ok": {"exit": 0, "out_len": -1, "err_len": 0}}, "report", {"ok": {}}),
    ({"action": "run", "status": "ok", "ok": 5}, "report", {"ok": {}}),
    ({"action": "wait", "status": "ok", "ok": {"a": "x" * PAYLOAD_CHARACTERS}}, "report", {"ok": {}}),
    ({"action": "httpGet", "status": "fail", "fail": {"kind": "dns", "msg": "no"}}, "httpGet", {"fail": {"kind": "dns", "msg": "no"}}),
    ({"action": "httpGet", "status": "fail", "fail": "no"}, "httpGet", {"fail": {"kind": "reported", "msg": "the node reported a failure: 'no'"}}),
    ({"action": "httpGet", "status": "fail"}, "httpGet", {"fail": {"kind": "reported", "msg": "the node reported a failure"}}),
]  # fmt: skip


@pytest.mark.parametrize(("told", "name", "members"), REPORTED)
def test_what_a_node_reports(told, name, members):
    """OBS-14: a payload keeps the form of its kind, optional members too, or is shown as told."""
    action = unit_of(result={"state": {}, "actions": [told]})["actions"][1]

    assert action["action"] == name
    assert {key: action[key] for key in members} == members


@pytest.mark.parametrize(
    ("told", "summary"),
    [
        ({"match_count": 2}, {"match_count": 2}),
        ({"match_count": 2, "more": 1}, {"match_count": 2}),
        ({"match_count": 1, "value_text": "v"}, {"match_count": 1, "value_text": "v", "value_text_truncated": False}),
        ({"match_count": 1, "value_text": "v", "value_text_truncated": True}, {"match_count": 1, "value_text": "v", "value_text_truncated": True}),
        ({"match_count": 1, "value_text": "v" * 300}, {"match_count": 1, "value_text": "v" * ARGS_CHARACTERS, "value_text_truncated": True}),
        ({"match_count": True}, None),
        ({"match_count": -1}, None),
        ({"value_text": "v"}, None),
        ([], None),
    ],
)  # fmt: skip
def test_summary_of_an_extraction(told, summary):
    """OBS-16: how much matched, and a bounded text of it; what does not tell that is left out."""
    extract = {"source_artifact": "a", "format": "jsonl", "status": "ok", "summary": told}
    unit = unit_of(result={"state": {}, "extracts": [extract]})

    assert unit["extracts"][0].get("summary") == summary
    assert unit["actions"][1]["ok"]["match_count"] == (summary or {"match_count": 0})["match_count"]
    assert unit["actions"][1]["action"] == "extractJsonl"


@given(results())
def test_whatever_a_node_reports_makes_records(result):
    """OBS-13 to -16: each attempt is a record of the specification, and says where it belongs."""
    unit = unit_of(result=result)
    validator = registry.validator("observer")
    head = {"case_id": "YR8"}

    for place, action in enumerate(unit["actions"]):
        record = {"k": "action", "action_ix": place, **head, **action}
        assert [e.message for e in validator.iter_errors(record)] == []
    for kind, index, found in (
        ("artifact", "artifact_ix", unit["artifacts"]),
        ("extract", "extract_ix", unit["extracts"]),
    ):
        for place, item in enumerate(found):
            assert validator.is_valid({"k": kind, index: place, **head, **item})
            assert unit["actions"][item["action_ix"]]["status"] == item["status"]


def test_what_a_node_survives_is_handled():
    """It succeeded over the failure that it reports."""
    told = {"action": "httpGet", "status": "fail", "fail": {"kind": "dns", "msg": "no"}}
    result = {"state": {}, "actions": [told]}

    assert unit_of(result=result)["actions"][1]["handled"] is True
    assert "handled" not in unit_of(result=result, status="partial")["actions"][1]


@pytest.mark.parametrize("value", [None, 1, "x" * 198, {"a": [1, 2]}])
def test_a_short_value_is_shown_whole(value):
    """With its quotes, 200 characters."""
    assert bounded(value) == value


def test_a_long_value_is_cut():
    """To the beginning of its text."""
    assert bounded(["x" * 500]) == '["' + "x" * 198 + "…"
