"""Two contracts: which change harms whom, with what shows it."""

import time

import pytest
from tests.node_states import CONTRACT, make_contract

from onex.evolution import contracts
from onex.evolution.contracts import compare_contracts
from onex.evolution.schemas.apart import TOO_LONG, Unanswered

TEXT = {"type": "string"}


def side(*, closed=False, **properties):
    schema = {"type": "object", "required": ["text"], "properties": {"text": TEXT, **properties}}
    return {**schema, "additionalProperties": False} if closed else schema


def told(old, new, mode="backward"):
    """Verdict, pointer, message and witness of each change."""
    found = compare_contracts(make_contract(**old), make_contract(**new), mode)
    return [(one["verdict"], one["pointer"], one["message"], one["witness"]) for one in found]


def witness(of, by, **state):
    return {"side": of, "accepted_by": by, "state": state}


CLOSED, CLOSED_WIDER = side(closed=True), side(closed=True, more={"type": "integer"})
MORE = "the property 'more' is new"

MODES = [
    ("input", "backward", [("compatible", f"input: {MORE}", None)]),
    ("input", "forward", [("breaking", f"input: {MORE}", witness("input", "after", text="a", more=0))]),
    ("input", "full", [("breaking", f"input: {MORE}", witness("input", "after", text="a", more=0))]),
    ("output", "backward", [("breaking", f"output: {MORE}", witness("output", "after", text="a", more=0))]),
    ("output", "forward", [("compatible", f"output: {MORE}", None)]),
    ("output", "full", [("breaking", f"output: {MORE}", witness("output", "after", text="a", more=0))]),
]  # fmt: skip


@pytest.mark.parametrize(("where", "mode", "expected"), MODES)
def test_a_wider_side(where, mode, expected):
    """To take more lets nobody down; to give more lets down who reads. Forward it is the other way."""
    found = told({where: CLOSED}, {where: CLOSED_WIDER}, mode)

    assert [(verdict, message, shown) for verdict, _, message, shown in found] == expected


def test_each_difference_has_its_own_verdict():
    """Harm stands first, with a state that this difference refuses by itself."""
    new = side(lang={"type": "string", "maxLength": 2})
    new["required"] = ["text", "lang"]
    new["properties"]["text"] = {"type": "string", "description": "The text.", "minLength": 1}

    assert told({}, {"input": new}) == [
        ("breaking", "/input/required", "input: 'lang' must be given now", witness("input", "before", text="a")),
        ("breaking", "/input/properties/text/minLength", "input: `minLength` is new: 1", witness("input", "before", text="")),
        ("breaking", "/input/properties/lang", "input: the property 'lang' is new", witness("input", "before", text="a", lang=None)),
        ("metadata", "/input/properties/text/description", "input: `description` is new: 'The text.'", None),
    ]  # fmt: skip


def test_what_one_difference_takes_another_may_give_back():
    """Judged together they do no harm, so none of them does."""
    old = side(a={"type": "integer", "minimum": 0})
    new = side(a={"type": "integer", "exclusiveMinimum": -1})

    found = told({"input": old}, {"input": new})

    assert [verdict for verdict, *_ in found] == ["compatible", "compatible"]


def test_harm_that_only_all_differences_do_together():
    """It is told of the side as a whole."""
    old = {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    new = {"type": "object", "anyOf": [{"required": ["a", "c"]}, {"required": ["b", "c"]}]}
    found = told({"input": old}, {"input": new})

    assert [(row[0], row[1]) for row in found][:2] == [
        ("breaking", "/input/anyOf/0/required"),
        ("breaking", "/input/anyOf/1/required"),
    ]


def test_only_input_is_filled_in():
    """A default serves who leaves something out; nobody fills in what a node gives."""
    more = side(more={"type": "integer", "default": 0})
    more["required"] = ["text", "more"]
    (first, *_), other = told({}, {"input": more}), told({}, {"output": more}, "forward")

    assert first[0] == "breaking"  # an old input may hold `more` as a text
    assert first[3] == witness("input", "before", text="a", more=None)
    assert other[0][3] == witness("output", "before", text="a")


def test_cases_and_edition():
    """Cases are tests: others do not rely on them."""
    new = {"cases": CONTRACT["cases"] * 2, "contract_version": "1.0.1"}

    assert told({}, new) == [
        ("code-only", "/cases", "the cases have changed", None),
        ("metadata", "/contract_version", "the edition of the contract has changed", None),
    ]


def test_words_are_metadata():
    """No engine is asked for them."""
    new = {"output": {**side(), "title": "Out", "x-own": 1}}

    assert [row[0] for row in told({}, new)] == ["metadata", "metadata"]


REFUSED = {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}}


def test_a_schema_that_is_refused():
    """Now, it serves nobody; before, it has served nobody."""
    (now,), (before,) = told({}, {"input": REFUSED}), told({"input": REFUSED}, {})

    assert (now[0], now[1], now[2].startswith("input: the schema is refused: ")) == (
        "breaking",
        "/input",
        True,
    )
    assert (before[0], before[2].startswith("input: the schema was refused before (")) == (
        "compatible",
        True,
    )


def test_what_is_not_decided_counts_as_breaking():
    """And says why (two recursions of different step)."""
    lists = {"t": {"type": "array", "items": {"$ref": "#/$defs/t"}}}
    steps = {"t": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/t"}}}}
    old = {"type": "object", "properties": {"l": {"$ref": "#/$defs/t"}}, "$defs": lists}
    new = {
        "type": "object",
        "properties": {"l": {"type": "array", "items": {"$ref": "#/$defs/t"}}},
        "$defs": steps,
    }
    first = compare_contracts(make_contract(input=old), make_contract(input=new), "backward")[0]

    assert (first["verdict"], first["undecided"], first["witness"]) == ("breaking", True, None)
    assert first["message"] == (
        "input: it is not decided whether those who rely on the node as it was are let down: the difference is "
        "too intricate to be proven harmless, and no example of harm was found"
    )


def test_what_takes_too_long_is_not_decided(monkeypatch):
    """The engine is stopped, and that counts as breaking too."""
    monkeypatch.setattr(contracts, "apart", lambda *_: Unanswered(TOO_LONG))
    first = compare_contracts(
        make_contract(input=CLOSED), make_contract(input=CLOSED_WIDER), "backward"
    )[0]

    assert (first["verdict"], first["undecided"]) == ("breaking", True)
    assert first["message"].endswith(TOO_LONG)


def test_a_schema_that_keeps_the_engine_busy(monkeypatch):
    """It is stopped in time, and a guess may still show the harm (hostile: 200 choices of one)."""
    monkeypatch.setattr(contracts, "SECONDS", 2)
    monkeypatch.setattr(contracts, "PATIENCE", 0.1)
    forms = [
        {"type": "object", "required": [f"r{i}"], "properties": {f"p{i}": {}}} for i in range(200)
    ]
    old = {"type": "object", "oneOf": forms}
    new = {"type": "object", "oneOf": forms, "required": ["all"]}
    began = time.monotonic()
    first = compare_contracts(make_contract(input=old), make_contract(input=new), "full")[0]

    assert (first["verdict"], first["undecided"]) == ("breaking", False)
    assert time.monotonic() - began < 60, "without a limit it takes hours"
