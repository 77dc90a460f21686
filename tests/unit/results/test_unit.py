"""Unit: what reproduces it, what it needs, and what a check or a command is."""

import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile import texts
from tests.sample_run import RUN_ID, Facts, error, process, sample_run

from onex.results import run_facts
from onex.results.unit import LONGEST_COMMAND

STATES = st.dictionaries(
    texts(), texts() | st.integers() | st.lists(texts(), max_size=2), max_size=3
)


def unit_with(state):
    made = Facts([run_facts.plan_item("demo.a", "run", "node")]).node(0)
    for fact in made.facts:
        if fact["kind"] == "unit_started":
            fact["input_state"] = state
    return made.finished("success").run()["units"][0]


@given(STATES)
def test_a_command_reproduces_the_unit(state):
    """A shell that is given the line gives onex the very state; nothing in it moves a cursor."""
    line = unit_with(state)["reproduce"]
    words = shlex.split(line)

    assert line.isprintable()
    assert words[:4] == ["onex", "run", "demo.a", "--input"]
    if len(line) <= LONGEST_COMMAND and not words[4].startswith("@"):
        assert json.loads(words[4]) == state


def test_a_long_state_is_taken_from_the_record():
    """A command is to be copied."""
    line = unit_with({"text": "x" * LONGEST_COMMAND})["reproduce"]

    assert (
        line
        == f"onex run demo.a --input '@reports/runs/{RUN_ID}/nodes/0000-demo.a/execution_result.json#/input_state'"
    )


def test_what_reproduces_what():
    """A case by its test, a command by itself; what was never started by nothing."""
    found = {unit["unit_id"]: unit["reproduce"] for unit in sample_run()["units"]}

    assert found["demo.text.clean"] == """onex run demo.text.clean --input '{"text":" Hi "}'"""
    assert found["demo.text.clean::trims both ends"] == "onex test demo.text.clean"
    assert found["nightly::command"] == "bash nightly.sh"
    assert [
        found[name] for name in ("demo.text.absent", "demo.text.later", "nightly::row_count")
    ] == [None] * 3


CHECKS = [
    ("success", {}, [{"status": "pass", "msg": "rows passed", "predicate": "check"}]),
    ("failure", {}, [{"status": "fail", "msg": "rows failed", "predicate": "check"}]),
    ("failure", {"detail": "rows=0"}, [{"status": "fail", "msg": "rows=0", "predicate": "check"}]),
    (
        "failure",
        {"error": error("e", "no")},
        [{"status": "fail", "msg": "no", "predicate": "check"}],
    ),
    ("skipped", {}, []),
    ("blocked", {}, []),
    ("error", {}, []),
    ("partial", {}, []),
]


@pytest.mark.parametrize(("status", "told", "asserts"), CHECKS)
def test_a_check_is_its_own_assertion(status, told, asserts):
    """OBS-12: when it was made."""
    made = Facts([run_facts.plan_item("p", "rows", "check")]).checked(0, status, **told)
    (unit,) = made.finished().run()["units"]

    assert (unit["status"], unit["asserts"], unit["actions"]) == (status, asserts, [])
    assert unit["executed"] is (status not in {"skipped", "blocked"})


COMMANDS = [
    ("success", {"process": process("hi\n")}, ("ok", {"exit": 0, "out_len": 3, "out_preview_b64": "aGkK", "out_truncated": False, "err_len": 0})),
    ("failure", {"process": process(status=3), "error": error("exit", "it ended with 3")}, ("fail", {"kind": "exit", "msg": "it ended with 3", "code": 3})),
    ("error", {"reason": "not-found"}, ("fail", {"kind": "not-found", "msg": "the command did not succeed"})),
    ("failure", {}, ("fail", {"kind": "failure", "msg": "the command did not succeed"})),
]  # fmt: skip


@pytest.mark.parametrize(("status", "told", "payload"), COMMANDS)
def test_a_command_is_its_own_action(status, told, payload):
    """OBS-13: its arguments are not shown, which may hold secrets."""
    made = Facts([run_facts.plan_item("p", "command", "command")])
    made.checked(0, status, argv=["sh", "-c", "echo $TOKEN"], duration_us=2500, **told)
    (action,) = made.finished().run()["units"][0]["actions"]

    assert (action["status"], action[action["status"]]) == payload
    assert (action["action"], action["args"], action["duration_ms"]) == ("proc", ["sh"], 2)
