"""A Python program as the node that it would be: what its parser takes, or what it reads of `sys.argv`."""

import ast
import re

from onex.infer import click_calls, docstring, option, parser_calls
from onex.infer.effects import effects_of, remarks_of
from onex.infer.parser_calls import Parsed
from onex.infer.proposal import Input, Proposal, Remark
from onex.infer.source import Source, spell

OTHER_PARSERS = frozenset({"typer", "fire", "docopt", "plac", "getopt"})
MOST = 100
"""How many arguments with a number are told apart."""

BY_HAND = "write them into the contract and into `entrypoint.args`"


def read(source: Source, output: dict) -> Proposal:  # type: ignore[type-arg]
    """What the program says of the node that it would be.

    Args:
        source: the program.
        output: the output side, which a program says nothing of.
    """
    told = docstring.of(source.module)
    parsed = click_calls.read(source) or parser_calls.read(source)
    has_parser = parsed is not None
    found = parsed or _arguments(source)
    return Proposal(
        path=source.path,
        description=told.summary or found.description or _usage(source),
        inputs=option.distinct(found.inputs),
        output=output,
        separator=has_parser and any(not each.is_positional for each in found.inputs),
        undecided=(*found.remarks, *_prints_json(source), *remarks_of(source)),
        effects=effects_of(source),
    )


def _usage(source: Source) -> str | None:
    """What the function `main` says, where the module says nothing."""
    main = source.function("main")
    return (docstring.of(main).summary or None) if main else None


def _arguments(source: Source) -> Parsed:
    """What a program without a parser reads of its arguments."""
    found = Parsed()
    for name in sorted(
        {name.partition(".")[0] for name in source.imported.values()} & OTHER_PARSERS
    ):
        message = f"its options are read by {name}, which is not read here"
        found.remarks.append(Remark((1, 1), message, BY_HAND))
    places: dict[int, Input] = {}
    rest: Input | None = None
    for node in sorted(
        (node for node in source.nodes if isinstance(node, ast.Subscript)),
        key=lambda node: (node.lineno, node.col_offset),
    ):
        if source.named(node.value) != "sys.argv":
            continue
        match node.slice:
            case ast.Constant(value=int(index)) if 0 < index < MOST and index not in places:
                places[index] = _argument(source, node, index)
            case ast.Slice(lower=ast.Constant(value=int(index))) if 0 < index < MOST and not rest:
                named = _unpacked(source, node, index)
                places |= named
                rest = rest if named else rest or _rest(source, node)
    highest = max(places, default=0)
    found.inputs += [places.get(n) or _unread(n) for n in range(1, highest + 1)]
    if rest and not places:
        found.inputs.append(rest)
    if rest and places:
        found.remarks.append(
            Remark(rest.at, "takes more arguments than those with a number", BY_HAND)
        )
    return found


def _argument(source: Source, node: ast.Subscript, index: int) -> Input:
    """An argument with a number, called like the variable that it is assigned to."""
    name, schema = f"arg{index}", "string"
    for each in source.nodes:
        match each:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = zip(names, values, strict=False)
                name = next((n.id for n, v in pairs if v is node and isinstance(n, ast.Name)), name)
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                if value is node:
                    name = target
                elif isinstance(value, ast.Call) and node in value.args:
                    name = target
                    kinds = {"int": "integer", "float": "number"}
                    schema = kinds.get(source.named(value.func), "string")
    return option.valued(
        option.name_of(name), None, {"type": schema}, source.place(node), is_required=True
    )


def _unpacked(source: Source, node: ast.Subscript, first: int) -> dict[int, Input]:
    """What `a, b = sys.argv[1:]` names; empty when it is used otherwise."""
    for each in source.nodes:
        match each:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=value) if value is node:
                return {
                    first + n: _text(option.name_of(spell(name)), source, name)
                    for n, name in enumerate(names)
                    if not isinstance(name, ast.Starred)
                }
    return {}


def _text(name: str, source: Source, node: ast.AST) -> Input:
    return option.valued(name, None, {"type": "string"}, source.place(node), is_required=True)


def _unread(index: int) -> Input:
    return option.valued(f"arg{index}", None, {"type": "string"}, (1, 1), is_required=True)


def _rest(source: Source, node: ast.Subscript) -> Input:
    schema = {"type": "array", "items": {"type": "string"}, "default": []}
    return option.valued("args", None, schema, source.place(node), is_required=False)  # type: ignore[arg-type]


_PRINTED = re.compile(r"\bprint\(\s*json\.dumps\(|\bjson\.dump\([^)]*sys\.stdout")


def _prints_json(source: Source) -> list[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and source.named(node.func) in {"print", "json.dump"}:
            text = spell(node)
            if _PRINTED.search(text):
                message = (
                    "prints JSON, which the contract takes for text as long as nobody says more"
                )
                return [
                    Remark(
                        source.place(node),
                        message,
                        "if it is one object, write `output: {from: stdout, as: json}` and its schema",
                    )
                ]
    return []
