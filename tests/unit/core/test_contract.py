"""State contracts: what is judged, what defaults fill in, and how a refusal is told."""

import os

import pytest

from onex.core import document
from onex.core.contract import Contract, StateSchema
from onex.errors import DocumentError

CONTRACT = b"""\
contract_version: "1.0.0"
input:
  type: object
  requird: [a]
output: {type: object}
cases:
- {name: x, input: {}, output: {}}
"""


def contract(data=CONTRACT, base=""):
    """The contract that ``data`` holds."""
    source = document.parse(data, "c.yaml")
    return Contract(source.value, source, base)


def test_refused_schema_is_told_at_its_line():
    """Work with a contract stops at the first thing that the lint has against it."""
    with pytest.raises(DocumentError) as caught:
        _ = contract().input

    assert str(caught.value).splitlines()[0] == (
        "c.yaml:4:3: 'requird' is not a keyword of JSON Schema 2020-12"
    )
    assert caught.value.help == "did you mean 'required'?"


def test_good_side_and_cases():
    """The other side is compiled by itself, and cases come in the author's order."""
    assert contract().output.is_valid({})
    assert [case["name"] for case in contract().cases] == ["x"]
    assert contract(b'{"input": {}, "output": {}}').cases == []


@pytest.mark.parametrize(
    ("schema", "state", "filled"),
    [
        ({"properties": {"a": {"default": 1}}}, {}, {"a": 1}),
        ({"properties": {"a": {"default": 1}}}, {"a": None}, {"a": None}),
        ({"properties": {"a": {"default": None}}}, {}, {"a": None}),
        ({"properties": {"a": {"properties": {"b": {"default": 1}}}}}, {"a": {}}, {"a": {"b": 1}}),
        ({"properties": {"a": {"properties": {"b": {"default": 1}}}}}, {}, {}),
        (
            {"properties": {"a": {"$ref": "#/$defs/d"}}, "$defs": {"d": {"default": 1}}},
            {},
            {"a": 1},
        ),
        (
            {"properties": {"a": {"$ref": "#/$defs/x~1%20y"}}, "$defs": {"x/ y": {"default": 1}}},
            {},
            {"a": 1},
        ),
        (
            {"properties": {"a": {"$ref": "#d"}}, "$defs": {"x": {"$anchor": "d", "default": 1}}},
            {},
            {"a": 1},
        ),
        (
            {"properties": {"a": {"$ref": "#"}, "b": {"default": 1}}},
            {"a": {"a": {}}},
            {"a": {"a": {"b": 1}, "b": 1}, "b": 1},
        ),
        ({"properties": {"a": True}}, {}, {}),
        ({"allOf": [{"properties": {"a": {"default": 1}}}]}, {}, {}),
        (True, {"a": 1}, {"a": 1}),
    ],
)
def test_defaults_fill_in_what_is_left_out(schema, state, filled):
    """Defaults are taken through references, never over what is there, and twice is once."""
    judge = StateSchema(schema)

    assert judge.with_defaults(state) == filled
    assert judge.with_defaults(filled) == filled


def test_defaults_are_not_shared():
    """A state that is filled in does not change the next one."""
    judge = StateSchema({"properties": {"a": {"default": []}}})
    judge.with_defaults({})["a"].append(1)

    assert judge.with_defaults({}) == {"a": []}


def test_contract_of_a_path_is_its_base(tmp_path):
    """A contract inside node.onex points into node.onex."""
    inside = b"state_contract:\n  input: {typ: 1}\n  output: {}\n"
    source = document.parse(inside, os.fspath(tmp_path / "node.onex"))

    with pytest.raises(DocumentError) as caught:
        _ = Contract(source.value["state_contract"], source, "/state_contract").input
    assert (caught.value.line, caught.value.column, caught.value.pointer) == (
        2,
        11,
        "/state_contract/input/typ",
    )
