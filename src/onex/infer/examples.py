"""First cases of a contract that need no run: from the docstring's examples, and from the contract."""

import ast
import doctest
from collections.abc import Iterator
from dataclasses import replace

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.values import JSON
from onex.core.words import SHOWN, cut
from onex.infer.proposal import Input, Proposal, Schema, is_plain
from onex.infer.source import Source

MOST = 5
"""How many examples are taken."""


def cases(
    proposal: Proposal, source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef
) -> Proposal:
    """``proposal`` with the cases that are plain to see."""
    text = ast.get_docstring(function) or ""
    found = list(_examples(proposal, source, text, function.name))[:MOST] if ">>>" in text else []
    return replace(proposal, cases=(*found, *refusals(proposal)))


def refusals(proposal: Proposal) -> Iterator[dict[str, JSON]]:
    """An input that the contract refuses: it lacks what is required, or has what is not known."""
    missing = next((each.name for each in proposal.inputs if each.is_required), None)
    names = {each.name for each in proposal.inputs}
    if missing is not None:
        yield {
            "name": f"refuses an input without {cut(missing, SHOWN)}",
            "input": {},
            "error": "input-contract",
        }
    elif not proposal.is_open and "unknown" not in names:
        yield {"name": "refuses a name that it does not know", "input": {"unknown": True}, "error": "input-contract"}  # fmt: skip


def _examples(
    proposal: Proposal, source: Source, text: str, name: str
) -> Iterator[dict[str, JSON]]:
    try:
        found = doctest.DocTestParser().get_examples(text)
    except ValueError:  # the docstring's own fault
        return
    for number, example in enumerate(found, 1):
        state = _call(source, example.source, name, proposal.inputs)
        given = _literal(source, example.want)
        if state is None or not given:
            continue
        output = {_key(proposal.output): given[0]} if proposal.is_wrapped else given[0]
        if _fits(proposal.input, state) and _fits(proposal.output, output):
            yield {"name": f"example {number} of the docstring", "input": state, "output": output}


def _key(output: Schema) -> str:
    members = output.get("properties")
    return next(iter(members)) if isinstance(members, dict) else ""


def _call(
    source: Source, text: str, name: str, inputs: tuple[Input, ...]
) -> dict[str, JSON] | None:
    """The state that a call in an example gives; None when it is another call."""
    try:
        call = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if (
        not isinstance(call, ast.Call)
        or source.named(call.func) != name
        or len(call.args) > len(inputs)
    ):
        return None
    pairs = [(each.name, arg) for each, arg in zip(inputs, call.args, strict=False)]
    pairs += [(word.arg or "", word.value) for word in call.keywords]
    state = {key: value[0] for key, node in pairs if (value := source.value(node))}
    return state if len(state) == len(pairs) else None


def _literal(source: Source, text: str) -> list[JSON]:
    try:
        return source.value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _fits(schema: Schema, state: JSON) -> bool:
    try:
        return is_plain(state) and isinstance(state, dict) and StateSchema(schema).is_valid(state)
    except SchemaRefusedError:
        return False
