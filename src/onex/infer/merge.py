"""A contract and a node document that say what the code says, and keep what they say more narrowly.

What the contract takes and the code does not is replaced; what it says in fewer cases (a length, a
pattern, a choice, a name that it requires) stays, as do descriptions, cases and all other keys. What
the code does not take any more goes.
"""

from typing import cast

from onex.core.node import Node
from onex.core.values import JSON
from onex.infer import of_node
from onex.infer.difference import Difference, is_blank, members, outside, required
from onex.infer.proposal import Proposal, Schema

KEPT = ("description", "title", "examples", "deprecated", "$comment")
"""Words of a property that stay when what it may be is replaced."""


def contract(node: Node, proposal: Proposal) -> dict[str, Schema]:
    """The sides of the contract of ``node``, as the code has them."""
    value = cast("dict[str, Schema]", node.contract.value)
    own = {each.name: each.schema for each in proposal.inputs}
    is_known = bool(own) or node.value["entrypoint"]["type"] != "cli"
    needs = [each.name for each in proposal.inputs if each.is_required]
    drops = is_known and not proposal.is_open
    sides = {"input": _merged(value["input"], own, needs, drops=drops), "output": value["output"]}
    given = members(proposal.output)
    if given:
        drops = proposal.output.get("additionalProperties") is False
        sides["output"] = _merged(
            value["output"], cast("dict[str, Schema]", given), [], drops=drops
        )
        sometimes = set(given) - set(required(proposal.output))
        sides["output"] = _without_required(sides["output"], sometimes)
    return sides


def _merged(stated: Schema, own: dict[str, Schema], needs: list[str], *, drops: bool) -> Schema:
    """One side of the contract, property by property."""
    before = members(stated)
    kept = {
        name: _member(item, own.get(name), stated)
        for name, item in before.items()
        if name in own or not drops
    }
    after = {**kept, **{name: schema for name, schema in own.items() if name not in before}}
    wanted = [name for name in required(stated) if name in after]
    for name in needs:
        item = after[name]
        has_default = isinstance(item, dict) and ("default" in item or "$ref" in item)
        if name not in wanted and not has_default:
            wanted.append(name)
    merged: Schema = {**stated, "properties": after, "required": cast("list[JSON]", wanted)}
    return merged if wanted else {key: item for key, item in merged.items() if key != "required"}


def _member(stated: JSON, own: Schema | None, whole: Schema) -> JSON:
    """One property: replaced where the code does not bear it out, else completed."""
    if own is None:
        return stated
    if not isinstance(stated, dict):
        return own if outside(stated, own, whole) else stated
    if outside(stated, own, whole):
        kept = {key: stated[key] for key in KEPT if key in stated}
        kept |= {key: item for key, item in stated.items() if key.startswith("x-")}
        if is_blank(kept.get("description")):
            kept.pop("description", None)
        return {**own, **kept}
    merged = dict(stated)
    if "default" in own and "default" in stated:
        merged["default"] = own["default"]
    if "description" in own and is_blank(stated.get("description")):
        merged["description"] = own["description"]
    return merged


def _without_required(schema: Schema, names: set[str]) -> Schema:
    wanted: list[JSON] = [name for name in required(schema) if name not in names]
    rest = {key: item for key, item in schema.items() if key != "required"}
    return {**rest, "required": wanted} if wanted else rest


def node_members(node: Node, proposal: Proposal, found: list[Difference]) -> dict[str, JSON]:
    """The members of node.onex that have to change: variables, and arguments of a command."""
    changed: dict[str, JSON] = {}
    names = [each.name for each in found if each.kind == "environment"]
    if names:
        changed["required_env"] = [*dict.fromkeys([*node.value.get("required_env", []), *names])]
    lacking = {each.name for each in found if each.kind == "argument"}
    if lacking:
        entry = cast("dict[str, JSON]", node.value["entrypoint"])
        args = cast("list[JSON]", entry.get("args", []))
        changed["entrypoint"] = {**entry, "args": _with(args, proposal, lacking)}
    return changed


def _with(args: list[JSON], proposal: Proposal, lacking: set[str]) -> list[JSON]:
    """``args`` with what is lacking: options before the first place, places at the end."""
    places = of_node.places(args)
    first = next(
        (
            index
            for index, arg in enumerate(args)
            if arg == "--" or (isinstance(arg, dict) and str(arg["input"]) in places)
        ),
        len(args),
    )
    new = [each for each in proposal.inputs if each.name in lacking and each.arg]
    options: list[JSON] = [each.arg for each in new if not each.is_positional]
    ends: list[JSON] = [each.arg for each in new if each.is_positional]
    if ends and proposal.separator and "--" not in args:
        ends.insert(0, "--")
    return [*args[:first], *options, *args[first:], *ends]
