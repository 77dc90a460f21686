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


def written(node: Node) -> dict[str, JSON]:
    """The contract of ``node`` as its author wrote it, without the shared schemas that are put in."""
    value = cast("dict[str, JSON]", node.contract.document.value)
    return cast("dict[str, JSON]", value["state_contract"]) if node.contract.base else value


def contract(node: Node, proposal: Proposal) -> dict[str, Schema]:
    """The sides of the contract of ``node``, as the code has them."""
    whole = cast("dict[str, Schema]", node.contract.value)
    stated = cast("dict[str, Schema]", written(node))
    own = {each.name: each.schema for each in proposal.inputs}
    is_known = bool(own) or node.value["entrypoint"]["type"] != "cli"
    needs = [each.name for each in proposal.inputs if each.is_required]
    drops = is_known and not proposal.is_open
    sides = {
        "input": _Side(stated["input"], whole["input"]).merged(own, needs, drops=drops),
        "output": stated["output"],
    }
    given = cast("dict[str, Schema]", members(proposal.output))
    if given:
        drops = proposal.output.get("additionalProperties") is False
        merged = _Side(stated["output"], whole["output"]).merged(given, [], drops=drops)
        sides["output"] = _without_required(merged, set(given) - set(required(proposal.output)))
    return sides


class _Side:
    """One side of a contract, as it is written and with the shared schemas put in."""

    def __init__(self, stated: Schema, whole: Schema) -> None:
        self._stated, self._whole = stated, whole

    def merged(self, own: dict[str, Schema], needs: list[str], *, drops: bool) -> Schema:
        """The side, property by property."""
        before = members(self._stated)
        kept = {name: self._member(name, own) for name in before if name in own or not drops}
        after = {**kept, **{name: item for name, item in own.items() if name not in before}}
        wanted = [name for name in required(self._stated) if name in after]
        for name in needs:
            item = after[name]
            has_default = isinstance(item, dict) and ("default" in item or "$ref" in item)
            if name not in wanted and not has_default:
                wanted.append(name)
        rest = {key: item for key, item in self._stated.items() if key != "required"}
        merged: Schema = {**rest, "properties": after}
        return {**merged, "required": cast("list[JSON]", wanted)} if wanted else merged

    def _member(self, name: str, own: dict[str, Schema]) -> JSON:
        """One property: replaced where the code does not bear it out, else completed."""
        stated, schema = members(self._stated)[name], own.get(name)
        if schema is None:
            return stated
        if outside(members(self._whole)[name], schema, self._whole):
            return {**schema, **_words(stated)}
        if not isinstance(stated, dict):
            return stated
        merged = dict(stated)
        if "default" in schema and "default" in stated:
            merged["default"] = schema["default"]
        if "description" in schema and is_blank(stated.get("description")):
            merged["description"] = schema["description"]
        return merged


def _words(stated: JSON) -> Schema:
    """What stays of a property when what it may be is replaced."""
    if not isinstance(stated, dict):
        return {}
    kept = {key: item for key, item in stated.items() if key in KEPT or key.startswith("x-")}
    if is_blank(kept.get("description")):
        kept.pop("description", None)
    return kept


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
