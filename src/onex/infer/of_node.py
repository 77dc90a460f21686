"""The proposal that the code of a node makes, named as its own contract names things."""

import os
from dataclasses import replace
from typing import cast

from onex.core import document
from onex.core.node import Node
from onex.core.snapshot import target_file
from onex.core.values import JSON
from onex.errors import RefusedError
from onex.infer import script, signature, source
from onex.infer.proposal import Input, Proposal
from onex.validate.code import MOST_BYTES


def read(node: Node) -> Proposal:
    """What the file that the entrypoint of ``node`` names says of it.

    Raises:
        RefusedError: the node has no code of its own to read.
        DocumentError: the file cannot be read or parsed, or lacks the function.
    """
    entry = node.value["entrypoint"]
    name = target_file(node)
    if entry["type"] not in {"python", "cli"} or name is None:
        what = (
            f"runs the program {entry.get('target')}" if entry["type"] == "cli" else "has no code"
        )
        message = f"{node.id}: {what}, so there is nothing to read a contract out of"
        raise RefusedError(
            message,
            help="`onex infer` reads Python functions, and scripts that are files of the node",
        )
    path = os.path.join(node.folder, name)
    data = document.read_bytes(path, MOST_BYTES, follow=False)
    if entry["type"] == "python":
        return signature.read(source.read(path, data), entry.get("target", "").partition(":")[2])
    return _named_alike(script.read(path, data), cast("list[JSON]", entry.get("args", [])))


def undeclared(node: Node, proposal: Proposal) -> Proposal:
    """``proposal`` without the effects that node.onex says already."""
    effects = node.value.get("effects", {})
    writes = effects.get("writes", "none")
    said: dict[str, list[JSON]] = {
        "network": [True] if effects.get("network") else [],
        "writes": [*writes] if isinstance(writes, list) else [],
        "required_env": [*node.value.get("required_env", [])],
        "deterministic": [] if node.value.get("deterministic") else [False],
    }
    left = tuple(each for each in proposal.effects if each.value not in said[each.member])
    return replace(proposal, effects=left)


def passed(args: list[JSON]) -> dict[str, str]:
    """The property that each option of `entrypoint.args` is made from; empty for a fixed text."""
    found: dict[str, str] = {}
    for arg in args:
        if isinstance(arg, str) and arg.startswith("-") and arg != "--":
            found[arg.partition("=")[0]] = ""
        elif isinstance(arg, dict):
            flag = arg.get("flag") or arg.get("switch")
            if isinstance(flag, str):
                found[flag] = str(arg["input"])
    return found


def places(args: list[JSON]) -> list[str]:
    """The properties that stand in `entrypoint.args` without an option, in order."""
    return [
        str(arg["input"])
        for arg in args
        if isinstance(arg, dict) and not {"flag", "switch"} & arg.keys()
    ]


def _named_alike(proposal: Proposal, args: list[JSON]) -> Proposal:
    """``proposal`` with the names that the node gives to what it passes."""
    options, positions = passed(args), iter(places(args))
    inputs: list[Input] = []
    for each in proposal.inputs:
        arg = each.arg or {}
        flag = arg.get("flag") or arg.get("switch")
        own = next(positions, "") if flag is None else options.get(str(flag), "")
        inputs.append(replace(each, name=own, arg={**arg, "input": own}) if own else each)
    return replace(proposal, inputs=tuple(inputs))
