"""Rules whose cases are many and small: open objects, words, folders and signatures, in tables."""

import json
import os

import pytest
from tests.seen_nodes import forest, seen

from onex.core.document import Document
from onex.core.tree import Tree
from onex.validate.code import read
from onex.validate.rules import (
    dependency_version,
    folder_twins,
    open_object,
    script_start,
    signature,
    word_twins,
)
from onex.validate.seen import Seen
from onex.validate.subject import Forest, Subject, examine_contract

OPEN = {"properties": {"b": True}}
SHUT = {"properties": {"b": True}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "pointers"),
    [
        ({}, []),
        ({"type": "object"}, []),
        (OPEN, [""]),
        (SHUT, []),
        ({**OPEN, "additionalProperties": True}, []),
        ({**OPEN, "unevaluatedProperties": False}, []),
        ({"items": OPEN}, ["/items"]),
        ({"prefixItems": [SHUT, OPEN, True]}, ["/prefixItems/1"]),
        ({"contains": OPEN}, ["/contains"]),
        ({"additionalProperties": OPEN}, ["/additionalProperties"]),
        ({"patternProperties": {"^a/b$": OPEN}}, ["/patternProperties/^a~1b$"]),
        (
            {**SHUT, "properties": {"a": OPEN, "b": SHUT, "c": OPEN}},
            ["/properties/a", "/properties/c"],
        ),
        ({"allOf": [OPEN], "anyOf": [OPEN], "not": OPEN, "if": OPEN}, []),
        ({"$ref": "#/$defs/row", "$defs": {"row": OPEN}}, ["/$defs/row"]),
        ({"items": {"$ref": "#row"}, "$defs": {"row": {"$anchor": "row", **OPEN}}}, ["/$defs/row"]),
        (
            {
                "prefixItems": [{"$ref": "#one"}, True, {"$ref": "#one"}, {"$ref": "#two"}],
                "$defs": {"a": {"$anchor": "one", **OPEN}, "b": {"$anchor": "two", **OPEN}},
            },
            ["/$defs/a", "/$defs/b"],
        ),
        ({"$ref": "#/$defs/row", "unevaluatedProperties": False, "$defs": {"row": OPEN}}, []),
        ({"$defs": {"unused": OPEN}}, []),
        ({"properties": {"next": {"$ref": "#"}}}, [""]),
    ],
)
def test_open_objects(schema, pointers, tmp_path):
    """An object that a value can meet is told where it stands, once; an answer of any kind is enough."""
    path = tmp_path / "contract.json"
    path.write_text(json.dumps({"contract_version": "1.0.0", "input": schema, "output": {}}))

    found = list(open_object.check(examine_contract(os.fspath(path))))

    assert [finding["pointer"] for finding in found] == [f"/input{pointer}" for pointer in pointers]


class Node:
    """As much of a node as is asked for."""

    lifecycle = "draft"

    def __init__(self, **value):
        self.id, self.value, self.document = "demo.a", value, Document("node.onex", b"{}", {})


@pytest.mark.parametrize(
    ("words", "twins"),
    [
        ("billing billing biling", "biling-billing"),
        ("billing billing billyng", "billyng-billing"),
        ("billing billing billings", "billings-billing"),
        ("billing biling", ""),  # either may be what was meant
        ("billing billing biling biling", ""),
        ("task task tasks", "tasks-task"),
        ("task tasks", "tasks-task"),
        ("city city cities", "cities-city"),
        ("box box boxes", "boxes-box"),
        ("class class classes", "classes-class"),
        ("text-work text-work text_work textwork", "text_work-text-work textwork-text-work"),
        ("bus bus bu", ""),
        ("gas gas ga", ""),
        ("as as a", ""),
        ("road road read", ""),
        ("release1 release1 release2", ""),
        ("import import export", ""),
        ("billing billing payment", ""),
    ],
)
def test_words_that_are_twins(words, twins):
    """Joints and plurals are twins always, one letter where a longer word is used but once."""
    nodes = [seen("demo.a", tags=[word]) for word in words.split()]

    found = [finding["message"].split("'")[1::2] for finding in word_twins.check(forest(nodes))]

    assert sorted("-".join(pair) for pair in found) == twins.split()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "b"], 0),
        (["a", "A"], 1),
        (["README", "readme", "Readme"], 2),
        (["\u00e9", "e\u0301"], 1),
        (["stra\u00dfe", "strasse"], 1),
        (["\u00e9", "e", "\u00e8"], 0),
    ],
)
def test_folders_that_are_twins(names, told, tmp_path):
    """Names that are ASCII alone are compared as well as others."""
    for name in names:
        (tmp_path / name).mkdir()
    subject = Seen("", segments=("demo",))

    found = list(folder_twins.check(Forest(Tree(os.fspath(tmp_path)), [], [subject])))

    assert len(found) == told


def test_folder_that_is_gone(tmp_path):
    """What cannot be looked at is told by the rules about the tree."""
    subject = Seen("", segments=("gone", "deep", "node"))

    assert list(folder_twins.check(Forest(Tree(os.fspath(tmp_path / "x")), [], [subject]))) == []


def test_every_dependency_is_judged():
    """A range that is met, or a node that is not there, ends nothing."""
    node = seen(
        "demo.a",
        version="1.0.0",
        dependencies=[
            {"node": "demo.gone", "version": "*"},
            {"node": "demo.a", "version": "1"},
            {"node": "demo.a", "version": "2"},
            {"node": "demo.a", "version": "?"},
        ],
    )

    found = [finding["pointer"] for finding in dependency_version.check(forest([node]))]

    assert found == ["/dependencies/2/version", "/dependencies/3/version"]


class Side:
    """A compiled side of a contract."""

    def __init__(self, schema):
        self.schema = schema


SIGNATURES = [
    ("a", {"required": ["a"], "properties": {"a": True}}, []),
    ("a=1", {"properties": {"a": True}}, []),
    ("a=1", {"properties": {"a": {"default": 1}}}, []),
    ("a=1.0", {"properties": {"a": {"default": 1}}}, []),
    ("a=1", {"properties": {"a": {"default": True}}}, ["default"]),
    ("a=()", {"properties": {"a": {"default": 1}}}, []),
    ("a=1", {"properties": {"a": {"default": None}}}, ["default"]),
    ("a", {"properties": {"a": True}}, ["no default"]),
    ("a", {"properties": {"a": {"default": 1}}}, []),
    ("a", {"properties": {"a": {"$ref": "#/$defs/x"}}}, []),
    ("a", {"properties": {"a": True}, "anyOf": [True]}, []),
    ("a, b", {"required": ["a"], "properties": {"a": True}}, ["no input"]),
    ("a, b", {"required": ["a", "b"], "properties": {"a": True}}, []),
    ("a, b", {"required": ["a"], "properties": {"a": True}, "allOf": [True]}, []),
    ("a, b=1", {"required": ["a"], "properties": {"a": True}}, ["no input"]),
    ("a, *rest", {"required": ["a"], "properties": {"a": True}}, []),
    ("a, **rest", {"required": ["a"], "properties": {"a": True, "b": True}}, []),
    ("a", {"required": ["a"], "properties": {"a": True, "b": True}}, ["not take"]),
    ("a", {"required": ["a"], "properties": {"a": True, "b": True}, "allOf": [True]}, ["not take"]),
    ("a=1", {"required": ["a"], "properties": {"a": True}}, ["never used"]),
    ("a, /", {"required": ["a"], "properties": {"a": True}}, ["position"]),
    ("", {}, []),
    ("a", True, []),
]


@pytest.mark.parametrize(("parameters", "schema", "words"), SIGNATURES)
def test_signature_against_contract(parameters, schema, words):
    """One finding for each difference, and none where a schema says more than can be read off it."""
    code = read("node.py", f"def run({parameters}): 0".encode(), "run")
    node = Node(entrypoint={"type": "python"})
    subject = Subject("", node=node, sides={"input": Side(schema)}, _code=[code])

    found = [finding["message"] for finding in signature.check(subject)]

    assert len(found) == len(words)
    assert all(word in message for word, message in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("start", "fault"),
    [
        (b"#!/bin/sh\n", None),
        (b"#! /usr/bin/env -S python3 -I\necho", None),
        (b"#!/bin/sh", None),
        (b"#!/bin/sh\necho\r\n", None),
        (b"\x7fELF", None),
        (b"MZ\x90", None),
        (b"", "the file is empty"),
        (b" #!/bin/sh\n", "does not begin with"),
        (b"#!\n", "names no program"),
        (b"#!sh\n", "names 'sh'"),
        (b"#!/bin/sh\r\n", "program '/bin/sh\\r'"),
        (b"#!/bin/sh\recho\r", "ends in CR LF"),
        (b"#!/bin/\xff\x1b[0m\r\n", "'/bin/\ufffd\\x1b[0m\\r'"),
        (b"\xef\xbb\xbf#!/bin/sh\n", "byte order mark"),
    ],
)
def test_how_a_script_begins(start, fault, tmp_path):
    """What a system executes, and what it does not see as a program."""
    path = tmp_path / "run.sh"
    path.write_bytes(start)
    path.chmod(0o755)
    node = Node(entrypoint={"type": "cli", "target": "run.sh"})
    node.folder = os.fspath(tmp_path)

    found = list(script_start.check(Subject("", node=node, files=["run.sh"])))

    assert len(found) == (fault is not None)
    assert all(fault in finding["message"] for finding in found)
    assert all(finding["message"].isprintable() for finding in found)
