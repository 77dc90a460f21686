"""Files that nodes share: where they lie, and which schema of the workspace bears an `$id`.

`shared` of a node names them by their paths from the root of the workspace. What is locked and read
is a plain file in plain folders: no link leads there, so nothing outside the workspace is opened.
"""

import os
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import lru_cache

from onex.core import document
from onex.core.document import JSON
from onex.core.files import DEBRIS
from onex.core.places import split_pointer
from onex.core.references import joined
from onex.core.schema import Problem
from onex.core.text import printable
from onex.core.tree import find_root
from onex.core.words import shorten
from onex.errors import DocumentError

SUFFIXES = (".json", ".yaml", ".yml")
"""How the names of files end that may hold a schema."""

MOST_LOOKED_AT = 5_000
"""How many files may be looked at for an `$id` that a contract asks for."""


def place(folder: str, path: str) -> str:
    """Where the file is that the node in ``folder`` shares as ``path``.

    Raises:
        DocumentError: the node lies in no workspace, a link is on the way, or it is the node's own.
    """
    root = _root(folder)
    if root is None:
        problem = "the node lies in no workspace, at whose root the paths of shared files begin"
        raise DocumentError(folder, problem, help="run `onex init` at the root of your nodes")
    found = os.path.join(root, *path.split("/"))
    wanted = os.path.join(os.path.realpath(root), *path.split("/")[:-1])
    if os.path.realpath(os.path.dirname(found)) != wanted:
        raise DocumentError(
            printable(found),
            "a symbolic link leads there; what is shared lies in plain folders of the workspace",
            help="name the file where it really lies",
        )
    own = os.path.join(os.path.realpath(folder), "")
    if os.path.join(wanted, "").startswith(own):
        # Its document, for one, would have to hold a digest of itself.
        raise DocumentError(
            printable(found),
            "a file of the node itself, which is locked with it anyway",
            help="take it out of `shared`",
        )
    return found


def _root(folder: str) -> str | None:
    """The workspace around a node; one that is built aside, in a tree of its own, has it around that."""
    root = find_root(folder)
    while root is not None and os.path.basename(root).startswith(DEBRIS):
        root = find_root(os.path.dirname(root))
    return root


def advise(
    found: list[Problem], schema: JSON, folder: str, shared: Container[str]
) -> list[Problem]:
    """``found`` with the file to share, where a reference asks for an `$id` that a file has.

    Args:
        found: what the lint has against ``schema``.
        schema: the schema.
        folder: the folder of its node.
        shared: the files that the node shares already.
    """
    return [_advise(problem, schema, folder, shared) for problem in found]


def _advise(problem: Problem, schema: JSON, folder: str, shared: Container[str]) -> Problem:
    if problem.keyword != "$ref":
        return problem
    value = schema
    for part in split_pointer(problem.pointer):
        value = value[int(part)] if isinstance(value, list) else value[part]  # type: ignore[index]
    if not isinstance(value, str) or value.startswith("#"):
        return problem
    root = _root(folder)
    base = schema.get("$id") if isinstance(schema, dict) else None
    uri, _ = joined(base if isinstance(base, str) else "", value)
    path = _owners(root).get(uri) if root else None
    if path is None:
        return problem
    if path in shared:
        message = f"the reference {shorten(value)} leads to no schema of {printable(path)}"
        return replace(problem, message=message, hint=f"see the '$defs' of {printable(path)}")
    hint = f"add '{printable(path)}' to `shared` of the node, then run `onex lock`"
    return replace(problem, hint=hint)


@lru_cache(maxsize=4)
def _owners(root: str) -> dict[str, str]:
    """For each `$id` of a schema below ``root`` the file that bears it; for hints alone."""
    found: dict[str, str] = {}
    for path in _files(root):
        try:
            data = document.read_bytes(path, follow=False)
            value = document.parse(data, path).value if b"$id" in data else None
        except DocumentError:
            continue
        name = value.get("$id") if isinstance(value, dict) else None
        if isinstance(name, str):
            inside = os.path.relpath(path, root).replace(os.sep, "/")
            found.setdefault(name.removesuffix("#"), inside)
    return found


def _files(root: str) -> Iterator[str]:
    """Files below ``root`` that may hold a schema, hidden folders left aside; not too many."""
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > MOST_LOOKED_AT:
                return
            if name.endswith(SUFFIXES):
                yield os.path.join(folder, name)
