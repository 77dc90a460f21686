"""ONEXRuntime: the order of the steps, the gate, the contract on both sides, the record."""

import os
import signal
import threading
import time

import pytest
from tests.unit.runtime.nodes import (
    EMPTY_STREAM,
    PYTHON,
    alive,
    bench,
    children,
    make_node,
    python_node,
    run_once,
    script_node,
    steady,
)

from onex.core import node as nodes
from onex.core import snapshot
from onex.errors import LockMismatchError, OnexError, RefusedError, UsageError
from onex.runtime.gate import check_lock

UPPER = "def run(text):\n    print('a log')\n    return {'text': text.upper()}\n"
TEXT = {
    "type": "object",
    "properties": {"text": {"type": "string", "default": "hi"}},
    "required": ["text"],
    "additionalProperties": False,
}


def ok(*steps):
    return [{"step": step, "status": "ok", "detail": None} for step in steps]


def test_a_python_node_from_state_to_record(tmp_path):
    """The whole record of a success: states, digests, trace, process, trust (ONEX-M2-07)."""
    node = python_node(tmp_path / "upper", UPPER, state_in=TEXT, state_out=TEXT)

    result = steady(run_once(node, case="plain"))

    found = snapshot.take(node)
    assert result == {
        "schema_version": "1.0",
        "seq_plan": 0,
        "seq_exec": 0,
        "node_id": "t.upper",
        "node_version": "1.0.0",
        "node_hash": found.hash,
        "behaviour": found.behaviour,
        "executor": "python",
        "lifecycle": "draft",
        "locked": True,
        "case": "plain",
        "status": "success",
        "reason": None,
        "input_state": {"text": "hi"},
        "input_hash": "e7b995efa755c5ff3b84d2188b58cb4ae916a59470eb3761df8a814f11763500",
        "output_state": {"text": "HI"},
        "output_hash": "46cf937ab19c960747b8d6812fd9ff13cd1bc7e4d56091097efd9f04a5c99560",
        "isolation": {"requested": "process", "effective": "process", "degraded": []},
        "process": {
            "exit": 0,
            "signal": None,
            "timed_out": False,
            "stdout": {"bytes": 6, "truncated": False, "text": "a log\n"},
            "stderr": EMPTY_STREAM,
        },
        "summary": None,
        "warnings": [],
        "metrics": {},
        "artifacts": [],
        "actions": [],
        "extracts": [],
        "trace": ok("lock", "gate", "input", "execute", "output"),
        "error": None,
        "trust": {
            "policy": "default",
            "minimum": None,
            "counted": True,
            "level": "unrated",
            "score": None,
        },
    }


def test_facts_come_in_the_order_in_which_things_happen(tmp_path):
    """A journal reads like the execution: planned, checked, started, ended (ONEX-M2-11)."""
    node = python_node(tmp_path / "upper", UPPER, state_in=TEXT)

    with bench() as made:
        made.execute(node)

    told = [fact.get("step", {}).get("step", fact["kind"]) for fact in made.facts]
    assert told == [
        *("unit_planned", "lock", "gate", "unit_started", "input"),
        *("unit_process", "execute", "unit_result", "output", "unit_finished"),
    ]


def test_a_noop_gives_its_input_after_defaults(tmp_path):
    """Nothing is executed: no process, no folder, and the defaults are in the output."""
    node = make_node(tmp_path / "same", entrypoint={"type": "noop"}, state_in=TEXT)

    with bench() as made:
        before = children()
        result = made.execute(node)
        assert children() == before

    assert (result["status"], result["process"]) == ("success", None)
    assert result["output_state"] == result["input_state"] == {"text": "hi"}


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"text": 1}, "text must be a string, but is an integer: 1"),
        ({"txt": "a"}, "unknown key 'txt'"),
        ([], "the input state is an array, but a state is an object"),
        (None, "the input state is null, but a state is an object"),
    ],
    ids=["type", "unknown", "array", "null"],
)
def test_a_bad_input_never_starts_the_node(tmp_path, state, message):
    """ONEX-M2-03: the contract refuses the state as it came, and the node leaves no trace."""
    mark = tmp_path / "ran"
    node = python_node(
        tmp_path / "n", f"def run(text):\n    open({str(mark)!r}, 'w').close()\n", state_in=TEXT
    )

    result = run_once(node, state)

    assert (result["status"], result["error"]["code"]) == ("failure", "input-contract")
    assert message in result["error"]["message"]
    assert (result["input_state"], result["process"]) == (state, None)
    assert not mark.exists()


def test_a_bad_output_fails_although_the_process_ended_well(tmp_path):
    """ONEX-M2-03: status 0 is no success when the state breaks the contract; it is kept."""
    node = python_node(tmp_path / "n", "def run():\n    return {'text': 1}\n", state_out=TEXT)

    result = run_once(node)

    assert (result["status"], result["process"]["exit"]) == ("failure", 0)
    assert result["error"]["code"] == "output-contract"
    assert result["output_state"] == {"text": 1}
    assert result["trace"][-1]["status"] == "fail"


def test_an_error_result_keeps_the_real_error(tmp_path):
    """A node that failed is not judged by its output contract on top."""
    node = python_node(tmp_path / "n", "def run():\n    raise KeyError('gone')\n", state_out=TEXT)

    result = run_once(node)

    assert result["error"]["code"] == "exception"
    assert [step["step"] for step in result["trace"]] == ["lock", "gate", "input", "execute"]


def stale(folder, lifecycle):
    """A node whose file has changed since it was locked."""
    python_node(folder, UPPER, lifecycle=lifecycle, state_in=TEXT)
    (folder / "node.py").write_text(UPPER + "# later\n")
    return nodes.load(str(folder))


@pytest.mark.parametrize("lifecycle", ["review", "active", "deprecated"])
def test_a_stale_node_is_refused_with_the_name_of_the_file(tmp_path, lifecycle):
    """Beyond draft, what runs is what was locked; no fact tells of what never was planned."""
    node = stale(tmp_path / "n", lifecycle)

    with bench() as made, pytest.raises(LockMismatchError, match=r"node\.py has changed") as caught:
        made.runtime.execute(node, {})

    assert made.facts == []
    assert caught.value.help == "run `onex lock t.n` if the change is intended"


def test_a_stale_draft_runs_with_a_warning_and_never_counts(tmp_path):
    """A draft is being written: it runs, but its result says that it was not locked."""
    result = run_once(stale(tmp_path / "n", "draft"))

    assert (result["status"], result["locked"]) == ("success", False)
    assert result["trust"]["counted"] is False
    assert len(result["warnings"]) == 1
    assert result["warnings"][0].startswith("not locked: node.py has changed")


def test_unlocked_runs_what_is_stale_on_record(tmp_path, monkeypatch):
    """`--unlocked` is written down, and refused where nobody watches (CI)."""
    node = stale(tmp_path / "n", "active")
    monkeypatch.delenv("CI", raising=False)

    result = run_once(node, unlocked=True)
    assert (result["status"], result["locked"], result["trust"]["counted"]) == (
        "success",
        False,
        False,
    )

    monkeypatch.setenv("CI", "true")
    with pytest.raises(RefusedError, match="continuous integration"):
        run_once(node, unlocked=True)


def test_the_contract_that_judges_is_the_one_that_was_hashed(tmp_path):
    """A contract file that changes after it was read is refused, not used."""
    contract = (
        '{"contract_version": "1.0.0", "input": {"type": "object"}, "output": {"type": "object"}}'
    )
    node = make_node(
        tmp_path / "n",
        {"contract.json": contract},
        entrypoint={"type": "noop"},
        state_contract="contract.json",
        lifecycle="active",
    )
    assert node.contract.cases == []
    (tmp_path / "n" / "contract.json").write_text(contract + " ")

    with pytest.raises(LockMismatchError, match=r"contract\.json changed while"):
        check_lock(node, snapshot.take(node, keep=True), unlocked=False, host={})


def test_a_deprecated_node_runs_with_a_warning(tmp_path):
    """Whoever still uses it is told what to use in its place."""
    node = make_node(
        tmp_path / "n",
        entrypoint={"type": "noop"},
        lifecycle="deprecated",
        deprecated={"reason": "slow", "successor": "t.fast"},
    )

    assert run_once(node)["warnings"] == ["the node is deprecated: slow; use t.fast"]


@pytest.mark.parametrize(
    ("members", "options", "message"),
    [
        (
            {"isolation": {"minimum": "landlock"}},
            {},
            "isolation landlock, but this onex gives process",
        ),
        ({}, {"isolation": "strict"}, "the caller demands isolation strict"),
        ({}, {"isolation": "total"}, "there is no isolation level total"),
        ({"entrypoint": {"type": "docker"}}, {}, "docker is declared for a later version"),
        ({"entrypoint": {"type": "pyton"}}, {}, "no executor pyton; did you mean 'python'"),
    ],
    ids=["node demands", "caller demands", "no level", "docker", "unknown"],
)
def test_what_cannot_be_met_is_refused_before_anything_is_planned(
    tmp_path, members, options, message
):
    """ONEX-M2-01: a refusal is exit status 2 and no result; docker is declared, not crashed on."""
    node = make_node(tmp_path / "n", {"node.py": UPPER}, **{"entrypoint": PYTHON, **members})

    with bench() as made, pytest.raises(RefusedError, match=message) as caught:
        made.runtime.execute(node, {"text": "a"}, **options)

    assert made.facts == []
    assert isinstance(caught.value, OnexError)


def test_a_trust_demand_is_refused_while_nothing_is_rated(tmp_path):
    """A gate that cannot be judged is closed."""
    snapshot = {
        "score": None,
        "lower": None,
        "samples": 0,
        "level": "unrated",
        "as_of": None,
        "head": None,
    }
    trust = {"policy": "default", "minimum": "high", "snapshot": snapshot}
    node = make_node(tmp_path / "n", entrypoint={"type": "noop"}, trust=trust)

    with pytest.raises(RefusedError, match=r"trust\.minimum demands high"):
        run_once(node)


def test_a_missing_variable_is_named_and_the_node_not_started(tmp_path, monkeypatch):
    """Names alone are told, and the fault is the environment's: it never counts."""
    monkeypatch.setenv("ONEX_TEST_THERE", "secret")
    monkeypatch.delenv("ONEX_TEST_GONE", raising=False)
    node = python_node(
        tmp_path / "n", UPPER, required_env=["ONEX_TEST_THERE", "ONEX_TEST_GONE"], state_in=TEXT
    )

    result = run_once(node)

    assert (result["status"], result["process"]) == ("error", None)
    assert result["error"]["code"] == "missing-env"
    assert result["error"]["details"] == {"names": ["ONEX_TEST_GONE"]}
    assert result["trust"]["counted"] is False
    assert "secret" not in str(result)


def test_a_state_that_is_not_json_is_a_usage_error(tmp_path):
    """A caller's NaN is the caller's fault: there is nothing to digest."""
    node = make_node(tmp_path / "n", entrypoint={"type": "noop"})

    with pytest.raises(UsageError, match="not JSON"):
        run_once(node, {"x": float("nan")})


class Refuses:
    """A publisher that remembers what it saw, and may refuse."""

    def __init__(self, error=None):
        self.error = error
        self.seen = []

    def publish(self, node, input_state, output_state, work):
        """Look at what the node made."""
        with open(os.path.join(work, "made"), encoding="utf-8") as file:
            self.seen.append((node.id, input_state, output_state, file.read()))
        if self.error is not None:
            raise self.error


MAKES = "def run(**_):\n    open('made', 'w').write('a node')\n    return {'made': True}\n"


@pytest.mark.parametrize("error", [None, OnexError("it is there already", help="choose a name")])
def test_made_nodes_are_published_while_the_work_folder_is_there(tmp_path, error):
    """The publisher sees states and files; its refusal is the unit's failure, with its advice."""
    publisher = Refuses(error)
    node = python_node(tmp_path / "n", MAKES, effects={"writes": "nodes"})

    with bench(publisher=publisher) as made:
        result = made.execute(node, {"a": 1})

    assert publisher.seen == [("t.n", {"a": 1}, {"made": True}, "a node")]
    if error is None:
        assert (result["status"], result["trace"][-1]["step"]) == ("success", "publish")
    else:
        assert result["error"] == {
            "code": "publish-refused",
            "message": "it is there already",
            "details": {},
            "hint": "choose a name",
        }


def test_nodes_without_that_effect_are_not_published(tmp_path):
    """Only `effects.writes: nodes` hands files to the publisher."""
    publisher = Refuses()

    with bench(publisher=publisher) as made:
        made.execute(python_node(tmp_path / "n", MAKES))

    assert publisher.seen == []


def test_an_interrupt_kills_the_node_and_finishes_the_unit(tmp_path):
    """Ctrl-C leaves no process, and a journal in which the unit has ended."""
    mark = tmp_path / "started"
    node = script_node(tmp_path / "n", f"sh -c 'touch $0; sleep 60; :' {mark}")
    interrupt = threading.Thread(target=_interrupt_when, args=(mark,))

    with bench() as made:
        interrupt.start()
        with pytest.raises(KeyboardInterrupt):
            made.runtime.execute(node, {})
        assert alive(mark) == []
        interrupt.join()

    made.judge(made.facts)
    last = made.facts[-1]
    assert (last["kind"], last["status"], last["reason"]) == (
        "unit_finished",
        "error",
        "interrupted",
    )


def _interrupt_when(mark):
    for _ in range(500):
        if mark.exists():
            break
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def test_threads_share_one_runtime(tmp_path):
    """Executions side by side keep their states, numbers and records apart."""
    node = python_node(tmp_path / "n", UPPER, state_in=TEXT)
    results = []

    with bench() as made:
        threads = [
            threading.Thread(
                target=lambda word=word: results.append(made.runtime.execute(node, {"text": word}))
            )
            for word in "abcdefgh"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(result["output_state"]["text"] for result in results) == list("ABCDEFGH")
    assert all(r["output_state"]["text"] == r["input_state"]["text"].upper() for r in results)
    assert sorted(result["seq_plan"] for result in results) == list(range(8))


def test_the_host_letting_onex_down_is_no_fault_of_the_node(tmp_path, monkeypatch):
    """No place for a work folder: an error of the unit, not a traceback, and not counted."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    node = python_node(tmp_path / "n", UPPER, state_in=TEXT)

    with bench() as made, pytest.raises(OnexError, match="no folder for temporary files"):
        made.runtime.execute(node, {})

    assert made.facts[-1]["status"] == "error"


def test_without_fork_the_runtime_says_so(tmp_path, monkeypatch):
    """A platform that cannot fork refuses processes, and still runs a noop."""
    monkeypatch.delattr(os, "fork")

    with bench() as made:
        noop = make_node(tmp_path / "same", entrypoint={"type": "noop"})
        assert made.execute(noop)["status"] == "success"
        with pytest.raises(RefusedError, match="cannot fork"):
            made.runtime.execute(python_node(tmp_path / "n", UPPER), {"text": "a"})


def test_a_plug_in_registers_without_a_change_of_the_runtime(tmp_path, monkeypatch):
    """ONEX-M2-10: an installed package brings an executor; its results are held to the schema."""
    info = tmp_path / "site" / "onex_test_executor-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: onex-test-executor\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[onex.executors]\nreverse = onex_test_executor:Reverse\nforge = onex_test_executor:Forge\n"
    )
    (tmp_path / "site" / "onex_test_executor.py").write_text(
        "from onex.runtime.executor import Completed\n"
        "class Reverse:\n"
        "    def execute(self, job):\n"
        "        return Completed(result={'state': {'text': job.state['text'][::-1]}})\n"
        "class Forge:\n"
        "    def execute(self, job):\n"
        "        return Completed(result={'state': {}, 'trust': 'high'})\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    good = make_node(tmp_path / "good", entrypoint={"type": "reverse"})
    forged = make_node(tmp_path / "forged", entrypoint={"type": "forge"})

    assert run_once(good, {"text": "abc"})["output_state"] == {"text": "cba"}
    assert run_once(forged)["error"]["code"] == "bad-output"
