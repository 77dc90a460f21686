"""The Python function that a node's entrypoint names, as its file spells it: parsed, never imported.

``read`` depends on its arguments alone, so what it gives can be kept under the file's digest. Where
a file may come by its names in ways that cannot be seen without running it, nothing is claimed.
"""

import ast
import os
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from onex.core import document
from onex.core.document import Document
from onex.core.node import Node
from onex.core.text import BOM, split_lines
from onex.core.values import JSON
from onex.core.words import cut
from onex.errors import DocumentError

MOST_BYTES = 256 * 1024
"""How large a file may be to be parsed; the parser takes up to a kilobyte for each byte."""

DYNAMIC = (b"globals(", b"setattr(", b"exec(", b"vars(", b"__dict__", b":=", b"__getattr__")
"""What may give a module names that its statements do not show."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be parsed, and the line and column where that is."""

    message: str
    at: Place = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of the function.

    Attributes:
        name: its name.
        at: line and column.
        by_name: whether it can be given by its name.
        optional: whether it has a default.
        default: a list with the default, when that is a plain value; else empty.
    """

    name: str
    at: Place
    by_name: bool
    optional: bool
    default: tuple[JSON, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """What the file binds to the name that the entrypoint has.

    Attributes:
        kind: `function`, `async`, `generator`, `class`, `value`, or `other` where it cannot be told.
        at: line and column.
        parameters: what it takes, for a function without decorators; else None.
        takes_more: whether it takes names that it does not know.
    """

    kind: str
    at: Place
    parameters: tuple[Parameter, ...] | None = None
    takes_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Code:
    """What was read from the file of a Python entrypoint.

    Attributes:
        path: the file.
        data: its bytes.
        fault: why it cannot be parsed, or None.
        at: where that is.
        function: what it binds to the name; None when nothing, or when it is not parsed.
        is_open: whether it may come by names in ways that cannot be seen.
        names: the functions that it defines.
    """

    path: str
    data: bytes
    fault: str | None = None
    at: Place = (1, 1)
    function: Function | None = None
    is_open: bool = False
    names: tuple[str, ...] = ()

    @cached_property
    def place(self) -> Document | str:
        """The file as findings show it: with its lines, when they are UTF-8."""
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return self.path
        return Document(self.path, self.data, None)


def of(node: Node, files: Collection[str], contents: Mapping[str, bytes]) -> Code | None:
    """What the entrypoint of ``node`` names; None when that is no file of it that can be read.

    Args:
        node: a node in Python.
        files: the files of its folder.
        contents: the bytes of those that were read already.
    """
    file, _, name = node.value["entrypoint"].get("target", "").partition(":")
    if file not in files or not name.isidentifier():
        return None
    path = os.path.join(node.folder, file)
    if len(known := contents.get(file, b"")) in range(1, MOST_BYTES + 1):
        return read(path, known, name)
    try:
        with document.opened(path, 1 << 62, follow=False) as (descriptor, size):
            if size > MOST_BYTES:
                fault = f"the file has {size} bytes; code of more than {MOST_BYTES} is not checked"
                return Code(path=path, data=b"", fault=fault)
            data = os.read(descriptor, MOST_BYTES)
    except DocumentError:
        return None  # that it cannot be read is told by the rules about files
    return read(path, data, name)


def parse(data: bytes) -> ast.Module | Fault:
    """The statements of a file that holds ``data``, or why it cannot be parsed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except SyntaxError as error:
        at = max(error.lineno or 1, 1), max(error.offset or 1, 1)
        return Fault(cut(str(error.msg), MOST_WORDS), at)
    except (RecursionError, MemoryError):
        return Fault("the code is nested too deep to be parsed")
    except ValueError as error:  # a NUL character, in some versions of Python
        return Fault(cut(str(error), MOST_WORDS))


def read(path: str, data: bytes, name: str) -> Code:
    """What a file that holds ``data`` binds to ``name``."""
    module = parse(data)
    if isinstance(module, Fault):
        return Code(path=path, data=data, fault=module.message, at=module.at)
    body = module.body
    bound = [statement for statement in statements(body) if name in _names(statement)]
    is_starred = any("*" in _names(s) for s in statements(body) if isinstance(s, ast.ImportFrom))
    return Code(
        path=path,
        data=data,
        function=_describe(bound, data) if bound else None,
        is_open=is_starred or any(sign in data for sign in (*DYNAMIC, f"global {name}".encode())),
        names=tuple(s.name for s in body if isinstance(s, _FUNCTIONS)),
    )


MOST_WORDS = 120
"""How much is told of what the parser says."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def statements(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that are executed with the module, those in its blocks included."""
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        statement = stack.pop()
        yield statement
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            continue
        for block in ("body", "orelse", "handlers", "finalbody", "cases"):
            below = getattr(statement, block, None)
            if isinstance(below, list):
                stack += below


def _names(statement: ast.AST) -> set[str]:
    """The names that one statement binds or takes away, blocks inside it left aside."""
    found: set[str] = set()
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            found = {statement.name}
        case ast.Import() | ast.ImportFrom():
            found = {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
        case ast.ExceptHandler():
            found = {statement.name or ""}
        case ast.Assign() | ast.Delete():
            found = _targets(*statement.targets)
        case ast.AnnAssign() | ast.AugAssign() | ast.For() | ast.AsyncFor():
            found = _targets(statement.target)
        case ast.With() | ast.AsyncWith():
            places = [item.optional_vars for item in statement.items if item.optional_vars]
            found = _targets(*places)
        case ast.match_case():
            found = {getattr(part, "name", None) or "" for part in ast.walk(statement.pattern)}
    return found


def _targets(*places: ast.expr) -> set[str]:
    """The plain names among what is assigned to."""
    return {part.id for place in places for part in ast.walk(place) if isinstance(part, ast.Name)}


def _describe(bound: list[ast.AST], data: bytes) -> Function:
    """What the statements that bind the name make of it; with more than one it cannot be told."""
    statement, lines = bound[0], Lines(data)
    kind = _kind(statement) if len(bound) == 1 else "other"
    at = lines.place(statement)
    if not isinstance(statement, ast.FunctionDef) or kind == "other":
        return Function(kind=kind, at=at)
    return Function(
        kind=kind,
        at=at,
        parameters=tuple(_parameters(statement.args, lines)),
        takes_more=statement.args.kwarg is not None,
    )


def _kind(statement: ast.AST) -> str:
    """What the only statement that binds the name makes of it; see ``Function``."""
    kind = "other"
    match statement:
        case ast.FunctionDef(decorator_list=[]):
            kind = "generator" if yields(statement) else "function"
        case ast.AsyncFunctionDef(decorator_list=[]):
            kind = "async"
        case ast.ClassDef(decorator_list=[], keywords=[], bases=[]):
            kind = "class"
        case ast.Assign(value=ast.Constant() | ast.List() | ast.Dict() | ast.Tuple() | ast.Set()):
            kind = "value"
    return kind


def yields(function: ast.FunctionDef) -> bool:
    """Whether the body of the function, those inside it left aside, gives values one by one."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda, ast.GeneratorExp)):
            stack += ast.iter_child_nodes(node)
    return False


def _parameters(arguments: ast.arguments, lines: "Lines") -> Iterator[Parameter]:
    """The parameters in their order, `*args` and `**kwargs` left aside."""
    plain = [*arguments.posonlyargs, *arguments.args]
    blank: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults = [*blank, *arguments.defaults, *arguments.kw_defaults]
    for argument, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        yield Parameter(
            name=argument.arg,
            at=lines.place(argument),
            by_name=argument not in arguments.posonlyargs,
            optional=default is not None,
            default=tuple(_plain(default)),
        )


def _plain(default: ast.expr | None) -> Iterator[JSON]:
    """The value of a default that JSON has as well."""
    if isinstance(default, ast.Constant):
        value = default.value
        if value is None or isinstance(value, bool | int | float | str):
            yield value


class Lines:
    """The lines of a file, for turning the parser's columns, which count bytes, into characters."""

    def __init__(self, data: bytes) -> None:
        self._lines = split_lines(data.decode(errors="replace").removeprefix(BOM))

    def place(self, node: ast.AST) -> Place:
        """Line and column of ``node``."""
        line: int = getattr(node, "lineno", 1)
        offset: int = getattr(node, "col_offset", 0)
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        return line, len(text.encode()[:offset].decode(errors="replace")) + 1
