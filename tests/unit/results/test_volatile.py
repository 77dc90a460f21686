"""What is volatile is said by the schema, wherever in a record it stands."""

from onex.results.volatile import strip

PROCESS = {
    "exit": 0,
    "signal": None,
    "timed_out": False,
    "cpu_us": 12,
    "max_rss_kib": 9,
    "stdout": {"bytes": 0, "truncated": False, "text": ""},
    "stderr": {"bytes": 0, "truncated": False, "text": ""},
}


def test_volatile_members_go_at_every_depth():
    """Members of the record, of a nullable object and of the items of a list are left out."""
    record = {
        "run_id": "r",
        "started_us": 1,
        "node_id": "t.n",
        "process": PROCESS,
        "trace": [{"step": "lock", "status": "ok", "duration_us": 3, "detail": None}],
        "input_state": {"run_id": "the node's own"},
    }

    steady = {name: PROCESS[name] for name in ("exit", "signal", "timed_out", "stdout", "stderr")}
    assert strip(record, "execution_result") == {
        "node_id": "t.n",
        "process": steady,
        "trace": [{"step": "lock", "status": "ok", "detail": None}],
        "input_state": {"run_id": "the node's own"},
    }


def test_a_choice_of_forms_is_looked_into():
    """Facts are a choice of eight forms; each loses its times."""
    fact = {"v": "1.0", "kind": "unit_process", "at_us": 4, "unit": 0, "process": PROCESS}

    assert set(strip(fact, "fact")) == {"v", "kind", "unit", "process"}
    assert "cpu_us" not in strip(fact, "fact")["process"]
