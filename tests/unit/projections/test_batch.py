"""[000] batch: statuses, the three encodings, rules of CI, and what contradicts itself."""

import itertools
import json

import pytest
import yaml as pyyaml
from tests.sample_run import DIGEST, Facts, error, sample_run

from onex.core.patch import same
from onex.core.yaml import parse
from onex.projections import batch
from onex.results import run_facts
from onex.results.status import outcome

WORDS = {
    "success": ("success", True, None),
    "failure": ("failure", False, None),
    "skipped": ("skipped", False, None),
    "partial": ("partial", False, None),
    "blocked": ("skipped", False, "blocked"),
    "error": ("failure", False, "error"),
}
RESULT = {
    "node_id": "validator.check.format",
    "input_hash": DIGEST,
    "output_hash": None,
    "success": True,
    "execution_time_ms": 101,
    "metadata": {},
    "errors": None,
    "warnings": None,
    "status": "success",
}
DOCUMENT = {
    "batch_id": "b1",
    "status": "success",
    "results": [RESULT],
    "started_at": "2025-05-14T08:01:12Z",
    "completed_at": "2025-05-14T08:01:23Z",
    "coverage_percent": None,
    "trust_delta": None,
    "trust_notes": None,
}


def of(status):
    return {**RESULT, "status": status, "success": status == "success"}


def run_of(*statuses):
    """A run of nodes that ended like that."""
    made = Facts([run_facts.plan_item(f"demo.n{n}", "run", "node") for n in range(len(statuses))])
    for number, status in enumerate(statuses):
        made.node(number, status=status, problem=None if status == "success" else error())
    return made.finished(outcome(statuses)).run()


@pytest.mark.parametrize("status", WORDS)
def test_words(status):
    """ONEX-R-02, -03, CF-02: four words, `success` agrees, the exact status is kept and read back."""
    document = batch.document(run_of(status))
    (result,) = document["results"]

    found = (result["status"], result["success"], result["metadata"].get("onex.status"))
    assert found == WORDS[status]
    assert [unit["status"] for unit in batch.read(document)["units"]] == [status]


def expected(statuses):
    """ONEX-R-06 and AMB-02 as they are written down."""
    if not statuses:
        return "failure"
    if all(status == "success" for status in statuses):
        return "success"
    if "success" in statuses or "failure" not in statuses:
        return "partial"
    return "failure"


@pytest.mark.parametrize("size", range(4))
def test_status_of_every_multiset(size):
    """ONEX-R-06: over all multisets of three, whatever their order."""
    for found in itertools.combinations_with_replacement(
        ["success", "failure", "skipped", "partial"], size
    ):
        for statuses in itertools.permutations(found):
            assert batch.status_of(statuses) == expected(found)


def test_a_batch_of_nothing_has_failed():
    """AMB-02: a gate that looked at nothing must not pass."""
    assert batch.document(run_of())["status"] == "failure"
    assert batch.document(run_of("skipped", "skipped"))["status"] == "partial"


def test_a_run_that_was_cut_off_is_no_success():
    """What ended the run is a result of its own, where no node says it."""
    run = {**run_of("success"), "outcome": "error", "reason": "interrupted"}
    document = batch.document(run)

    assert document["status"] == "partial"
    assert [result["node_id"] for result in document["results"]] == ["demo.n0", "nodes"]
    assert document["results"][1]["errors"] == ["interrupted: the run ended as error: interrupted"]


def test_gates_are_no_results():
    """ONEX-R-12: node_count is that of the results, and a gate is no node."""
    document = batch.document(sample_run())
    ci_run = document["ci_run"]

    assert "gate" not in [result["node_id"] for result in document["results"]]
    assert ci_run["node_count"] == len(document["results"]) == 10
    assert ci_run["failed_nodes"] == [
        "demo.text.count",
        "demo.text.strict",
        "demo.text.absent",
        "nightly",
    ]


CI_RUN = {
    "triggered_by": "pre-merge",
    "policy": "trust_gate",
    "node_count": 1,
    "trust_enforced": True,
    "minimum_coverage_required": 90,
    "runtime_flags": ["sandboxed", "registry-synced"],
    "failed_nodes": ["validator.linter.namegen"],
}


def test_ci_run_of_the_specification():
    """ONEX-R-12: the block survives, and the policy is that of the run."""
    failed = {**of("failure"), "node_id": "validator.linter.namegen"}
    document = {**DOCUMENT, "status": "failure", "results": [failed], "ci_run": CI_RUN}
    run = batch.read(document)

    assert same(batch.document(run), document)
    assert run["policy"] == {
        "name": "trust_gate",
        "triggered_by": "pre-merge",
        "trust_enforced": True,
        "minimum_coverage_required": 90,
        "criticality": "all",
    }


@pytest.mark.parametrize(
    ("level", "tree", "flags"),
    [
        ("process", None, []),
        ("limits", None, []),
        ("landlock", None, ["sandboxed"]),
        ("wasm", DIGEST, ["sandboxed", "registry-synced"]),
        ("none", DIGEST, ["registry-synced"]),
    ],
)
def test_runtime_flags(level, tree, flags):
    """Sandboxed is what keeps a node from what it was not given; synced, a tree verified clean."""
    run = run_of("success", "success")
    run["units"][0]["node"]["isolation"] = {"requested": level, "effective": level, "degraded": []}
    run["units"][1]["node"]["isolation"] = {"requested": level, "effective": "wasm", "degraded": []}
    run["references"]["tree_digest"] = tree

    assert batch.document(run)["ci_run"]["runtime_flags"] == flags


LIES = [
    ({"status": "failure"}, "/status is failure, but the results amount to success (ONEX-R-06)"),
    ({"completed_at": "2025-05-14T08:01:11Z"}, "/completed_at is before /started_at (ONEX-R-07)"),
    ({"started_at": "2025-02-30T08:01:12Z"}, "must be moments that there were"),
    (
        {"ci_run": {**CI_RUN, "failed_nodes": [], "node_count": 2}},
        "/ci_run/node_count is 2, but there are 1",
    ),
    ({"ci_run": CI_RUN}, "/ci_run/failed_nodes is not what the results say: []"),
]


@pytest.mark.parametrize(("change", "words"), LIES)
def test_what_contradicts_itself_is_refused(change, words):
    """A derived value is verified, never trusted."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are compared
        batch.read({**DOCUMENT, **change})

    assert words in str(caught.value)


def test_three_encodings_of_one_batch():
    """ONEX-R-09, -11: JSON, lines and YAML say the same; lines aggregate to an equal batch."""
    run = sample_run()
    document = batch.document(run)
    lines = batch.to_text(run, "out.ndjson")
    snapshot = batch.to_text(run, "out.yaml")

    assert same(json.loads(batch.to_text(run, "out.json")), document)
    assert lines.endswith("\n")
    assert same([json.loads(line) for line in lines.split("\n")[:-1]], document["results"])
    assert same(parse(snapshot.encode(), "out.yaml"), document)
    assert pyyaml.safe_load(snapshot) == document
    assert batch.to_text(sample_run(), "out.yml") == snapshot


def test_slots_survive():
    """ONEX-R-15: trust, signature and lifecycle of a batch come back."""
    document = {
        **DOCUMENT,
        "trust_delta": -0.02,
        "trust_notes": "fell",
        "signature": {"keyid": "k", "sig": "s"},
        "lifecycle": "final",
    }
    run = batch.read(document)

    assert (run["trust"], run["lifecycle"]) == ({"delta": -0.02, "notes": "fell"}, "final")
    assert same(batch.document({**run, "ext": {}})["signature"], document["signature"])


def test_every_kind_of_node_gives_the_same_keys():
    """ONEX-R-15: consistent structure, whatever was executed."""
    assert len({tuple(result) for result in batch.document(sample_run())["results"]}) == 1


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("exception: KeyError", "exception", "KeyError"),
        ("Unexpected global import", "reported", "Unexpected global import"),
        ("reported: x", "reported", "reported: x"),
        ("a: b: c", "a", "b: c"),
        ("é: x", "reported", "é: x"),
        ("", "reported", ""),
        ("code: two\nlines", "code", "two\nlines"),
    ],
)
def test_errors_are_read_back(text, code, message):
    """A sentence stays a sentence, whoever wrote it."""
    document = {**DOCUMENT, "status": "failure", "results": [{**of("failure"), "errors": [text]}]}
    (found,) = batch.read(document)["units"][0]["errors"]

    assert (found["code"], found["message"]) == (code, message)
    assert batch.document({**batch.read(document), "ext": {}})["results"][0]["errors"] == [text]


def test_what_is_left_out_is_filled_in_and_said():
    """CF-03: a compact result is no reproducible one."""
    compact = {"node_id": "a.b", "success": True, "status": "success"}
    whole, remarks = batch.complete({"batch_id": "b", "results": [compact, RESULT, "x"]})

    assert remarks == ["a.b: not reproducible: the document gives no input hash"]
    assert whole["results"][0] == {
        **compact,
        "input_hash": batch.NO_INPUT,
        "output_hash": None,
        "execution_time_ms": None,
        "metadata": {},
        "errors": None,
        "warnings": None,
    }
    assert whole["results"][1:] == [RESULT, "x"]


def test_a_document_in_full_is_not_touched():
    """Nothing is said about what is all there."""
    assert batch.complete(DOCUMENT) == (DOCUMENT, [])
