"""[001] RunResult: the truth table of its status, the order of its steps, and what it lacks."""

import itertools

import pytest
from tests.sample_run import Facts, error, sample_run

from onex.core.patch import same
from onex.projections import manifest, run_result
from onex.results import run_facts

DIGEST = "ab" * 32
STEP = {
    "step_id": "clean",
    "kind": "transform",
    "status": "success",
    "started_at": None,
    "finished_at": None,
    "duration_ms": None,
    "summary": "",
    "warnings": [],
    "artifacts": [],
}
DOCUMENT = {
    "run_id": "r1",
    "status": "success",
    "started_at": "2025-05-14T08:01:12Z",
    "finished_at": "2025-05-14T08:01:23Z",
    "duration_ms": 11000,
    "summary": "",
    "steps": [STEP],
    "metrics": {},
    "artifacts": [],
    "references": {"manifest_path": "m.json", "config_hash": DIGEST, "contract_hash": DIGEST},
}
WORDS = ["success", "failed", "skipped", "blocked"]


def expected(steps):
    """ATLAS-08 to -10, AMB-02, AMB-03: failed wins over partial wins over success."""
    if not steps or any(critical and word in {"failed", "blocked"} for critical, word in steps):
        return "failed"
    return "success" if all(word == "success" for _, word in steps) else "partial"


@pytest.mark.parametrize("size", range(4))
def test_truth_table(size):
    """Every combination of critical and status, up to three steps, in any order."""
    cells = list(itertools.product([True, False], WORDS))
    for steps in itertools.product(cells, repeat=size):
        assert run_result.status_of(steps) == expected(steps)


ROWS = [
    ("success", True, "success", None),
    ("failure", True, "failed", None),
    ("failure", False, "partial", None),
    ("error", True, "failed", "error"),
    ("error", False, "partial", "error"),
    ("skipped", True, "partial", None),
    ("skipped", False, "partial", None),
    ("blocked", True, "failed", None),
    ("blocked", False, "partial", None),
    ("partial", True, "partial", "partial"),
    ("partial", False, "partial", "partial"),
]


@pytest.mark.parametrize(("status", "critical", "word", "exact"), ROWS)
def test_one_step_beside_a_success(status, critical, word, exact):
    """CF-01, CF-02: the status of the run, and the exact one of the step; both are read back."""
    items = [
        run_facts.plan_item("demo.a", "run", "node"),
        run_facts.plan_item("demo.b", "run", "node", critical=critical),
    ]
    made = (
        Facts(items)
        .node(0)
        .node(1, status=status, problem=error() if status != "success" else None)
    )
    document = run_result.document(
        made.finished("success" if status == "success" else "partial").run()
    )
    step = document["steps"][1]

    assert (document["status"], step.get("onex.status")) == (word, exact)
    assert document["policy"] == {
        "criticality": "all",
        "not_critical": [] if critical else ["demo.b"],
    }
    assert [unit["status"] for unit in run_result.read(document)["units"]] == ["success", status]


def test_steps_and_counters_of_the_sample():
    """ATLAS-12, -13, -15: all planned steps; counters add up; not executed is skipped or blocked."""
    document = run_result.document(sample_run())
    metrics, steps = document["metrics"], document["steps"]

    assert metrics["steps_planned"] == len(steps) == 11
    assert (
        sum(
            metrics[f"steps_{s}"]
            for s in ("success", "failure", "skipped", "blocked", "partial", "error")
        )
        == 11
    )
    assert [s["step_id"] for s in steps if s["status"] in {"skipped", "blocked"}] == [
        "demo.text.later",
        "demo.text.unwanted",
    ]
    assert metrics["steps_executed"] == 8
    assert document["summary"] == "4 of 11 steps succeeded; error"
    assert steps[0]["artifacts"] == ["table"]
    assert "trimmed" not in metrics  # ATLAS-16


def test_a_run_of_nothing_says_so():
    """ATLAS-31, AMB-02: there is one step, which says that there was nothing to run."""
    document = run_result.document(Facts([]).finished("failure").run())

    assert (document["status"], len(document["steps"])) == ("failed", 1)
    assert "there was nothing to run" in document["steps"][0]["summary"]


def test_a_run_that_was_cut_off_has_failed():
    """A run whose steps succeeded, and which did not come to its end, is no success."""
    made = Facts([run_facts.plan_item("demo.a", "run", "node")]).node(0)
    document = run_result.document(made.run())

    assert (document["status"], document["steps"][1]["summary"]) == (
        "failed",
        "the run ended as error: interrupted",
    )
    assert same(run_result.document(run_result.read(document)), document)


LIES = [
    (
        {"status": "partial"},
        "/status is partial, but the steps amount to success (ATLAS-08 to -10)",
    ),
    ({"steps": []}, "/status is success, but the steps amount to failed"),
    ({"steps": [STEP, {**STEP, "step_id": "b"}, STEP]}, "/steps: the step clean stands 2 times"),
    ({"finished_at": "2025-05-14T08:01:11Z"}, "/finished_at is before /started_at"),
    ({"started_at": "yesterday"}, "must be moments that there were"),
    ({"finished_at": "2025-05-14T08:01:12"}, "must be moments that there were"),
]


@pytest.mark.parametrize(("change", "words"), LIES)
def test_what_contradicts_itself_is_refused(change, words):
    """ATLAS-28: global and step statuses agree."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are compared
        run_result.read({**DOCUMENT, **change})

    assert words in str(caught.value)


POLICIES = [
    {},
    {"not_critical": None},
    {"not_critical": 3},
    {"not_critical": "clean"},
    {"not_critical": [None, {}]},
]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_of_others_may_hold_anything(policy):
    """What does not name steps makes none of them uncritical (ATLAS-11)."""
    document = {**DOCUMENT, "policy": policy}
    run = run_result.read(document)

    assert [unit["critical"] for unit in run["units"]] == [True]
    assert same(run_result.document(run), document)


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (DIGEST, DIGEST),
        (f"sha256:{DIGEST}", DIGEST),
        ("unknown", None),
        (DIGEST.upper(), None),
        ("ab", None),
    ],
)
def test_digests_of_others(text, digest):
    """CF-16: with or without the name of the algorithm; what is none is not taken for one."""
    document = {**DOCUMENT, "references": {**DOCUMENT["references"], "config_hash": text}}
    run = run_result.read(document)

    assert run["references"]["config_hash"] == digest
    assert same(run_result.document(run), document)


def test_the_sample_is_complete():
    """ATLAS-18 to -21, -31: it can be understood, traced and reproduced."""
    run = sample_run()

    assert run_result.incomplete(run_result.document(run), manifest.document(run)) == []


TABLE = {"name": "table", "path": "artifacts/t.csv", "hash": DIGEST, "type": ""}
LACKS = [
    ({"steps": []}, ["/steps is empty: nothing tells what happened"]),
    (
        {
            "references": {
                "manifest_path": "m",
                "config_hash": "unknown",
                "contract_hash": "unknown",
            }
        },
        [
            "/references/config_hash is not known: the run cannot be reproduced",
            "/references/contract_hash is not known: the run cannot be reproduced",
        ],
    ),
    (
        {"artifacts": [TABLE]},
        ["/artifacts/0: artifacts/t.csv with its digest is not in the manifest"],
    ),
    ({"steps": [{**STEP, "step_id": "lost"}]}, ["/steps/0: lost is not in the manifest"]),
]


@pytest.mark.parametrize(("change", "problems"), LACKS)
def test_what_is_incomplete(change, problems):
    """ATLAS-31: each thing that is lacking is named."""
    run = sample_run()
    document = {**run_result.document(run), **change}

    assert run_result.incomplete(document, manifest.document(run)) == problems
