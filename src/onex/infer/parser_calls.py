"""The options of a Python program that argparse or optparse reads, from the calls that declare them."""

import ast
from dataclasses import dataclass, field

from onex.core.values import JSON
from onex.infer import option
from onex.infer.proposal import Input, Remark, Schema
from onex.infer.source import Source, spell

PARSERS = frozenset("argparse.ArgumentParser optparse.OptionParser".split())
TYPES: dict[str, Schema] = {
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "str": {"type": "string"},
    "Path": {"type": "string"},
    "string": {"type": "string"},
}
SILENT = frozenset({"help", "version"})
"""Actions that end the program, and take nothing."""

GROUPS = frozenset({"add_argument_group", "add_mutually_exclusive_group", "add_option_group"})
SUBCOMMAND = "make a node for each, with the subcommand in `entrypoint.args`"


@dataclass(slots=True)
class Parsed:
    """What the calls declare.

    Attributes:
        inputs: one for each option.
        remarks: what a node cannot pass, or what cannot be told.
        description: what the parser says of the program.
    """

    inputs: list[Input] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    description: str | None = None


def read(source: Source) -> Parsed | None:
    """What the parser of the program takes; None when it has none."""
    calls = source.calls()
    parsers = [call for call in calls if source.named(call.func) in PARSERS]
    if not parsers:
        return None
    found = Parsed(description=_description(source, parsers[0]))
    nested = _nested(source)
    _subcommands(source, calls, found)
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in {"add_argument", "add_option"} and _receiver(call) not in nested:
            _declare(source, call, found)
    return found


def words(call: ast.Call) -> dict[str, ast.expr]:
    """The keyword arguments of a call."""
    return {word.arg: word.value for word in call.keywords if word.arg}


def _description(source: Source, call: ast.Call) -> str | None:
    given = words(call)
    text = source.text(given.get("description"))
    if (
        text is None and spell(given["description"]) == "__doc__"
        if "description" in given
        else False
    ):
        return None
    return " ".join(text.split()) if text else None


def _receiver(call: ast.Call) -> str:
    return spell(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def _nested(source: Source) -> set[str]:
    """The names of parsers of subcommands, and of groups in them."""
    found: set[str] = set()
    for node in source.nodes:
        match node:
            case ast.Assign(
                targets=[target], value=ast.Call(func=ast.Attribute(attr="add_parser"))
            ):
                found.add(spell(target))
            case ast.Assign(
                targets=[target], value=ast.Call(func=ast.Attribute(attr=attr, value=of))
            ):
                if attr in GROUPS and spell(of) in found:
                    found.add(spell(target))
    return found


def _subcommands(source: Source, calls: list[ast.Call], found: Parsed) -> None:
    """Subcommands become one argument whose value names one; their own options stay open."""
    attrs = [(call, call.func.attr) for call in calls if isinstance(call.func, ast.Attribute)]
    names = [
        text
        for call, attr in attrs
        if attr == "add_parser" and call.args and (text := source.text(call.args[0]))
    ]
    opened = next((call for call, attr in attrs if attr == "add_subparsers"), None)
    if opened is None:
        return
    schema: Schema = {"enum": [*dict.fromkeys(names)]} if names else {"type": "string"}
    name = source.text(words(opened).get("dest")) or "command"
    at = source.place(opened)
    found.inputs.append(
        option.valued(name, None, schema, at, is_required=True, about="The subcommand.")
    )
    listed = f" ({', '.join(names[:8])})" if names else ""
    message = f"has subcommands{listed} whose own options were left out"
    found.remarks.append(Remark(at, message, SUBCOMMAND))


def _declare(source: Source, call: ast.Call, found: Parsed) -> None:
    """Take in one `add_argument` or `add_option`."""
    texts = [source.text(arg) for arg in call.args]
    at = source.place(call)
    if not texts or None in texts:
        shown = spell(call)
        found.remarks.append(
            Remark(
                at,
                f"an option whose name cannot be read: {shown}",
                "add it to the contract and to `entrypoint.args`",
            )
        )
        return
    flags = [text for text in texts if text and text.startswith("-")]
    given = words(call)
    label = option.longest(flags) if flags else texts[0] or ""
    name = source.text(given.get("dest")) or label
    _take(source, found, _Declared(call, flags, option.name_of(name), label, given))


@dataclass(frozen=True, slots=True)
class _Declared:
    """One option as it is declared."""

    call: ast.Call
    flags: list[str]
    name: str
    label: str
    given: dict[str, ast.expr]


def _take(source: Source, found: Parsed, one: _Declared) -> None:
    at, given = source.place(one.call), one.given
    about = _help(source, given)
    action = source.text(given.get("action")) or (
        source.named(given["action"]).rpartition(".")[2] if "action" in given else "store"
    )
    default = source.value(given.get("default"))
    if action in SILENT:
        return
    if action in {"store_true", "store_const", "append_const", "callback"}:
        found.inputs.append(option.switch(one.name, one.label, at, about))
    elif action == "store_false":
        own = option.name_of(one.label)
        found.inputs.append(option.switch(own, one.label, at, about))
    elif action == "BooleanOptionalAction":
        flag = f"--no-{one.label[2:]}" if default == [True] else one.label
        found.inputs.append(option.switch(option.name_of(flag), flag, at, about))
    elif action == "count":
        found.inputs.append(option.switch(one.name, one.label, at, about))
        found.remarks.append(
            Remark(
                at,
                f"{one.label} counts how often it is given; a node gives it once",
                "write it twice in `entrypoint.args` where that is wanted",
            )
        )
    else:
        _value(source, found, one, action, default)


def _value(source: Source, found: Parsed, one: _Declared, action: str, default: list[JSON]) -> None:
    """An option that takes a value."""
    at, given = source.place(one.call), one.given
    schema = _schema(source, found, one)
    nargs = source.value(given.get("nargs"))
    is_many = nargs in (["*"], ["+"], ["..."]) or (
        nargs != [1] and bool(nargs) and isinstance(nargs[0], int)
    )
    flag = one.label if one.flags else None
    if is_many and flag is not None:
        message = (
            f"{flag} takes several values behind one another, which `entrypoint.args` cannot pass"
        )
        found.remarks.append(
            Remark(
                at, message, "it is left out: let it be given once for each value (action='append')"
            )
        )
        return
    if is_many or action in {"append", "extend"} or ("nargs" in given and not nargs):
        schema = {"type": "array", "items": schema}
        size = nargs[0] if nargs else None
        if nargs == ["+"]:
            schema = {**schema, "minItems": 1}
        elif isinstance(size, int):
            schema = {**schema, "minItems": size, "maxItems": size}
        default = default if default and isinstance(default[0], list) else []
    is_required = (
        source.value(given.get("required")) == [True]
        if flag
        else nargs not in (["?"], ["*"]) and "default" not in given
    )
    found.inputs.append(
        option.valued(
            one.name,
            flag,
            schema,
            at,
            is_required=is_required,
            about=_help(source, given),
            default=default,
        )
    )


def _schema(source: Source, found: Parsed, one: _Declared) -> Schema:
    """What one value may be."""
    kind, choices = one.given.get("type"), one.given.get("choices")
    at = source.place(one.call)
    values = source.value(choices)
    if values and isinstance(values[0], list):
        return {"enum": values[0]}
    if choices is not None:
        message = f"the choices of {one.label} cannot be read: {spell(choices)}"
        found.remarks.append(Remark(at, message, "list them in the contract as an `enum`"))
    if kind is None:
        return {"type": "string"}
    if isinstance(kind, ast.Call) and source.named(kind.func).endswith("FileType"):
        mode = source.text(kind.args[0]) if kind.args else "r"
        return (
            {"type": "string", "x-onex-file": "in"} if mode in {"r", "rb"} else {"type": "string"}
        )
    name = source.text(kind) or source.named(kind).rpartition(".")[2]
    if name not in TYPES:
        message = f"{one.label} is made by {spell(kind)}, so what it may be cannot be told"
        found.remarks.append(Remark(at, message, "say in the contract what it may be"))
    return dict(TYPES.get(name, {"type": "string"}))


def _help(source: Source, given: dict[str, ast.expr]) -> str | None:
    text = source.text(given.get("help"))
    if text is None or text == "==SUPPRESS==":
        return None
    return text.replace("%(default)s", "its default").replace("%%", "%")
