"""The templates of a scaffold node: what there is, and what each asks for.

README.md of the shipped scaffold node describes them; the schema `template` defines them.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from onex.core import document
from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.document import JSON, Document
from onex.core.node import Node, at
from onex.core.scan import SEGMENT
from onex.core.schema import problems
from onex.core.words import suggest
from onex.errors import UsageError
from onex_contract import registry
from onex_types.template import Template

FOLDER = "templates"
FILE_NAME = "template.json"


def names(node: Node) -> list[str]:
    """The names of the templates of ``node``, sorted; empty when it has none."""
    folder = os.path.join(node.folder, FOLDER)
    if not os.path.isdir(folder):
        return []
    return sorted(
        name for name in os.listdir(folder) if SEGMENT(name) and _has_recipe(folder, name)
    )


def read(node: Node, name: str) -> Document:
    """The template ``name`` of ``node``: a document that keeps the schema `template`.

    Raises:
        UsageError: there is no such template.
        DocumentError: its template.json is not one.
    """
    known = names(node)
    if name not in known:
        near = suggest(name, known)
        raise UsageError(
            f"{node.id} has no template {name!a}" + (f"; {near}" if near else ""),
            help=f"it has {', '.join(known)}",
        )
    source = document.read(os.path.join(node.folder, FOLDER, name, FILE_NAME))
    validator = registry.validator("template")
    if not validator.is_valid(source.value):
        raise at(source, problems(validator, registry.schema("template"), source.value)[0])
    return source


def questions(node: Node, name: str) -> dict[str, JSON]:
    """What the template ``name`` of ``node`` asks for: each answer's name and its schema.

    Raises:
        UsageError: there is no such template.
        DocumentError: the template is not one to work with.
    """
    schema: dict[str, JSON] = cast("Template", read(node, name).value)["answers"]
    return cast("dict[str, JSON]", schema.get("properties", {}))


def takes(node: Node, name: str) -> bool:
    """Whether the template ``name`` of ``node`` is made around a file that is handed over."""
    return cast("Template", read(node, name).value).get("takes") is not None


def complete(
    node: Node, name: str, answers: Mapping[str, JSON], *, owner: str | None = None
) -> dict[str, JSON]:
    """``answers`` to the template ``name`` of ``node``, with its defaults filled in.

    Args:
        node: the scaffold node.
        name: the template.
        answers: what was answered.
        owner: who owns the new node, where the template asks and nothing was answered.

    Raises:
        UsageError: there is no such template, or an answer is not one that it takes.
        DocumentError: the template is not one to work with.
    """
    source = read(node, name)
    schema: dict[str, JSON] = cast("Template", source.value)["answers"]
    asked = questions(node, name)
    given = dict(answers)
    if owner is not None and "owner" in asked:
        given.setdefault("owner", owner)
    judge = _compile(source, schema)
    filled = judge.with_defaults(given)
    found = judge.problems(filled)
    if found:
        message = (
            f"the template {name} of {node.id} does not take these answers: {found[0].message}"
        )
        raise UsageError(
            message,
            help=found[0].hint or found[0].about or f"it asks for {', '.join(asked) or 'nothing'}",
        )
    return cast("dict[str, JSON]", filled)


def _has_recipe(folder: str, name: str) -> bool:
    return os.path.isfile(os.path.join(folder, name, FILE_NAME))


def _compile(source: Document, schema: dict[str, JSON]) -> StateSchema:
    try:
        return StateSchema(schema)
    except SchemaRefusedError as error:
        problem = error.problems[0]
        raise at(source, replace(problem, pointer=f"/answers{problem.pointer}")) from error
