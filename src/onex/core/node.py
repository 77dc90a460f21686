"""A node as it lies on disk: its folder, its document, and what the document says.

``load`` takes a node for work and raises on the first thing that is wrong with the document;
``onex.validate`` reads the same document and reports everything.
"""

import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast

from onex.core import document
from onex.core.canonical import find_float
from onex.core.contract import Contract
from onex.core.document import JSON, Document
from onex.core.schema import Problem, problems
from onex.core.words import shorten
from onex.errors import ConflictError, DocumentError
from onex_contract import registry
from onex_types.onex_node import OnexNode
from onex_types.state_contract import StateContract

if TYPE_CHECKING:
    import jsonschema_rs

    from onex.core.library import Read

FILE_NAMES = ("node.onex", "node.onex.yaml")
"""What a node's document may be called."""

EDITION = (1, 0)
"""The newest edition of the format that this onex knows, as (major, minor)."""

MOST_DIGITS = 128
"""How long a part of an edition may be; the schema refuses what is longer."""

SIGNS = frozenset({"metadata_version", "entrypoint", "lifecycle", "state_contract"})
"""Keys of which every node document has one; a file with none of them is something else."""

TIMEOUT_MS = 60_000
MEMORY_MB = 1_024
OUTPUT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an execution may use; defaults filled in."""

    wall_ms: int
    ram_mb: int
    result_bytes: int


@dataclass(frozen=True)
class Node:
    """A node whose document keeps the schema.

    Attributes:
        id: namespace and name, joined by a dot.
        folder: the folder that is the node, as an absolute path.
        document: node.onex as it was read.
        value: what the document says.
        settled: whether the file holds a merge conflict besides, which its next lock ends.
    """

    id: str
    folder: str
    document: Document
    value: OnexNode
    settled: bool = False

    @property
    def lifecycle(self) -> str:
        """Where the node stands in its life."""
        return self.value["lifecycle"]

    @cached_property
    def limits(self) -> Limits:
        """What an execution may use."""
        limits = self.value.get("limits", {})
        return Limits(
            wall_ms=limits.get("timeout_ms", TIMEOUT_MS),
            ram_mb=limits.get("memory_mb", MEMORY_MB),
            result_bytes=limits.get("output_bytes", OUTPUT_BYTES),
        )

    @cached_property
    def contract(self) -> Contract:
        """The node's state contract, from its own file or from node.onex.

        Raises:
            DocumentError: there is no such file, or it is not a state contract.
        """
        block = self.value["state_contract"]
        if not isinstance(block, str):
            return self.complete(Contract(block, self.document, "/state_contract"))
        source = document.read(os.path.join(self.folder, block))
        found = contract_problems(source.value)
        if found:
            raise at(source, found[0])
        return self.complete(Contract(cast("StateContract", source.value), source, ""))

    def complete(self, contract: Contract, read: "Read | None" = None) -> Contract:
        """The node's ``contract`` with the shared schemas that it refers to, which ``read`` reads."""
        paths = self.value.get("shared")
        if not paths:
            return contract
        from onex.core.bundle import resolved  # noqa: PLC0415 - few nodes share files
        from onex.core.library import Library  # noqa: PLC0415

        return resolved(contract, Library(paths, read or self.read_shared))

    def read_shared(self, path: str) -> tuple[bytes, str]:
        """The bytes of a file that the node shares, and where it lies.

        Raises:
            DocumentError: it cannot be read, or a link leads there.
        """
        from onex.core import shared  # noqa: PLC0415 - few nodes share files

        place = shared.place(self.folder, path)
        return document.read_bytes(place, follow=False), place


def load(folder: str, *, settle: bool = False) -> Node:
    """The node in ``folder``.

    Args:
        folder: the folder.
        settle: whether a merge conflict that is confined to the lock does not matter.

    Raises:
        ConflictError: there is a merge conflict.
        DocumentError: there is no node document, or it is not one that onex can work with.
    """
    path = document_path(folder)
    # What is locked, moved and run is the file in the folder, not one that a link leads to.
    data = document.read_bytes(path, follow=False)
    try:
        return of(path, data)
    except ConflictError:
        from onex.core import conflict  # noqa: PLC0415 - wanted behind a failed merge alone

        if not settle:
            raise conflict.explain(data, path) from None
        return _of(conflict.settle(data, path), settled=True)


def of(path: str, data: bytes) -> Node:
    """The node whose document at ``path`` holds ``data``.

    Raises:
        DocumentError: it is not one that onex can work with.
    """
    return _of(document.parse(data, path), settled=False)


def _of(source: Document, *, settled: bool) -> Node:
    found = node_problems(source.value)
    if found:
        raise at(source, found[0])
    value = cast("OnexNode", source.value)
    folder = os.path.dirname(os.path.abspath(source.path))
    return Node(f"{value['namespace']}.{value['name']}", folder, source, value, settled)


def document_path(folder: str) -> str:
    """The path of the node document in ``folder``.

    Raises:
        DocumentError: there is none, or there are two.
    """
    paths = [os.path.join(folder, name) for name in FILE_NAMES]
    found = [path for path in paths if os.path.lexists(path)]
    if len(found) == 1:
        return found[0]
    if found:
        raise DocumentError(found[1], f"stands beside {FILE_NAMES[0]}; a node has one document")
    raise DocumentError(paths[0], "no such file", help="onex scaffold makes a new node")


def node_problems(value: JSON) -> list[Problem]:
    """Everything that the schema of the edition it is written in has against a node document."""
    if isinstance(value, dict) and SIGNS.isdisjoint(value):
        message = f"this is no node document: it has none of {', '.join(sorted(SIGNS))}"
        hint = "run `onex scaffold` to make a node"
        return [Problem(pointer="", message=message, keyword="foreign", hint=hint)]
    edition = edition_of(value, "metadata_version")
    if edition is not None and edition[0] != EDITION[0]:
        return [_foreign_edition(edition, "metadata_version")]
    found = _judge("onex_node", value, edition)
    place = find_float(value)
    if place is None:
        return found
    message = "a number with a fraction has no place in a node document"
    hint = "quote it if it is a version; put a contract that needs fractions into a file"
    fraction = Problem(pointer=place, message=message, keyword="float", hint=hint)
    return [fraction, *(problem for problem in found if problem.pointer != place)]


def contract_problems(value: JSON) -> list[Problem]:
    """Everything that the schema has against a state contract document."""
    edition = edition_of(value, "contract_version")
    if edition is not None and edition[0] != EDITION[0]:
        return [_foreign_edition(edition, "contract_version")]
    return _judge("state_contract", value, edition)


def edition_of(value: JSON, key: str) -> tuple[int, int] | None:
    """(major, minor) of the edition that ``value`` says it is written in, or None."""
    text = value.get(key) if isinstance(value, dict) else None
    if not isinstance(text, str):
        return None
    return _usual_edition(text) if len(text) < MOST_DIGITS else _edition(text)


def _edition(text: str) -> tuple[int, int] | None:
    parts = text.split(".")
    numbers = [part for part in parts[:2] if part.isdecimal() and len(part) <= MOST_DIGITS]
    if len(numbers) < len(EDITION):
        return None
    return int(parts[0]), int(parts[1])


_usual_edition = lru_cache(maxsize=64)(_edition)
"""Nearly all documents are of a few editions."""


def is_newer(edition: tuple[int, int] | None) -> bool:
    """Whether ``edition`` is a newer minor one, which is read leniently (ONEX-M1-08)."""
    return edition is not None and edition[0] == EDITION[0] and edition[1] > EDITION[1]


def at(source: Document, problem: Problem) -> DocumentError:
    """``problem`` as an error at its place in ``source``."""
    line, column = source.locate(problem.pointer, key=problem.at_key)
    return DocumentError(
        source.path,
        problem.message,
        line=line,
        column=column,
        pointer=problem.pointer,
        help=problem.hint or problem.about,
    )


def _judge(name: str, value: JSON, edition: tuple[int, int] | None) -> list[Problem]:
    validator: jsonschema_rs.Validator = registry.validator(name, relaxed=is_newer(edition))
    return [] if validator.is_valid(value) else problems(validator, registry.schema(name), value)


def _foreign_edition(edition: tuple[int, int], key: str) -> Problem:
    written, known = f"{edition[0]}.{edition[1]}", f"{EDITION[0]}.{EDITION[1]}"
    message = f"{key} is of edition {written}, but this onex reads edition {EDITION[0]}.x"
    hint = (
        "use an onex that knows the newer edition"
        if edition[0] > EDITION[0]
        else f"rewrite the file for edition {shorten(known + '.0')}"
    )
    return Problem(pointer=f"/{key}", message=message, keyword="edition", hint=hint)
