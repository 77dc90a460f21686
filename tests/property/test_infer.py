"""Laws of reading contracts out of code: what was taken over does not differ, and narrower stays."""

import json
import os
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st

from onex.core import node
from onex.core.contract import StateSchema
from onex.errors import DocumentError
from onex.infer import docstring, record, script, signature, source
from onex.infer.difference import outside

NODE = """\
metadata_version: "1.0.0"
name: node
namespace: demo
version: "0.1.0"
uuid: "2a7b9f0e-6c1d-5e43-9b8a-1f2e3d4c5b6a"
description: A node.
owner: team
lifecycle: draft
entrypoint: {type: python, target: "node.py:run"}
state_contract: state_contract.json
trust: {policy: default, minimum: null, snapshot: {score: null, lower: null, samples: 0, level: unrated, as_of: null, head: null}}
"""

ANNOTATIONS = {
    "": ["None", "1", "'x'"],
    ": int": ["1", "-2"],
    ": str": ["'a'", "None"],
    ": bool": ["True"],
    ": float": ["0.5", "1"],
    ": list[str]": ["()", "None"],
    ": Literal['a', 'b']": ["'a'"],
    ": dict[str, int] | None": ["None"],
}
"""Annotations, and defaults that fit them."""

SCHEMAS = st.sampled_from(
    [
        {},
        True,
        {"type": "integer", "minimum": 3},
        {"type": "integer"},
        {"type": "number"},
        {"type": "string", "maxLength": 4, "description": "By hand."},
        {"type": "string", "description": "TODO: say what it is."},
        {"type": "string", "default": "z"},
        {"enum": ["a"]},
        {"enum": ["a", "c"]},
        {"type": ["integer", "null"], "default": None},
        {"type": "array", "items": {"type": "string"}, "maxItems": 2},
        {"anyOf": [{"type": "integer"}, {"type": "string"}]},
    ]
)
NAMES = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def functions(draw):
    """The text of a function `run` with a few parameters."""
    parameters = []
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        annotation = draw(st.sampled_from(list(ANNOTATIONS)))
        default = draw(st.sampled_from([None, *ANNOTATIONS[annotation]]))
        parameters.append(f"{name}{annotation}" + (f" = {default}" if default else ""))
    more = draw(st.sampled_from([[], ["**more"]]))
    returned = draw(st.sampled_from(["-> dict: ...", "-> dict[str, int]:\n    return {'a': 1}"]))
    return f"from typing import Literal\ndef run({', '.join(['*', *parameters, *more] if parameters else more)}) {returned}\n"


@st.composite
def sides(draw):
    """One side of a contract, as somebody may have written it."""
    properties = draw(st.dictionaries(NAMES, SCHEMAS, max_size=4))
    required = [name for name in properties if draw(st.booleans())]
    side = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**side, "required": required} if required else side


def write(folder, text, contract):
    for name, held in {
        "node.onex": NODE,
        "node.py": text,
        "state_contract.json": json.dumps(contract),
    }.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(held)


@settings(max_examples=60)
@given(functions(), sides(), sides())
def test_what_was_taken_over_does_not_differ(text, given_input, given_output):
    """After `--write` nothing has drifted, and a second one writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        contract = {"contract_version": "1.0.0", "input": given_input, "output": given_output}
        write(folder, text, contract)
        record.write(reading := record.infer(node.load(folder)), record.wanted(reading))

        again = record.infer(node.load(folder))
        assert [each for each in again.differences if each.is_drift] == []
        assert record.wanted(again) == {}


@settings(max_examples=60)
@given(functions(), sides())
def test_what_is_narrower_by_hand_stays(text, given_input):
    """A property that the code bears out keeps all that it says, but for words that were missing."""
    with tempfile.TemporaryDirectory() as folder:
        contract = {"contract_version": "1.0.0", "input": given_input, "output": {"type": "object"}}
        write(folder, text, contract)
        reading = record.infer(node.load(folder))
        own = {each.name: each.schema for each in reading.proposal.inputs}
        record.write(reading, record.wanted(reading))

        after = node.load(folder).contract.value["input"]["properties"]
        for name, stated in given_input["properties"].items():
            if name in own and not outside(stated, own[name], given_input):
                assert _without_default(after[name]) == _without_default(stated)


def _without_default(schema):
    if isinstance(schema, bool):
        return schema
    return {key: item for key, item in schema.items() if key != "default"}


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["x.py", "x.sh", "x.pl"]))
def test_any_text_is_read_or_refused(text, name):
    """What a file holds is never an error of onex; what is read is a contract to judge with."""
    try:
        proposal = script.read(name, text.encode())
    except DocumentError:
        return
    for side in (proposal.input, proposal.output):
        StateSchema(side)
        assert side["type"] == "object"


WORDS = st.lists(
    st.sampled_from(
        ["#!/bin/sh\n", "$1", "${2:-x}", "'", '"', "\\", "#", "\n", "case $1 in\n", "--out|-o) ", ";;", "getopts 'a:b' o",
         "f() {", "}", "<<'E'", "E", "${A:?}", "shift $((OPTIND-1))", "$@", "curl ", ">/a/b ", "x=", " "]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(WORDS)
def test_any_shell_is_read(text):
    """However quotes, functions and documents are left open."""
    proposal = script.read("x.sh", text.encode())

    StateSchema(proposal.input)
    assert all(remark.at[0] >= 1 for remark in proposal.undecided)


@given(
    st.lists(
        st.sampled_from(
            [
                "Args:",
                "  x: a",
                "Returns:",
                "----",
                "Parameters",
                "x : int",
                ":param x: a",
                "",
                "  ",
                ">>> f()",
            ]
        )
    )
)
def test_any_docstring_is_read(lines):
    """A docstring says something or nothing, and is never in the way."""
    found = docstring.read("\n".join(lines))

    assert "\n" not in found.summary + found.returns.text
    text = f"def f(x, y=1):\n    {chr(10).join(lines)!r}\n"
    assert [
        each.name for each in signature.read(source.read("x.py", text.encode()), "f").inputs
    ] == ["x", "y"]
