"""A Python function as the node that it would be: parameters in, what it returns out."""

import ast
from collections.abc import Iterator

from onex.core.values import JSON
from onex.core.words import suggest
from onex.errors import DocumentError
from onex.infer import docstring
from onex.infer.annotation import Types, of_words
from onex.infer.docstring import Docstring
from onex.infer.effects import effects_of, remarks_of
from onex.infer.examples import cases
from onex.infer.proposal import RESULT, Input, Proposal, Remark, Schema, object_schema
from onex.infer.returns import Output, output_of
from onex.infer.source import Source, spell
from onex.infer.union import union

Function = ast.FunctionDef | ast.AsyncFunctionDef

ANYTHING = "say in the contract what it may be, or give it a type in the code"


def read(source: Source, name: str) -> Proposal:
    """What the function ``name`` of ``source`` says of the node that it would be.

    A function that only hands its state to another one, and puts what that returns into an object
    (`wrapper`), is read as that other one.

    Raises:
        DocumentError: the file does not define such a function.
    """
    function = find(source, name)
    inner = wrapped(function)
    if inner is None:
        return _propose(source, function)
    key, called = inner
    return _propose(source, find(source, called), key)


def find(source: Source, name: str) -> Function:
    """The function ``name`` of ``source``.

    Raises:
        DocumentError: the file does not define it with the module, or it is something else.
    """
    found = source.function(name)
    if found is not None:
        return found
    known = [each.name for each in source.module.body if isinstance(each, Function)]
    if name in source.classes:
        line, column = source.place(source.classes[name])
        problem = f"{name} is a class; a node is made of a function"
        raise DocumentError(
            source.path,
            problem,
            line=line,
            column=column,
            help="name a function that makes one and returns an object",
        )
    listed = f"it defines {', '.join(known[:20])}" if known else "it defines no function"
    near = suggest(name, known)
    raise DocumentError(source.path, f"defines no function {name}", help=near or listed)


def wrapper(source: Source, name: str) -> tuple[str, str]:
    """The name and the text of a function that puts what ``name`` returns into an object."""
    taken = {*source.classes, *source.constants, *source.imported}
    own = next(
        each
        for each in ("run", "run_node", f"run_{name}", f"run_{name}_as_node")
        if each not in taken and source.function(each) is None
    )
    function = find(source, name)
    call = f"{name}(**state)"
    before = ""
    if isinstance(function, ast.AsyncFunctionDef):
        before, call = "    import asyncio\n\n", f"asyncio.run({call})"
    elif output_of(source, function).is_stream:
        call = f"list({call})"
    return own, (
        f"\n\ndef {own}(**state):\n"
        f'    """Call `{name}` with the state; a node gives an object, so its value is `{RESULT}`."""\n'
        f'{before}    return {{"{RESULT}": {call}}}\n'
    )


def wrapped(function: Function) -> tuple[str, str] | None:
    """The key and the function that ``function`` only wraps; see ``wrapper``."""
    arguments = function.args
    is_bare = not (
        arguments.args or arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg
    )
    match function.body[-1]:
        case ast.Return(value=ast.Dict(keys=[ast.Constant(value=str(key))], values=[value])):
            called = _called(value, arguments.kwarg.arg if arguments.kwarg else "")
            return (key, called) if is_bare and called else None
    return None


def _called(value: ast.expr, state: str) -> str:
    """The function that ``value`` calls with ``**state``, through `list` and `asyncio.run`."""
    match value:
        case ast.Call(
            func=ast.Name(id=name),
            args=[],
            keywords=[ast.keyword(arg=None, value=ast.Name(id=given))],
        ):
            return name if given == state else ""
        case ast.Call(func=ast.Name(id="list"), args=[inner], keywords=[]):
            return _called(inner, state)
        case ast.Call(func=ast.Attribute(attr="run"), args=[inner], keywords=[]):
            return _called(inner, state)
    return ""


def _propose(source: Source, function: Function, key: str | None = None) -> Proposal:
    told, types = docstring.of(function), Types(source)
    inputs = list(_inputs(source, function, told, types))
    output = output_of(source, function)
    proposal = Proposal(
        path=source.path,
        description=told.summary or None,
        at=source.place(function),
        inputs=tuple(inputs),
        is_open=function.args.kwarg is not None,
        output=_wrapped_output(output, key or RESULT)
        if key or output.is_wrapped
        else output.schema,
        output_at=output.at,
        is_wrapped=output.is_wrapped,
        undecided=(
            *_shape_remarks(source, function),
            *types.remarks,
            *output.remarks,
            *remarks_of(source),
        ),
        effects=effects_of(source),
    )
    return cases(proposal, source, function)


def _wrapped_output(output: Output, key: str) -> Schema:
    return object_schema({key: output.schema}, [key], is_open=False)


def _inputs(source: Source, function: Function, told: Docstring, types: Types) -> Iterator[Input]:
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    blank: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults = [*blank, *arguments.defaults, *arguments.kw_defaults]
    for argument, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        yield _input(source, argument, default, told, types)


def _input(
    source: Source, argument: ast.arg, default: ast.expr | None, told: Docstring, types: Types
) -> Input:
    about = told.parameters.get(argument.arg, docstring.Told())
    value = source.value(default)
    schema = _schema(source, argument, about.kind, value, types)
    if value == [None] and schema and not _takes_null(schema):
        schema = _or_null(schema)
    if default is not None and not value:
        message = f"the default of '{argument.arg}' is {spell(default)}, which no contract can hold"
        types.remarks.append(
            Remark(source.place(default), message, "nothing, if the code's own default will do")
        )
    if about.text:
        schema = {**schema, "description": about.text}
    return Input(
        name=argument.arg,
        schema={**schema, "default": value[0]} if value else schema,
        is_required=default is None,
        at=source.place(argument),
    )


def _schema(
    source: Source, argument: ast.arg, kind: str, default: list[JSON], types: Types
) -> Schema:
    """From the annotation, else the docstring, else the default; else anything, and it is said."""
    name = f"'{argument.arg}'"
    if argument.annotation is not None:
        return types.schema(argument.annotation, name)
    found = of_words(types, kind, argument, name) if kind else None
    if found is not None:
        return found
    kinds = {
        bool: "boolean",
        int: "integer",
        float: "number",
        str: "string",
        list: "array",
        dict: "object",
    }
    guessed = kinds.get(type(default[0])) if default else None
    shown = f"; its default is {default[0]!r}" if guessed else ""
    types.remarks.append(Remark(source.place(argument), f"{name} has no type{shown}", ANYTHING))
    return {"type": guessed} if guessed else {}


def _takes_null(schema: Schema) -> bool:
    kinds = schema.get("type")
    options = schema.get("anyOf")
    return (
        kinds == "null"
        or (isinstance(kinds, list) and "null" in kinds)
        or (isinstance(options, list) and {"type": "null"} in options)
        or ("enum" in schema and None in schema["enum"])  # type: ignore[operator]
    )


def _or_null(schema: Schema) -> Schema:
    """``schema``, or null: a default of None says so where the annotation does not."""
    return union([schema, {"type": "null"}])


def _shape_remarks(source: Source, function: Function) -> Iterator[Remark]:
    """What of the function's form a node has no use for."""
    arguments = function.args
    for argument in arguments.posonlyargs:
        message = (
            f"'{argument.arg}' can only be given by its position, but a state is given by names"
        )
        yield Remark(source.place(argument), message, "remove the '/' behind it")
    if arguments.vararg:
        message = f"'*{arguments.vararg.arg}' takes what has no name; a node never gives it any"
        yield Remark(source.place(arguments.vararg), message, "take a list under a name instead")
    if arguments.kwarg:
        message = f"'**{arguments.kwarg.arg}' takes any name, so the contract is open"
        yield Remark(
            source.place(arguments.kwarg),
            message,
            "name what it takes, and set additionalProperties to false",
        )
    if function.decorator_list:
        message = (
            f"'{function.name}' is decorated: what it takes may be other than what stands here"
        )
        yield Remark(
            source.place(function.decorator_list[0]),
            message,
            "compare with what the decorator does",
        )
