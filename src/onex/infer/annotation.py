"""Python annotations as JSON Schema; what JSON has no word for is named, never guessed.

Classes of the same file are followed: enumerations, TypedDicts and dataclasses.
"""

import ast
from collections.abc import Callable, Iterator
from typing import cast

from onex.core.values import JSON
from onex.infer.known import ENUMS, GIVEN_AS, LISTS, MAPPINGS, SETS, THROUGH, TUPLES, WORDED, known
from onex.infer.proposal import Remark, Schema, object_schema
from onex.infer.source import Source, spell
from onex.infer.union import array, union

MOST_DEPTH = 12
MOST_OPTIONS = 100
"""How deep annotations may lie in each other, and how many alternatives they may have."""

MOST_PARTS = 1000
"""How many types may lie in the annotations of a function: classes of classes grow beyond bounds."""


class Types:
    """Reads the annotations of one file, and collects what stays open.

    Args:
        source: the file.
        is_input: whether the values come in; what goes out is the function's own business.
    """

    def __init__(self, source: Source, *, is_input: bool = True) -> None:
        self._source = source
        self._is_input = is_input
        self._open: list[str] = []
        self._parts = 0
        self.remarks: list[Remark] = []

    def schema(self, node: ast.expr, subject: str) -> Schema:
        """The schema of what is annotated with ``node``.

        Args:
            node: the annotation.
            subject: what to call the annotated thing in remarks.
        """
        if len(self._open) > MOST_DEPTH:
            return self._unknown(node, subject, "lies too deep")
        self._parts += bool(self._open)
        if self._parts > MOST_PARTS:
            return self._too_many(node, subject)
        self._open.append("")
        try:
            return self._schema(node, subject)
        finally:
            self._open.pop()

    def _schema(self, node: ast.expr, subject: str) -> Schema:
        match node:
            case ast.Constant(value=None):
                return {"type": "null"}
            case ast.Constant(value=str(text)):
                return self._spelled(node, text, subject)
            case ast.BinOp(op=ast.BitOr()):
                return self._union(node, list(_operands(node)), subject)
            case ast.Subscript(value=base, slice=inner):
                return self._generic(node, self._source.named(base), inner, subject)
            case ast.Name() | ast.Attribute():
                return self._named(node, self._source.named(node), subject)
        return self._unknown(node, subject, "is no type that can be read")

    def _spelled(self, node: ast.expr, text: str, subject: str) -> Schema:
        """An annotation in quotes."""
        try:
            inner = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return self._unknown(node, subject, "is no type that can be read")
        for each in ast.walk(inner):
            ast.copy_location(each, node)
        return self.schema(inner, subject)

    def _named(self, node: ast.expr, dotted: str, subject: str) -> Schema:
        name = dotted.rpartition(".")[2]
        if dotted in self._source.classes:
            return self._of_class(node, self._source.classes[dotted], subject)
        alias = self._source.constants.get(dotted)
        if alias is not None and dotted not in self._open:
            return self._through(dotted, lambda: self.schema(alias, subject))
        schema = known(name)
        if name in GIVEN_AS:
            given = GIVEN_AS[name][1]
            self._told(
                node, f"{subject} is of type {name} in the code, and {given} in the state", name
            )
        if schema is None:
            return self._unknown(node, subject, "is a type that this file does not define")
        return schema

    def _generic(self, node: ast.expr, dotted: str, inner: ast.expr, subject: str) -> Schema:
        name = dotted.rpartition(".")[2]
        items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        schema: Schema | None = None
        if name == "Optional":
            schema = union([self.schema(inner, subject), {"type": "null"}])
        elif name == "Union":
            schema = self._union(node, items, subject)
        elif name == "Literal":
            schema = self._literal(node, items, subject)
        elif name == "Annotated" or name in THROUGH:
            schema = self.schema(items[0], subject)
            told = next((text for item in items[1:] if (text := self._source.text(item))), None)
            schema = {**schema, "description": told} if told else schema
        elif name in LISTS:
            schema = array(self.schema(items[0], f"an item of {subject}"))
        elif name in SETS:
            self._told(
                node, f"{subject} is of type set in the code, and a list in the state", "set"
            )
            schema = {**array(self.schema(items[0], f"an item of {subject}")), "uniqueItems": True}
        elif name in TUPLES:
            schema = self._tuple(items, subject)
        elif name in MAPPINGS:
            schema = self._mapping(node, items, subject)
        return (
            self._unknown(node, subject, "is no type that can be read")
            if schema is None
            else schema
        )

    def _union(self, node: ast.expr, items: list[ast.expr], subject: str) -> Schema:
        if len(items) > MOST_OPTIONS:
            return self._unknown(node, subject, f"has more than {MOST_OPTIONS} alternatives")
        return union([self.schema(item, subject) for item in items])

    def _literal(self, node: ast.expr, items: list[ast.expr], subject: str) -> Schema:
        values = [value for item in items for value in self._source.value(item)]
        if len(values) < len(items):
            return self._unknown(node, subject, "lists values that JSON does not have")
        return {"enum": values}

    def _tuple(self, items: list[ast.expr], subject: str) -> Schema:
        match items:
            case [item, ast.Constant(value=value)] if value is ...:
                return array(self.schema(item, f"an item of {subject}"))
        size = len(items)
        parts = [self.schema(item, f"item {n} of {subject}") for n, item in enumerate(items)]
        return {
            "type": "array", "prefixItems": cast("list[JSON]", parts), "minItems": size, "maxItems": size,
        }  # fmt: skip

    def _mapping(self, node: ast.expr, items: list[ast.expr], subject: str) -> Schema:
        if len(items) != 2 or self._source.named(items[0]).rpartition(".")[2] != "str":  # noqa: PLR2004 - key and value
            return self._unknown(node, subject, "has keys that are no texts") | {"type": "object"}
        below = self.schema(items[1], f"a value of {subject}")
        return {"type": "object", "additionalProperties": below or True}

    def _of_class(self, node: ast.expr, found: ast.ClassDef, subject: str) -> Schema:
        if found.name in self._open:
            return self._unknown(node, subject, "refers to itself") | {"type": "object"}
        bases = {self._source.named(base).rpartition(".")[2] for base in found.bases}
        if bases & ENUMS:
            self._told(
                node,
                f"{subject} is of type {found.name} in the code, and its value in the state",
                found.name,
            )
            return self._through(found.name, lambda: self._enum(node, found, subject))
        is_record = bool(bases & {"TypedDict", "NamedTuple", "BaseModel"})
        names = (each.func if isinstance(each, ast.Call) else each for each in found.decorator_list)
        if not is_record and "dataclass" not in {
            self._source.named(n).rpartition(".")[2] for n in names
        }:
            return self._unknown(node, subject, "is a class that says nothing of its fields")
        if "TypedDict" not in bases:
            self._told(
                node,
                f"{subject} is of type {found.name} in the code, and a plain object in the state",
                found.name,
            )
        return self._through(found.name, lambda: self._record(found, subject))

    def _enum(self, node: ast.expr, found: ast.ClassDef, subject: str) -> Schema:
        values: list[JSON] = []
        for each in found.body:
            if isinstance(each, ast.Assign):
                value = self._source.value(each.value)
                if not value:
                    return self._unknown(node, subject, "has members whose values cannot be read")
                values += value
        return {"enum": values} if values else self._unknown(node, subject, "has no members")

    def _record(self, found: ast.ClassDef, subject: str) -> Schema:
        members: dict[str, Schema] = {}
        required: list[str] = []
        is_total = not any(
            word.arg == "total" and self._source.value(word.value) == [False]
            for word in found.keywords
        )
        for name, each in _fields(found):
            members[name] = self.schema(each.annotation, f"{name} of {subject}")
            marks = {
                self._source.named(part).rpartition(".")[2] for part in ast.walk(each.annotation)
            }
            is_needed = (is_total or "Required" in marks) and "NotRequired" not in marks
            if each.value is None and is_needed:
                required.append(name)
            elif default := self._source.value(each.value):
                members[name] = {**members[name], "default": default[0]}
        return object_schema(members, required, is_open=False)

    def _through(self, name: str, read: Callable[[], Schema]) -> Schema:
        self._open.append(name)
        try:
            return read()
        finally:
            self._open.pop()

    def _too_many(self, node: ast.expr, subject: str) -> Schema:
        """Leave open whatever comes after too much; that is said once."""
        if self._parts > MOST_PARTS + 1:
            return {}
        why = f"is one too many: {MOST_PARTS} have been read in what lies around it"
        return self._unknown(node, subject, why)

    def _told(self, node: ast.expr, message: str, name: str) -> None:
        if self._is_input:
            help_text = f"let the code make a {name} of what it is given"
            self.remarks.append(Remark(self._source.place(node), message, help_text))

    def _unknown(self, node: ast.expr, subject: str, why: str) -> Schema:
        shown = spell(node)
        message = f"{subject}: the type {shown} {why}"
        help_text = "say in the contract what it may be"
        self.remarks.append(Remark(self._source.place(node), message, help_text))
        return {}


def _operands(node: ast.expr) -> Iterator[ast.expr]:
    """The alternatives of `a | b | c`, however many, in order."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitOr):
            stack += [each.right, each.left]
        else:
            yield each


def of_words(types: Types, words: str, at: ast.AST, subject: str) -> Schema | None:
    """The schema of a type as a docstring names it; None when that is no type."""
    text = (
        words.strip().partition(",")[0]
        if "[" not in words
        else words.strip().removesuffix(", optional")
    )
    text = WORDED.get(text.lower(), text.replace(" or ", " | "))
    try:
        node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for each in ast.walk(node):
        ast.copy_location(each, at)
    before = len(types.remarks)
    schema = types.schema(node, subject)
    if not schema:
        del types.remarks[before:]
    return schema or None


def _fields(found: ast.ClassDef) -> Iterator[tuple[str, ast.AnnAssign]]:
    for each in found.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            yield each.target.id, each
