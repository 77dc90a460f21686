"""Where a contract and the code differ.

What a contract says more narrowly than the code is the author's: a length, a pattern, a default that
is required. Only what the code does not bear out is a difference: proven by the same reasoning as
`onex diff`, with an instance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from onex.core.canonical import escape
from onex.core.contract import SchemaRefusedError
from onex.core.node import Node
from onex.core.values import JSON
from onex.core.words import ARTICLES, shorten
from onex.evolution.schemas.contain import contain
from onex.evolution.schemas.judge import Judge
from onex.infer import of_node
from onex.infer.proposal import Input, Place, Proposal, Schema

TODO = "TODO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where the contract and the code differ.

    Attributes:
        kind: see the schema `inference`.
        side: `input`, `output`, or `node` for what stands in node.onex.
        name: the property, the option or the variable.
        is_drift: whether the contract is off; else it could say more.
        at: line and column in the code.
        pointer: the place in the contract, or in node.onex.
        message: what the one says, and what the other.
    """

    kind: str
    side: str
    name: str
    is_drift: bool
    at: Place
    pointer: str
    message: str


def differences(node: Node, proposal: Proposal) -> list[Difference]:
    """Where the contract of ``node`` and its code differ, in the order of the code."""
    contract = cast("dict[str, Schema]", node.contract.value)
    found = [
        *_of_input(
            contract["input"], proposal, is_command=node.value["entrypoint"]["type"] == "cli"
        ),
        *_of_output(contract["output"], proposal),
        *_of_node(node, proposal),
    ]
    return sorted(found, key=lambda each: (each.at, each.kind, each.name))


def members(schema: JSON) -> dict[str, JSON]:
    """The properties that ``schema`` names."""
    found = schema.get("properties", {}) if isinstance(schema, dict) else {}
    return found if isinstance(found, dict) else {}


def required(schema: JSON) -> list[str]:
    """The properties that ``schema`` requires."""
    found = schema.get("required", []) if isinstance(schema, dict) else []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _of_input(contract: Schema, proposal: Proposal, *, is_command: bool) -> Iterator[Difference]:
    stated = members(contract)
    for each in proposal.inputs:
        pointer = f"/input/properties/{escape(each.name)}"
        if each.name not in stated:
            # A command need not pass every option that it could; a function is given all it takes.
            is_drift = each.is_required or not is_command
            message = f"the code takes '{each.name}' ({_words(each.schema)}), which is no input of the contract"
            yield _made(
                "missing",
                "input",
                each.name,
                each.at,
                "/input/properties",
                message,
                is_drift=is_drift,
            )
            continue
        yield from _of_member("input", each.name, stated[each.name], each.schema, each.at, contract)
        yield from _of_need(each, contract, stated[each.name], pointer)
    names = {each.name for each in proposal.inputs}
    if not proposal.is_open and (names or not is_command):
        for name in stated:
            if name not in names:
                message = f"the contract has an input '{name}', which the code does not take"
                yield _made(
                    "unknown",
                    "input",
                    name,
                    proposal.at,
                    f"/input/properties/{escape(name)}",
                    message,
                )


def _of_need(each: Input, contract: Schema, stated: JSON, pointer: str) -> Iterator[Difference]:
    """Whether a property must be given, and what it is when it is not."""
    has_default = isinstance(stated, dict) and ("default" in stated or "$ref" in stated)
    if each.is_required and each.name not in required(contract) and not has_default:
        message = f"the code cannot do without '{each.name}', but the contract does not require it"
        yield _made("required", "input", each.name, each.at, pointer, message)
    if not isinstance(stated, dict) or "default" not in stated or "default" not in each.schema:
        return
    own, promised = each.schema["default"], stated["default"]
    if (type(own) is bool, own) != (type(promised) is bool, promised):
        message = f"the default of '{each.name}' is {shorten(own)} in the code, and {shorten(promised)} in the contract"
        yield _made("default", "input", each.name, each.at, f"{pointer}/default", message)


def _of_output(contract: Schema, proposal: Proposal) -> Iterator[Difference]:
    given, stated = members(proposal.output), members(contract)
    at = proposal.output_at
    if not given:
        return
    for name, schema in given.items():
        if name not in stated:
            message = (
                f"the code gives '{name}' ({_words(schema)}), which is no output of the contract"
            )
            yield _made("missing", "output", name, at, "/output/properties", message)
        else:
            yield from _of_member("output", name, stated[name], schema, at, contract)
    if proposal.output.get("additionalProperties") is False:
        for name in stated:
            if name not in given:
                message = f"the contract has an output '{name}', which the code does not give"
                yield _made(
                    "unknown", "output", name, at, f"/output/properties/{escape(name)}", message
                )
    for name in required(contract):
        if name in given and name not in required(proposal.output):
            message = f"the contract promises '{name}', which the code does not always give"
            yield _made(
                "required", "output", name, at, f"/output/properties/{escape(name)}", message
            )


def _of_member(  # noqa: PLR0913, PLR0917 - where it stands, and what the two say
    side: str, name: str, stated: JSON, own: JSON, at: Place, contract: Schema
) -> Iterator[Difference]:
    pointer = f"/{side}/properties/{escape(name)}"
    witness = outside(stated, own, contract)
    if witness:
        message = (
            f"'{name}' is {_words(own)} in the code, but the contract takes {shorten(witness[0])}"
        )
        yield _made("type", side, name, at, pointer, message)
    told = own.get("description") if isinstance(own, dict) else None
    if told and isinstance(stated, dict) and is_blank(stated.get("description")):
        message = f"the code says what '{name}' is, and the contract does not: {told}"
        yield _made("description", side, name, at, pointer, message, is_drift=False)


def is_blank(description: JSON) -> bool:
    """Whether a description is yet to be written."""
    return not isinstance(description, str) or description.startswith(TODO)


def outside(stated: JSON, own: JSON, contract: Schema) -> list[JSON]:
    """A list with something that ``stated`` takes and ``own`` does not; empty where none is known."""
    if not isinstance(own, dict) or not own:
        return []
    definitions = {key: contract[key] for key in ("$defs",) if key in contract}
    try:
        answer = contain(Judge(_holding(stated) | definitions), Judge(_holding(own)))
    except SchemaRefusedError:
        return []  # what is wrong with a contract is told by the rules
    return [cast("dict[str, JSON]", state)["v"] for state in answer.witness]


def _holding(schema: JSON) -> Schema:
    """The schema of an object that holds what ``schema`` describes."""
    return {"type": "object", "required": ["v"], "properties": {"v": schema}, "additionalProperties": False}  # fmt: skip


def _of_node(node: Node, proposal: Proposal) -> Iterator[Difference]:
    """What node.onex leaves out: variables, and arguments of a command."""
    stated = node.value.get("required_env", [])
    for effect in proposal.effects:
        if effect.member == "required_env" and effect.is_sure and effect.value not in stated:
            message = (
                f"the code does not work without {effect.value}, which required_env does not name"
            )
            yield _made(
                "environment", "node", str(effect.value), effect.at, "/required_env", message
            )
    if node.value["entrypoint"]["type"] == "cli":
        args = cast("list[JSON]", node.value["entrypoint"].get("args", []))
        yield from _of_args(args, proposal)


def _of_args(args: list[JSON], proposal: Proposal) -> Iterator[Difference]:
    """Options and places that are declared, against those that are passed."""
    options, positions = of_node.passed(args), of_node.places(args)
    for each in proposal.inputs:
        arg = each.arg or {}
        flag = arg.get("flag") or arg.get("switch")
        is_passed = each.name in positions if flag is None else str(flag) in options
        if not is_passed:
            shown = f"'{each.name}'" if flag is None else f"{flag}"
            message = f"the code takes {shown}, which entrypoint.args does not pass"
            yield _made(
                "argument",
                "node",
                each.name,
                each.at,
                "/entrypoint/args",
                message,
                is_drift=each.is_required,
            )


def _made(  # noqa: PLR0913, PLR0917 - what a difference is made of
    kind: str, side: str, name: str, at: Place, pointer: str, message: str, *, is_drift: bool = True
) -> Difference:
    return Difference(
        kind=kind, side=side, name=name, at=at, pointer=pointer, message=message, is_drift=is_drift
    )


def _words(schema: JSON) -> str:
    """What a schema allows, in a word or two."""
    if not isinstance(schema, dict) or not schema:
        return "anything"
    if "enum" in schema:
        return f"one of {shorten(schema['enum'])}"
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return " or ".join(ARTICLES.get(str(kind), str(kind)) for kind in kinds)
    if isinstance(kinds, str):
        return ARTICLES.get(kinds, kinds)
    options = schema.get("anyOf")
    return " or ".join(map(_words, options)) if isinstance(options, list) else "something else"
