"""The options of a Python program that click reads, from the decorators that declare them."""

import ast

from onex.infer import docstring, option
from onex.infer.parser_calls import SUBCOMMAND, Parsed, words
from onex.infer.proposal import Remark, Schema
from onex.infer.source import Source, spell

Function = ast.FunctionDef | ast.AsyncFunctionDef
TYPES: dict[str, Schema] = {
    "int": {"type": "integer"},
    "INT": {"type": "integer"},
    "float": {"type": "number"},
    "FLOAT": {"type": "number"},
    "bool": {"type": "boolean"},
    "BOOL": {"type": "boolean"},
    "UUID": {"type": "string", "format": "uuid"},
}


def read(source: Source) -> Parsed | None:
    """What the commands of the program take; None when click reads none."""
    commands = [
        node for node in source.nodes if isinstance(node, Function) and _is_command(source, node)
    ]
    if (
        not any(source.imported.get(name, "").startswith("click") for name in source.imported)
        or not commands
    ):
        return None
    commands.sort(key=lambda node: node.lineno)
    found = Parsed()
    groups = [node for node in commands if _decorated(source, node, "group")]
    if groups:
        _subcommands(source, groups[0], commands, found)
    main = groups[0] if groups else commands[0]
    found.description = docstring.of(main).summary or None
    if not groups and len(commands) > 1:
        names = ", ".join(each.name for each in commands[1:8])
        message = f"has more than one command; {main.name} was read, and not {names}"
        found.remarks.append(Remark(source.place(main), message, "make a node for each"))
    for call in main.decorator_list:
        if isinstance(call, ast.Call):
            _declare(source, call, found)
    return found


def _is_command(source: Source, node: Function) -> bool:
    return _decorated(source, node, "command") or _decorated(source, node, "group")


def _decorated(source: Source, node: Function, kind: str) -> bool:
    names = (
        source.named(each.func if isinstance(each, ast.Call) else each)
        for each in node.decorator_list
    )
    return any(name.rpartition(".")[2] == kind for name in names)


def _subcommands(source: Source, group: Function, commands: list[Function], found: Parsed) -> None:
    names = [each.name.replace("_", "-") for each in commands if each is not group]
    schema: Schema = {"enum": [*names]} if names else {"type": "string"}
    at = source.place(group)
    found.inputs.append(
        option.valued("command", None, schema, at, is_required=True, about="The subcommand.")
    )
    listed = f" ({', '.join(names[:8])})" if names else ""
    found.remarks.append(
        Remark(at, f"has subcommands{listed} whose own options were left out", SUBCOMMAND)
    )


def _declare(source: Source, call: ast.Call, found: Parsed) -> None:
    kind = source.named(call.func).rpartition(".")[2]
    texts = [text for arg in call.args if (text := source.text(arg)) is not None]
    if kind == "argument" and texts:
        _argument(source, call, texts[0], found)
    elif kind == "option" and texts:
        _option(source, call, texts, found)
    elif kind in {"option", "argument"}:
        message = f"an option whose name cannot be read: {spell(call)}"
        found.remarks.append(
            Remark(source.place(call), message, "add it to the contract and to `entrypoint.args`")
        )


def _argument(source: Source, call: ast.Call, text: str, found: Parsed) -> None:
    given = words(call)
    nargs = source.value(given.get("nargs"))
    schema = _schema(source, call, found, text)
    if nargs and nargs != [1]:
        schema = {"type": "array", "items": schema}
        if isinstance(nargs[0], int) and nargs[0] > 0:
            schema = {**schema, "minItems": nargs[0], "maxItems": nargs[0]}
    is_required = (
        source.value(given.get("required")) != [False] and "default" not in given and nargs != [-1]
    ) or source.value(given.get("required")) == [True]
    default = source.value(given.get("default"))
    found.inputs.append(
        option.valued(
            option.name_of(text),
            None,
            schema,
            source.place(call),
            is_required=is_required,
            default=default,
        )
    )


def _option(source: Source, call: ast.Call, texts: list[str], found: Parsed) -> None:
    given, at = words(call), source.place(call)
    flags = [text for text in texts if text.startswith("-")]
    if not flags:
        return
    own = next((text for text in texts if not text.startswith("-")), None)
    first, _, off = option.longest(flags).partition("/")
    first, off = first.strip(), off.strip()
    about = source.text(given.get("help"))
    default = source.value(given.get("default"))
    if (
        off
        or source.value(given.get("is_flag")) == [True]
        or source.value(given.get("count")) == [True]
    ):
        flag = off if off and default == [True] else first
        name = own if own and flag == first else flag
        found.inputs.append(option.switch(option.name_of(name), flag, at, about))
        return
    name = option.name_of(own or first)
    if "prompt" in given:
        found.remarks.append(
            Remark(
                at,
                f"{first} is asked for on a terminal, which a node has not",
                "let the contract require it",
            )
        )
    schema = _schema(source, call, found, first)
    if source.value(given.get("multiple")) == [True]:
        schema, default = {"type": "array", "items": schema}, []
    elif source.value(given.get("nargs")) not in ([], [1]):
        found.remarks.append(
            Remark(
                at,
                f"{first} takes several values behind one another, which `entrypoint.args` cannot pass",
                "it is left out: let it be given once for each value (multiple=True)",
            )
        )
        return
    is_required = source.value(given.get("required")) == [True] or "prompt" in given
    found.inputs.append(
        option.valued(
            name, first, schema, at, is_required=is_required, about=about, default=default
        )
    )


def _schema(source: Source, call: ast.Call, found: Parsed, label: str) -> Schema:
    """What one value may be."""
    kind = words(call).get("type")
    if kind is None:
        match source.value(words(call).get("default")):
            case [bool() | int() | float() as value]:
                return {"type": {bool: "boolean", int: "integer", float: "number"}[type(value)]}
        return {"type": "string"}
    name = source.named(kind.func if isinstance(kind, ast.Call) else kind).rpartition(".")[2]
    if isinstance(kind, ast.Call):
        return _made(source, kind, name)
    if name not in TYPES and name not in {"str", "STRING", "Path"}:
        message = f"{label} is made by {spell(kind)}, so what it may be cannot be told"
        found.remarks.append(
            Remark(source.place(call), message, "say in the contract what it may be")
        )
    return dict(TYPES.get(name, {"type": "string"}))


def _made(source: Source, kind: ast.Call, name: str) -> Schema:
    """A type of click that has arguments."""
    given = words(kind)
    values = [source.value(arg) for arg in kind.args]
    if name == "Choice" and values and values[0] and isinstance(values[0][0], list):
        return {"enum": values[0][0]}
    if name in {"IntRange", "FloatRange"}:
        low = source.value(given.get("min")) or (values[0] if values else [])
        high = source.value(given.get("max")) or (values[1] if len(values) > 1 else [])
        schema: Schema = {"type": "integer" if name == "IntRange" else "number"}
        for key, bound in (("minimum", low), ("maximum", high)):
            if bound and bound != [None]:
                schema[key] = bound[0]
        return schema
    mode = source.text(kind.args[0]) if kind.args else "r"
    is_read = source.value(given.get("exists")) == [True] and source.value(
        given.get("file_okay")
    ) != [False]
    if (name == "Path" and is_read) or (name == "File" and mode in {"r", "rb"}):
        return {"type": "string", "x-onex-file": "in"}
    return {"type": "string"}
