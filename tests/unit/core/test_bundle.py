"""Contracts that refer to shared schemas: what they come to mean, and what is refused."""

import json
import os

import jsonschema
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from onex.core import bundle
from onex.core import library as libraries
from onex.core.bundle import resolved
from onex.core.contract import Contract, StateSchema
from onex.core.document import Document
from onex.core.library import Library
from onex.core.lint import lint
from onex.core.shared import advise
from onex.errors import DocumentError

HOME = "https://example.org"


def library(**schemas):
    """A library of schemas, each with an `$id` after its name."""
    files = {
        f"{name}.json": json.dumps({"$id": f"{HOME}/{name}", **schema}).encode()
        for name, schema in schemas.items()
    }
    return Library(files, lambda path: (files[path], path))


def side(schema, shared):
    """What ``schema`` comes to as the input of a contract, compiled."""
    value = {"contract_version": "1.0.0", "input": schema, "output": {}}
    return resolved(Contract(value, Document("contract.json", b"{}", value), ""), shared)


def said(shared):
    """What is wrong with shared schemas, in words."""
    return [str(error) for _, error in shared.faults]


ZIP = {"type": "string", "minLength": 2}
LEADS = {
    "whole": ({"zip": ZIP}, f"{HOME}/zip", {"$ref": "#/$defs/zip"}),
    "empty_fragment": ({"zip": ZIP}, f"{HOME}/zip#", {"$ref": "#/$defs/zip"}),
    "pointer": ({"a": {"$defs": {"b": ZIP}}}, f"{HOME}/a#/$defs/b", {"$ref": "#/$defs/a.b"}),
    "escaped": (
        {"a": {"$defs": {"b/c d": ZIP}}},
        f"{HOME}/a#/$defs/b~1c%20d",
        {"$ref": "#/$defs/a.b_1c_d"},
    ),
    "anchor": (
        {"a": {"$defs": {"b": {"$anchor": "zip", **ZIP}}}},
        f"{HOME}/a#zip",
        {"$ref": "#/$defs/a.b"},
    ),
    "inside_a_property": (
        {"a": {"properties": {"b": ZIP}}},
        f"{HOME}/a#/properties/b",
        {"$ref": "#/$defs/a.b"},
    ),
    "through_another": ({"a": {"$ref": "zip"}, "zip": ZIP}, f"{HOME}/a", {"$ref": "#/$defs/a"}),
    "through_itself": (
        {"a": {"$ref": "#/$defs/b", "$defs": {"b": {"$ref": "#/$defs/c"}, "c": ZIP}}},
        f"{HOME}/a",
        {"$ref": "#/$defs/a"},
    ),
    "its_own_name": (
        {"a": {"$ref": f"{HOME}/a#/$defs/b", "$defs": {"b": ZIP}}},
        f"{HOME}/a",
        {"$ref": "#/$defs/a"},
    ),
}


@pytest.mark.parametrize("case", LEADS)
def test_references_that_lead_into_a_shared_schema(case):
    """Each way of naming a place leads there, and the contract stands by itself."""
    schemas, reference, wanted = LEADS[case]

    found = side({"properties": {"x": {"$ref": reference}}}, library(**schemas))

    schema = found.value["input"]
    assert schema["properties"]["x"] == wanted
    judge = StateSchema(schema)
    assert judge.is_valid({"x": "ab"})
    assert not judge.is_valid({"x": "a"})


def test_what_comes_in_keeps_clear_of_what_is_there():
    """Definitions of the contract keep their names, and so do two schemas of one name."""
    shared = Library(
        ["a.json", "b.json"],
        lambda path: (
            json.dumps({"$id": f"{HOME}/{path[0]}/zip", "maxLength": ord(path[0]) - 95}).encode(),
            path,
        ),
    )
    own = {
        "properties": {
            "x": {"$ref": "#/$defs/zip"},
            "y": {"$ref": f"{HOME}/a/zip"},
            "z": {"$ref": f"{HOME}/b/zip"},
        },
        "$defs": {"zip": {"minLength": 3}},
    }

    found = side(own, shared)

    assert found.value["input"]["$defs"] == {
        "zip": {"minLength": 3},
        "zip_2": {"maxLength": 2},
        "zip_3": {"maxLength": 3},
    }
    assert found.place("input", "/$defs/zip_3/maxLength")[0].path == "b.json"
    assert found.place("input", "/$defs/zip_3/maxLength")[1] == "/maxLength"
    assert found.place("input", "/$defs/zip/minLength")[1] == "/input/$defs/zip/minLength"


def test_a_contract_without_such_references_stays_as_it_is():
    """What is shared and not referred to changes nothing."""
    own = {"properties": {"x": {"$ref": "#/$defs/zip"}}, "$defs": {"zip": {}}}

    assert side(own, library(zip=ZIP)).value["input"] is own


def test_a_name_in_a_contract_is_what_its_references_are_relative_to():
    """A contract with an `$id` may refer to its neighbours as JSON Schema has it."""
    found = side({"$id": f"{HOME}/own", "$ref": "zip"}, library(zip=ZIP))

    assert found.value["input"]["$ref"] == "#/$defs/zip"


STAY = ["https://example.org/other", "zip", "file:///etc/passwd", f"{HOME}/zip#/nope", f"{HOME}/zi"]


@pytest.mark.parametrize("reference", STAY)
def test_all_other_references_stay_refused(reference):
    """Nothing is fetched, nothing is guessed."""
    found = side({"properties": {"x": {"$ref": reference}}}, library(zip=ZIP))

    with pytest.raises(DocumentError, match=r"leaves the document|leads to no schema"):
        assert found.input


def test_defaults_come_from_shared_schemas():
    """ONEX-M1-06: what the caller leaves out is filled in, wherever the default stands."""
    own = {"properties": {"x": {"$ref": f"{HOME}/a"}, "y": {"$ref": f"{HOME}/a#/$defs/b"}}}
    found = side(
        own, library(a={"properties": {"z": {"default": 1}}, "$defs": {"b": {"default": 2}}})
    )

    assert found.input.with_defaults({"x": {}}) == {"x": {"z": 1}, "y": 2}


REFUSED = {
    "keyword": ({"a": {"requird": []}}, "a.json:1:34: 'requird' is not a keyword"),
    "dynamic": ({"a": {"$dynamicRef": "#"}}, "a.json:1:49: '$dynamicRef' has no place"),
    "dynamic_anchor": ({"a": {"$dynamicAnchor": "x"}}, "'$dynamicAnchor' has no place"),
    "leads_out": ({"a": {"$ref": "b"}}, "the reference 'b' leaves the document"),
    "leads_nowhere": ({"a": {"$ref": "#/$defs/x"}}, "leads to no schema of this side"),
    "leads_nowhere_there": ({"a": {"$ref": "b#/x"}, "b": {}}, "leads to no schema of b.json"),
    "circle": ({"a": {"$ref": "#"}}, "goes in a circle"),
    "name_below": ({"a": {"properties": {"x": {"$id": "x"}}}}, "'$id' below the root"),
    "fragment_in_name": (
        {"a": {"$id": f"{HOME}/a#b"}},
        "is not an absolute URI without a fragment",
    ),
    "name_of_another": ({"a": {}, "b": {"$id": f"{HOME}/a#"}}, "is that of a.json, too"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_shared_schemas_are_held_to_what_holds_for_contracts(case):
    """FAULTS V1-V9 for what is shared: with its file, and nothing is put in."""
    schemas, message = REFUSED[case]
    shared = library(**schemas)
    found = side({"$ref": f"{HOME}/a"}, shared)

    assert any(message in text for text in said(shared)), said(shared)
    assert found.value["input"] == {"$ref": f"{HOME}/a"}
    with pytest.raises(DocumentError) as refused:
        assert found.input
    assert str(refused.value) == said(shared)[0]


def test_a_circle_through_two_files_is_refused():
    """FAULTS V4: it is found where it is closed, and told at its file."""
    found = side(
        {"$ref": f"{HOME}/a"}, library(a={"allOf": [{"$ref": "b"}]}, b={"not": {"$ref": "a"}})
    )

    with pytest.raises(DocumentError, match=r"[ab]\.json:1:\d+: the reference goes in a circle"):
        assert found.input


def test_references_that_multiply_through_files_are_refused():
    """FAULTS V4: 2^25 checks of one value, a file a step."""
    chain = {f"s{n}": {"allOf": [{"$ref": f"s{n + 1}"}, {"$ref": f"s{n + 1}"}]} for n in range(25)}
    found = side({"$ref": f"{HOME}/s0"}, library(**chain, s25={}))

    with pytest.raises(DocumentError, match="multiply to more than"):
        assert found.input


def test_what_is_put_in_is_bounded():
    """A file whose every part is referred to does not grow the contract without end."""
    names = [f"n{number}" for number in range(200)]
    deep = {"$defs": {name: {"allOf": [{"minimum": 0}] * 60} for name in names}}
    own = {"properties": {name: {"$ref": f"{HOME}/a#/$defs/{name}"} for name in names}}

    with pytest.raises(DocumentError, match="holds more than 10000 schemas"):
        assert side(own, library(a=deep)).input


def test_what_a_node_shares_is_bounded(monkeypatch):
    """Many files of a lawful size do not fill the memory; only those within the bound are kept."""
    monkeypatch.setattr(libraries, "MOST_BYTES", 100)
    shared = library(**{name: {"title": "x" * 30} for name in "abcd"})

    assert sorted(shared.sources) == ["a.json"]
    assert [path for path, _ in shared.faults] == ["b.json", "c.json", "d.json"]


def test_what_is_too_large_is_not_followed(monkeypatch):
    """Work ends at the bound; what is left as it is, the lint refuses."""
    monkeypatch.setattr(bundle, "MOST_SCHEMAS", 2)
    reference = {"$ref": f"{HOME}/zip"}

    found = side({"properties": {"x": reference, "y": reference}}, library(zip=ZIP))
    assert found.value["input"]["properties"] == {"x": {"$ref": "#/$defs/zip"}, "y": reference}


NAMES = st.sampled_from("abc")
REFERENCES = st.builds(
    lambda name, tail: {"$ref": f"{HOME}/{name}{tail}"},
    NAMES,
    st.sampled_from(["", "#", "#/$defs/d", "#/properties/p"]),
)
LEAVES = st.sampled_from(
    [{"type": "string"}, {"type": "integer"}, {"minimum": 3}, {"maxLength": 1}, True, {}]
)
MEMBERS = st.one_of(LEAVES, REFERENCES)
SCHEMAS = st.fixed_dictionaries(
    {
        "$defs": st.fixed_dictionaries({"d": LEAVES}),
        "properties": st.fixed_dictionaries({"p": MEMBERS, "q": MEMBERS}),
    },
    optional={"required": st.just(["p"]), "additionalProperties": st.just(value=False)},
)
STATES = st.recursive(
    st.sampled_from([None, 1, 5, "", "ab"]),
    lambda inner: st.dictionaries(st.sampled_from("pqr"), inner, max_size=3),
    max_leaves=8,
)


def engine(own, schemas):
    """The second engine, which looks references up in a registry."""
    registry = Registry().with_resources(
        (f"{HOME}/{name}", DRAFT202012.create_resource({"$id": f"{HOME}/{name}", **schema}))
        for name, schema in schemas.items()
    )
    return jsonschema.Draft202012Validator(own, registry=registry)


@given(st.fixed_dictionaries(dict.fromkeys("abc", SCHEMAS)), MEMBERS, STATES)
def test_a_contract_means_what_json_schema_says(schemas, member, state):
    """Whatever is referred to how, the second engine with a registry says the same."""
    own = {"type": "object", "properties": {"x": member}}
    found = side(own, library(**schemas))
    try:
        judge = found.input
    except DocumentError:
        reject()  # a circle, which the second engine would not end

    assert judge.is_valid({"x": state}) == engine(own, schemas).is_valid({"x": state})


@pytest.mark.parametrize("name", ["a.txt", "lib/words.py", "a.JSON"])
def test_files_of_other_kinds_are_not_read_as_schemas(name):
    """What is not JSON or YAML by its name is locked, and that is all."""
    assert Library([name], lambda path: (os.read(-1, 1), path)).sources == {}


@pytest.mark.parametrize("address", ["http://[x", "//[", "http://\u2100.com/x", "urn:a:b"])
def test_v1_what_is_no_address_leads_nowhere(address):
    """Python's own library refuses some of them with an error of its own."""
    shared = library(zip={"properties": {"a": {"$ref": address}}})

    assert "leaves the document" in said(shared)[0]
    assert library(zip=ZIP).find(address, address) is None


@pytest.mark.parametrize("address", ["http://[x", "//[", "http://\u2100.com/x"])
def test_v1_a_schema_that_is_called_no_address_has_its_hint(tmp_path, address):
    """The reference leaves the document, and no file of the workspace is what it means."""
    (tmp_path / ".tree").write_text("entries: []\n")
    schema = {"$id": address, "$ref": "y"}

    assert advise(lint(schema), schema, str(tmp_path), ()) == lint(schema)
