"""Nodes at one time, made of a plain one with this and that changed."""

import copy
import json

from onex.core import document
from onex.core.node import Node, node_problems
from onex.evolution.state import State, read_contract

CONTRACT = {
    "contract_version": "1.0.0",
    "input": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    "output": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    "cases": [{"name": "a", "input": {"text": "a"}, "output": {"text": "a"}}],
}

NODE = {
    "metadata_version": "1.0.0",
    "name": "clean",
    "namespace": "demo.text",
    "version": "1.2.0",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "description": "Cleans a text.",
    "owner": "platform",
    "lifecycle": "active",
    "entrypoint": {"type": "python", "target": "node.py:run"},
    "state_contract": "state_contract.json",
    "trust": {
        "policy": "default",
        "minimum": None,
        "snapshot": {
            "score": None,
            "lower": None,
            "samples": 0,
            "level": "unrated",
            "as_of": None,
            "head": None,
        },
    },
}


def make_node(**changes):
    """A node whose document has these members; None takes one away."""
    value = {**copy.deepcopy(NODE), **changes}
    value = {key: item for key, item in value.items() if item is not None}
    source = document.parse(json.dumps(value, indent=1).encode(), "node.onex")
    assert node_problems(source.value) == []
    return Node(f"{value['namespace']}.{value['name']}", "demo/text/clean", source, value)


def make_contract(**changes):
    """A contract with these members."""
    data = json.dumps({**copy.deepcopy(CONTRACT), **changes}, indent=1).encode()
    return read_contract(data, "state_contract.json")


def make_state(*, contract=None, files=None, **changes):
    """A node at one time."""
    node = make_node(**changes)
    digests = {"node.py": "1", "state_contract.json": "1", **(files or {})}
    return State(node.folder, node, contract or make_contract(), None, digests)
