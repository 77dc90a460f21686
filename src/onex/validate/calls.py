"""What the code of a node imports and calls, by the names that its imports give it: seen, never run.

What is seen is there; what is not seen may be there too. A name that the file binds in another way,
too, is not followed, nor is what stands under `if TYPE_CHECKING` or `if __name__ == "__main__"`.
"""

import ast
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from onex.validate.code import Lines, Place


@dataclass(frozen=True, slots=True)
class Use:
    """One import or one call.

    Attributes:
        name: what is imported or called, in full, such as `datetime.datetime.now`; `.now` for a
            method of something that is not known.
        at: line and column.
        call: the call; None for an import.
    """

    name: str
    at: Place
    call: ast.Call | None = None


@dataclass(slots=True)
class Uses:
    """What a file imports and calls, in the order of its lines.

    Attributes:
        all: each import and each call whose name is known.
        names: what the names of the file stand for.
        constants: the values of names that are bound once, outside of functions.
    """

    all: list[Use] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)

    def name_of(self, item: ast.expr) -> str | None:
        """What an expression such as `dt.now` names in full; None where that is not known."""
        parts: list[str] = []
        while isinstance(item, ast.Attribute):
            parts.append(item.attr)
            item = item.value
        if not isinstance(item, ast.Name):
            return None
        root = self.names.get(item.id)
        return ".".join([root, *reversed(parts)]) if root else None

    def beginning(self, item: ast.expr) -> str | None:
        """How the text or the path that an expression makes begins, as far as that stands there."""
        part: ast.expr | None = item
        for _ in range(MOST_STEPS):
            match part:
                case ast.Constant(value=str(text)):
                    return text
                case ast.Call(func=function) if self.name_of(function) in HOMES:
                    return "~"
            part = self._first(part)
        return None

    def _first(self, item: ast.expr | None) -> ast.expr | None:
        """The part of an expression that what it makes begins with."""
        match item:
            case ast.Name(id=name):
                return self.constants.get(name)
            case ast.JoinedStr(values=[first, *_]):
                return first
            case ast.BinOp(left=first, op=ast.Add() | ast.Div() | ast.Mod()):
                return first
            case ast.Call(func=function, args=[first, *_]) if self.name_of(function) in SAME:
                return first
            case ast.Call(func=ast.Attribute(value=first, attr=name)) if name in PARTS:
                return first
        return None

    def calls(self) -> Iterator[tuple[Use, ast.Call]]:
        """The calls."""
        return ((use, use.call) for use in self.all if use.call is not None)


MOST_STEPS = 64
"""How deep an expression is looked into."""

BUILT_IN = frozenset({"open", "str"})
"""Functions that need no import, and that somebody asks about."""

SAME = frozenset(
    "os.fspath os.path.expanduser os.path.join pathlib.Path pathlib.PosixPath str".split()
)
"""Functions that give a path that begins as their first argument."""

PARTS = frozenset("expanduser joinpath".split())
"""Methods of a path that give one that begins as it does."""

HOMES = frozenset({"pathlib.Path.home"})
"""Functions that give the folder of the user."""


@lru_cache(maxsize=4)  # several rules ask about one node after another
def uses(data: bytes) -> Uses:
    """What a file that holds ``data`` imports and calls; nothing when it cannot be parsed."""
    found = Uses()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(_executed(ast.parse(data)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return found  # told by ONX603
    lines = Lines(data)
    imported = [row for node in nodes for row in _imported(node, lines)]
    bound = Counter(name for node in nodes for name in _bound(node))
    shadows = frozenset(bound)
    found.names = {name: stands_for for _, name, stands_for in imported if name not in shadows}
    found.names |= {name: name for name in BUILT_IN - shadows - found.names.keys()}
    found.constants = {name: value for name, value in _constants(nodes) if bound[name] == 1}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    named = ((call, found.name_of(call.func) or _method(call)) for call in calls)
    called = [Use(name, lines.place(call), call) for call, name in named if name]
    found.all = sorted([*(use for use, _, _ in imported), *called], key=lambda use: use.at)
    return found


def _executed(tree: ast.Module) -> Iterator[ast.AST]:
    """All of a file but what is never executed when the node runs."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, ast.If) and _is_idle(node.test):
            stack += node.orelse
        else:
            stack += ast.iter_child_nodes(node)


def _method(call: ast.Call) -> str | None:
    """The method that is called, of whatever it may be."""
    return f".{call.func.attr}" if isinstance(call.func, ast.Attribute) else None


def _is_idle(test: ast.expr) -> bool:
    """Whether a condition holds for type checkers, or for scripts, alone."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return True
    return False


def _imported(node: ast.AST, lines: Lines) -> Iterator[tuple[Use, str, str]]:
    """What an import imports, the name that it binds, and what that name stands for."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            root = alias.name.partition(".")[0]
            stands_for = alias.name if alias.asname else root
            yield Use(alias.name, lines.place(alias)), alias.asname or root, stands_for
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            name = f"{node.module}.{alias.name}"
            yield Use(name, lines.place(alias)), alias.asname or alias.name, name


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that are bound in other ways than by an import."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name


def _constants(nodes: list[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """The names that statements outside of functions bind, each with its value."""
    statements = [part for node in nodes if isinstance(node, ast.Module) for part in node.body]
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
