"""What a Python function gives: from its annotation, else its docstring, else its `return` statements."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from onex.core.values import JSON
from onex.infer import docstring
from onex.infer.annotation import Types, of_words
from onex.infer.proposal import Place, Remark, Schema, object_schema
from onex.infer.source import Source
from onex.validate.code import yields

Function = ast.FunctionDef | ast.AsyncFunctionDef

STREAMS = frozenset("Iterator Generator Iterable AsyncIterator".split())


@dataclass(frozen=True, slots=True)
class Output:
    """What a function gives.

    Attributes:
        schema: the schema of what it returns.
        at: where that is said.
        is_wrapped: whether it is no object, so that something has to make one of it.
        is_stream: whether it gives values one by one.
        remarks: what is open.
    """

    schema: Schema
    at: Place
    is_wrapped: bool
    is_stream: bool = False
    remarks: list[Remark] = field(default_factory=list)


def output_of(source: Source, function: Function) -> Output:
    """What ``function`` gives."""
    types = Types(source, is_input=False)
    schema, at = _said(source, function, types)
    is_stream = isinstance(function, ast.FunctionDef) and yields(function)
    literals = list(_literals(source, function))
    if schema is None or schema == {"type": "object"} or _is_mapping(schema):
        schema = _of_literals(literals, schema) if literals else schema
    elif _is_record(source, function) and not literals:
        message = "what it returns is no dict in the code; a node gives one"
        types.remarks.append(Remark(at, message, "return `dataclasses.asdict(...)`, or a dict"))
    if schema is None:
        message = f"'{function.name}' does not say what it returns"
        types.remarks.append(
            Remark(at, message, "say in the contract what it gives, or annotate it")
        )
        schema = {}
    is_object = schema.get("type") == "object" and not is_stream
    is_wrapped = not is_object or isinstance(function, ast.AsyncFunctionDef)
    return Output(schema, at, is_wrapped, is_stream, types.remarks)


def _said(source: Source, function: Function, types: Types) -> tuple[Schema | None, Place]:
    """What the annotation or the docstring says; None when neither does."""
    told = docstring.of(function).returns
    schema: Schema | None = None
    at = source.place(function)
    if function.returns is not None:
        at = source.place(function.returns)
        schema = types.schema(_state_of(source, function.returns), "what it returns")
        name = source.named(function.returns)
        # A type that says nothing more than `Any` leaves the rest to the code.
        schema = None if not schema and name else schema
    elif told.kind:
        schema = of_words(types, told.kind, function, "what it returns")
    elif not any(_returns(function)) and not (
        isinstance(function, ast.FunctionDef) and yields(function)
    ):
        schema = {"type": "null"}
    if schema is not None and told.text and schema.get("type") != "object":
        schema = {**schema, "description": told.text}
    return schema, at


def _state_of(source: Source, returns: ast.expr) -> ast.expr:
    """The annotation of the state: the first of `tuple[dict, dict]`, which is a state and a report."""
    match returns:
        case ast.Subscript(value=base, slice=ast.Tuple(elts=[first, second])) if source.named(
            base
        ).rpartition(".")[2] in {"tuple", "Tuple"}:
            if {"dict", "Dict", "Mapping"} & {
                n.id for n in ast.walk(second) if isinstance(n, ast.Name)
            }:
                return first
    return returns


def _is_mapping(schema: Schema) -> bool:
    return schema.get("type") == "object" and "properties" not in schema


def _is_record(source: Source, function: Function) -> bool:
    """Whether the annotation names a class of the file that is no TypedDict."""
    found = source.classes.get(source.named(function.returns)) if function.returns else None
    return found is not None and "TypedDict" not in {
        source.named(base).rpartition(".")[2] for base in found.bases
    }


def _returns(function: Function) -> Iterator[ast.expr]:
    """What the `return` statements of the function itself give."""
    stack: list[ast.AST] = list(reversed(function.body))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack += reversed(list(ast.iter_child_nodes(node)))


def _literals(source: Source, function: Function) -> list[dict[str, ast.expr]]:
    """The keys and values of the dicts that are returned; empty unless all of it is plain to see."""
    found: list[dict[str, ast.expr]] = []
    for value in _returns(function):
        keys = [source.text(key) for key in value.keys] if isinstance(value, ast.Dict) else [None]
        if not isinstance(value, ast.Dict) or None in keys or len(set(keys)) < len(keys):
            return []
        found.append(dict(zip(cast("list[str]", keys), value.values, strict=True)))
    return found


def _of_literals(literals: list[dict[str, ast.expr]], said: Schema | None) -> Schema:
    """The object that the returned dicts have in common."""
    below = said.get("additionalProperties") if said else None
    value: Schema = below if isinstance(below, dict) else {}
    members: dict[str, Schema] = {}
    for literal in literals:
        for name, node in literal.items():
            members.setdefault(name, value or _kind(node))
            if not value and members[name] != _kind(node):
                members[name] = {}
    required = [name for name in members if all(name in literal for literal in literals)]
    return object_schema(members, required, is_open=False)


def _kind(node: ast.expr) -> Schema:
    """What the form of an expression tells of its value, where it tells it surely."""
    kind: JSON = None
    match node:
        case ast.Constant(value=bool()) | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            kind = "boolean"
        case ast.Constant(value=str()) | ast.JoinedStr():
            kind = "string"
        case ast.Constant(value=int()) | ast.Call(func=ast.Name(id="len" | "int")):
            kind = "integer"
        case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
            kind = "number"
        case ast.Call(func=ast.Name(id="str")):
            kind = "string"
        case (
            ast.List()
            | ast.ListComp()
            | ast.Tuple()
            | ast.Call(func=ast.Name(id="list" | "sorted"))
        ):
            kind = "array"
        case ast.Dict() | ast.DictComp():
            kind = "object"
    return {} if kind is None else {"type": kind}
