"""A field is defined in a schema and nowhere else: no class in src restates one.

Values that are documents are typed by the generated `onex_types` and `onex_models`.
"""

import ast
import os

import pytest
from tools.codegen.sources import subschemas

from onex_contract import registry

SRC = os.path.join(os.path.dirname(__file__), "..", "..", "src")
RECORD_BASES = {"TypedDict", "BaseModel", "RootModel", "ContractModel"}
THE_BASES = {"ContractModel", "StateModel"}
LEAST, SHARE = 3, 0.6


def sources():
    """Every module of the two packages, by path below src."""
    found = {}
    for package in ("onex", "onex_contract"):
        for folder, _, names in os.walk(os.path.join(SRC, package)):
            for name in names:
                if name.endswith(".py"):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        found[os.path.relpath(path, SRC)] = file.read()
    return found


def schema_objects():
    """The field names of every object in every schema, by where it is defined."""
    return {
        f"{name}#{pointer}": frozenset(part["properties"])
        for name in registry.names()
        for pointer, part in subschemas(registry.schema(name))
        if isinstance(part.get("properties"), dict) and len(part["properties"]) >= LEAST
    }


def records(text, objects):
    """What is wrong with the classes in ``text``, each with its line."""
    problems = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            problems += [f"{node.lineno}: {node.name} {what}" for what in wrong(node, objects)]
        elif isinstance(node, ast.Call) and name_of(node.func) == "TypedDict":
            problems.append(f"{node.lineno}: a TypedDict; use onex_types")
    return problems


def wrong(node, objects):
    """What one class does that a schema already does."""
    bases = {name_of(base) for base in node.bases} & RECORD_BASES
    if bases and node.name not in THE_BASES:
        yield f"is a {min(bases)}; use onex_types or onex_models"
    fields = {
        item.target.id
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    }
    for place, known in objects.items():
        shared = fields & known
        if len(shared) >= LEAST and len(shared) >= SHARE * len(fields):
            yield f"restates {place}: {', '.join(sorted(shared))}"


def name_of(node):
    """The last part of a dotted name, under subscripts and all."""
    if isinstance(node, ast.Subscript):
        return name_of(node.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_no_class_in_src_restates_a_schema():
    """Two definitions of one field drift apart."""
    objects = schema_objects()
    found = [
        f"{path}:{line}" for path, text in sources().items() for line in records(text, objects)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("class T(TypedDict):\n    a: int", "1: T is a TypedDict; use onex_types or onex_models"),
        ("class M(pydantic.BaseModel): ...", "1: M is a BaseModel; use onex_types or onex_models"),
        ("class R(RootModel[int]): ...", "1: R is a RootModel; use onex_types or onex_models"),
        ("T = TypedDict('T', {'a': int})", "1: a TypedDict; use onex_types"),
        (
            "@dataclass\nclass Stream:\n    bytes: int\n    truncated: bool\n    text: str",
            "2: Stream restates common#/$defs/stream: bytes, text, truncated",
        ),
        (
            "class Row(NamedTuple):\n    text: str\n    truncated: bool\n    bytes: int\n    x: int",
            "1: Row restates common#/$defs/stream: bytes, text, truncated",
        ),
    ],
    ids=["typeddict", "model", "root-model", "functional", "dataclass", "namedtuple"],
)
def test_a_planted_record_is_found(text, told):
    """A check that cannot fail checks nothing."""
    assert told in records(text, schema_objects())


@pytest.mark.parametrize(
    "text",
    [
        "class Place(NamedTuple):\n    line: int\n    column: int",
        "@dataclass\nclass Node:\n    id: str\n    folder: str\n    document: Document",
        "class ContractModel(BaseModel): ...",
    ],
    ids=["two-fields", "own-fields", "the-base"],
)
def test_an_in_memory_value_is_no_record(text):
    """Values that no file holds are free to be classes."""
    assert records(text, schema_objects()) == []
