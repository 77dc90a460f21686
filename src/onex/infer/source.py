"""A Python file as it is read here: its statements, its places, and the values that stand in it."""

import ast
from dataclasses import dataclass, field
from functools import cached_property

from onex.core import document
from onex.core.values import JSON
from onex.core.words import SHOWN, cut
from onex.errors import DocumentError
from onex.infer.proposal import Place, is_plain
from onex.validate.code import MOST_BYTES, Fault, Lines, parse, statements


@dataclass(frozen=True)
class Source:
    """A Python file, parsed.

    Attributes:
        path: the file.
        module: its statements.
        lines: its lines.
    """

    path: str
    module: ast.Module
    lines: Lines = field(repr=False)

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """The classes that the module defines, by name."""
        return {each.name: each for each in self._statements if isinstance(each, ast.ClassDef)}

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """What is assigned, once and with the module, to plain names."""
        found: dict[str, list[ast.expr]] = {}
        for each in self._statements:
            match each:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found.setdefault(name, []).append(value)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found.setdefault(name, []).append(value)
        return {name: values[0] for name, values in found.items() if len(values) == 1}

    @cached_property
    def imported(self) -> dict[str, str]:
        """What the names that imports bind stand for: `np` for `numpy`, `Opt` for `typing.Optional`."""
        found: dict[str, str] = {}
        for each in self.nodes:
            match each:
                case ast.Import(names=names):
                    for alias in names:
                        name = alias.asname or alias.name.partition(".")[0]
                        found[name] = alias.name if alias.asname else name
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    for alias in names:
                        found[alias.asname or alias.name] = f"{module}.{alias.name}"
        return found

    @cached_property
    def _statements(self) -> list[ast.AST]:
        return list(statements(self.module.body))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax, in no order that means anything."""
        return list(ast.walk(self.module))

    def calls(self) -> list[ast.Call]:
        """Every call, in the order in which they stand."""
        found = [node for node in self.nodes if isinstance(node, ast.Call)]
        return sorted(found, key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))

    def function(self, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The last function of that name that the module defines."""
        found = None
        for each in self._statements:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name == name:
                found = each
        return found

    def place(self, node: ast.AST) -> Place:
        """Line and column of ``node``."""
        return self.lines.place(node)

    def named(self, node: ast.AST) -> str:
        """The dotted name that ``node`` is, imports followed; empty when it is none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.imported.get(node.id, node.id), *reversed(parts)])

    def value(self, node: ast.expr | None) -> list[JSON]:
        """A list with the value that ``node`` surely has, when JSON has it as well; else empty."""
        if isinstance(node, ast.Name) and node.id in self.constants:
            node = self.constants[node.id]
        if node is None:
            return []
        try:
            value = _listed(ast.literal_eval(node))
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            return []
        return [value] if is_plain(value) else []  # type: ignore[list-item]

    def text(self, node: ast.expr | None) -> str | None:
        """The text that ``node`` surely is, or None."""
        match self.value(node):
            case [str(text)]:
                return text
        return None


def spell(node: ast.AST) -> str:
    """``node`` as messages show it, cut; an ellipsis where it lies too deep or is too long."""
    try:
        return cut(ast.unparse(node), SHOWN)
    except (RecursionError, ValueError):  # Python writes no integer of more than 4300 digits
        return "…"


def _listed(value: object) -> object:
    """A tuple as the list that JSON makes of it."""
    return [_listed(item) for item in value] if isinstance(value, tuple | list) else value


def read(path: str, data: bytes | None = None) -> Source:
    """The Python file ``path``, which holds ``data`` if that is given.

    Raises:
        DocumentError: it cannot be read, is too large, or is not Python.
    """
    data = document.read_bytes(path, MOST_BYTES) if data is None else data
    module = parse(data)
    if isinstance(module, Fault):
        line, column = module.at
        raise DocumentError(
            path,
            f"is not Python that can be parsed: {module.message}",
            line=line,
            column=column,
            help="mend the file, then try again; nothing of it was run",
        )
    return Source(path, module, Lines(data))
