"""What a mutant changes: one spot of a function's tree, to something that a person could have written.

What is read by people or by type checkers alone is left as it is: docstrings, annotations, the type
of a ``cast``, and prose. A text is prose if it holds a space or is part of an f-string; that messages
read well is what whole outputs in the tests are compared for.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_CONDITIONAL = (ast.If, ast.IfExp, ast.While)
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_UNSEEN = frozenset({"annotation", "returns", "decorator_list", "args", "type_params"})
"""Fields of functions and of annotated assignments that no mutant is made in."""


class Spot(NamedTuple):
    """A node of a tree, where it hangs, and the function that it belongs to."""

    parent: ast.AST
    field: str
    place: int | None
    node: ast.AST
    function: str
    """The qualified name of the outermost function."""
    first: int
    last: int
    """The lines of the statement, or of the head of a statement that holds others."""


def spots(tree: ast.Module) -> Iterator[Spot]:
    """All nodes inside functions that a mutant may change, in a steady order."""
    for function, name in _functions(tree, ""):
        yield from _children(function, "body", name, (function.lineno, function.lineno))


def changes(spot: Spot) -> list[ast.AST]:
    """What may stand in the place of a node."""
    node = spot.node
    found: list[ast.AST] = []
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        found.append(
            ast.Compare(
                node.left, [_COMPARED[type(node.ops[0])](), *node.ops[1:]], node.comparators
            )
        )
    elif isinstance(node, ast.BoolOp):
        found.append(
            ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        )
    elif isinstance(node, ast.UnaryOp):
        found.append(node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        found.append(ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right))
    elif isinstance(node, ast.Constant):
        found += _constants(node)
    elif isinstance(node, ast.stmt):
        found += _statements(node)
    if _is_condition(spot) and not isinstance(node, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
        found.append(ast.UnaryOp(ast.Not(), node))  # type: ignore[arg-type]
    return found


def _functions(node: ast.AST, above: str) -> Iterator[tuple[ast.FunctionDef, str]]:
    for child in getattr(node, "body", []):
        if isinstance(child, ast.FunctionDef):
            yield child, above + child.name
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{above}{child.name}.")


def _children(node: ast.AST, field: str, name: str, lines: tuple[int, int]) -> Iterator[Spot]:
    value = getattr(node, field)
    for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
        if not isinstance(child, ast.AST) or _is_prose(node, field, place, child):
            continue
        inside = _lines(child) if isinstance(child, ast.stmt) else lines
        yield Spot(node, field, place, child, name, *inside)
        if isinstance(child, ast.JoinedStr):
            yield from _formatted(child, name, inside)
            continue
        for below in child._fields:
            if not _is_hidden(child, below):
                yield from _children(child, below, name, inside)


def _formatted(node: ast.JoinedStr, name: str, lines: tuple[int, int]) -> Iterator[Spot]:
    """The values that an f-string shows, without its prose and its formats."""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            yield from _children(part, "value", name, lines)


def _is_hidden(node: ast.AST, field: str) -> bool:
    """Whether people and type checkers alone read the field of a node."""
    is_typed = isinstance(node, (*_FUNCTION, ast.AnnAssign))
    return (is_typed and field in _UNSEEN) or isinstance(node, (ast.Import, ast.ImportFrom))


def _is_prose(node: ast.AST, field: str, place: int | None, child: ast.AST) -> bool:
    """Whether a node is a docstring or a type."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
        return field == "args" and place == 0
    return isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


def _lines(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, up to the first statement in it."""
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
    return node.lineno, max(node.lineno, last)


def _is_condition(spot: Spot) -> bool:
    if isinstance(spot.parent, _CONDITIONAL):
        return spot.field == "test"
    return isinstance(spot.parent, ast.comprehension) and spot.field == "ifs"


def _constants(node: ast.Constant) -> list[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    if isinstance(value, int):
        return [ast.Constant(value + 1)]
    if isinstance(value, str):
        return [] if " " in value.strip() else [ast.Constant(value[:-1] if value else "?")]
    if isinstance(value, bytes):
        return [ast.Constant(value[:-1] if value else b"?")]
    return []


def _statements(node: ast.stmt) -> list[ast.AST]:
    """What is left of a statement when it says nothing, or the other thing."""
    if isinstance(node, ast.Return) and node.value is not None:
        is_none = isinstance(node.value, ast.Constant) and node.value.value is None
        return [] if is_none else [ast.Return(ast.Constant(None))]
    if isinstance(node, ast.Continue):
        return [ast.Break()]
    if isinstance(node, ast.Break):
        return [ast.Continue()]
    if isinstance(node, ast.AugAssign):
        return [ast.Pass(), ast.Assign([node.target], node.value)]
    if isinstance(node, ast.Assign):
        is_stored = not isinstance(node.targets[0], (ast.Name, ast.Tuple))
        return [ast.Pass()] if is_stored else []
    # Without `super()` a function would close over less, and could not take the place of the whole one.
    is_fixed = isinstance(node, ast.Expr) and "super()" in ast.unparse(node)
    is_gone = isinstance(node, (ast.Expr, ast.Raise, ast.Delete)) and not is_fixed
    return [ast.Pass()] if is_gone else []
