"""Nodes to measure with: ``python -m tools.bench.nodes ROOT COUNT KIND`` makes a workspace of them.

The nodes are locked with onex itself, but nothing is brought to the disk: they are thrown away.
"""

import json
import os
import sys
import uuid

from onex.core import lock, node, scan

GROUP = 100
"""How many nodes stand in one folder."""

ENTRYPOINTS = {
    "plain": "  type: noop",
    "noop": "  type: noop",
    "python": "  type: python\n  target: node.py:run",
    "cli": """\
  type: cli
  target: echo
  args: [{input: text}]
  output: {from: stdout, as: text, key: text}""",
}

INLINE = """
  contract_version: "1.0.0"
  input: {type: object, additionalProperties: false}
  output: {type: object, additionalProperties: false}"""

PYTHON = '''\
"""A node to measure with."""


def run(text: str) -> dict[str, str]:
    """Trim the text."""
    return {"text": text.strip()}
'''


def make(root: str, count: int, kind: str) -> None:
    """Make a workspace at ``root`` with ``count`` locked nodes of one kind; plain ones are drafts."""
    for index in range(count):
        folder = os.path.join(root, *id_of(index).split("."))
        os.makedirs(folder)
        if kind != "plain":
            _write(folder, "state_contract.json", _contract(index))
        _write(folder, "node.onex", _document(index, kind))
        if kind == "python":
            _write(folder, "node.py", PYTHON)
        found = node.load(folder)
        _write(folder, "node.onex", lock.locked_bytes(found, {}).decode())
    scan.write(root)


def id_of(index: int) -> str:
    """The id of the node of that number."""
    return f"bench.group{index // GROUP:03d}.node{index:05d}"


def _document(index: int, kind: str) -> str:
    namespace, _, name = id_of(index).rpartition(".")
    return f"""\
metadata_version: "1.0.0"
name: {name}
namespace: {namespace}
version: "1.0.0"
uuid: "{uuid.uuid5(uuid.NAMESPACE_URL, f"onex:{id_of(index)}")}"
description: "Node {index} of those to measure with."
owner: "bench"
lifecycle: {"draft" if kind == "plain" else "active"}

entrypoint:
{ENTRYPOINTS[kind]}

state_contract: {INLINE if kind == "plain" else "state_contract.json"}

effects:
  network: false
  writes: none
  idempotent: true
deterministic: true

trust:
  policy: default
  minimum: null
  snapshot: {{score: null, lower: null, samples: 0, level: unrated, as_of: null, head: null}}
"""


def _contract(index: int) -> str:
    """A contract of its own for each node, so that no cache makes the second one free."""
    state = {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {"text": {"type": "string", "description": f"The text of node {index}."}},
    }
    cases = [
        {"name": f"case {number}", "input": {"text": text}, "output": {"text": text}}
        for number, text in enumerate(("one", "two"))
    ]
    contract = {"contract_version": "1.0.0", "input": state, "output": state, "cases": cases}
    return json.dumps(contract, indent=2) + "\n"


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), sys.argv[3])
