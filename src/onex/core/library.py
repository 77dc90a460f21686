"""The schemas that a node shares, by their `$id`, and what is wrong with them.

They are held to what holds for contracts, since a contract is judged with them. Files that hold no
schema, or one without an `$id`, are locked with the node, and nothing refers to them.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from onex.core import document
from onex.core.canonical import escape
from onex.core.document import JSON, Document
from onex.core.lint import anchors_of, lint, subschemas
from onex.core.references import joined, pointer_of
from onex.core.schema import Problem
from onex.core.shared import SUFFIXES, advise
from onex.core.words import shorten
from onex.errors import DocumentError

Read = Callable[[str], tuple[bytes, str]]
"""The bytes of a shared file, and what to call it; raises DocumentError."""

MOST_BYTES = 16 * 1024 * 1024
"""How much one node may share in schemas."""

KEPT = 16
"""How many shared schemas are kept at hand."""

DYNAMIC = ("$dynamicAnchor", "$dynamicRef")

_ID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^#\s]+")


@dataclass(frozen=True, slots=True)
class SharedSchema:
    """A schema that a node shares.

    Attributes:
        path: its file, as `shared` has it.
        source: the file, read.
        id: its `$id`.
        places: each schema in it, by its pointer.
        anchors: the pointer of each anchor.
    """

    path: str
    source: Document
    id: str
    places: dict[str, JSON]
    anchors: dict[str, str]

    def pointer(self, fragment: str) -> str | None:
        """The pointer that ``fragment`` of a URI means; None where no schema is there."""
        target = pointer_of(f"#{fragment}", "", self.anchors)
        return target if target in self.places else None


class Library:
    """The schemas that a node shares.

    Args:
        paths: the files, as `shared` has them.
        read: reads one of them.

    Attributes:
        sources: the bytes of each file that was read.
        faults: what is wrong with a file, by its path, in the order of the paths.
    """

    def __init__(self, paths: Iterable[str], read: Read) -> None:
        self.sources: dict[str, bytes] = {}
        self.faults: list[tuple[str, DocumentError]] = []
        self._schemas: dict[str, SharedSchema] = {}
        self._size = 0
        for path in paths:
            if path.endswith(SUFFIXES):
                self._take(path, read)
        for schema in self._schemas.values():
            self._judge(schema)

    def find(self, base: str, reference: str) -> tuple[SharedSchema, str] | None:
        """The schema that ``reference`` leads into from a schema called ``base``, and the pointer there."""
        uri, fragment = joined(base, reference)
        schema = self._schemas.get(uri)
        pointer = schema.pointer(fragment) if schema else None
        return None if schema is None or pointer is None else (schema, pointer)

    def _take(self, path: str, read: Read) -> None:
        """Take in a file; one that holds no schema with an `$id` is none to refer to."""
        try:
            data, place = read(path)
            self._weigh(data, place)
            source, places, anchors = _opened(place, data)
        except DocumentError as error:
            self.faults.append((path, error))
            return
        self.sources[path] = data
        name = source.value.get("$id") if isinstance(source.value, dict) else None
        if not isinstance(name, str):
            return
        uri = name.removesuffix("#")
        twin = self._schemas.get(uri)
        if not _ID.fullmatch(uri):
            message = f"the '$id' {shorten(name)} is not an absolute URI without a fragment"
            self._refuse(path, source, "/$id", message, "write one, as https://example.org/address")
        elif twin is not None:
            message = f"the '$id' {shorten(name)} is that of {twin.path}, too"
            self._refuse(path, source, "/$id", message, "give each schema an '$id' of its own")
        else:
            self._schemas[uri] = SharedSchema(path, source, uri, places, anchors)

    def _weigh(self, data: bytes, place: str) -> None:
        self._size += len(data)
        if self._size > MOST_BYTES:
            message = f"with the files before it, has more than {MOST_BYTES} bytes"
            raise DocumentError(place, message, help="share fewer or smaller schemas")

    def _judge(self, schema: SharedSchema) -> None:
        """Hold a schema to what holds for contracts."""
        outward = frozenset(
            value for _, value in _references(schema) if self.find(schema.id, value) is not None
        )
        problems = [*self._misled(schema), *_dynamic(schema)]
        told = {problem.pointer for problem in problems}
        data, place = self.sources[schema.path], schema.source.path
        problems += (p for p in _linted(place, data, outward) if p.pointer not in told)
        folder = os.path.dirname(schema.source.path)
        for problem in advise(problems, schema.source.value, folder, self.sources):
            hint = problem.hint or "keep to the keywords of JSON Schema 2020-12"
            self._refuse(
                schema.path,
                schema.source,
                problem.pointer,
                problem.message,
                hint,
                key=problem.at_key,
            )

    def _misled(self, schema: SharedSchema) -> Iterator[Problem]:
        """References into other shared schemas that lead to nothing there."""
        for pointer, value in _references(schema):
            near = self._schemas.get(joined(schema.id, value)[0])
            if near is not None and self.find(schema.id, value) is None:
                message = f"the reference {shorten(value)} leads to no schema of {near.path}"
                hint = f"see the '$defs' of {near.path}"
                yield Problem(pointer=pointer, message=message, keyword="$ref", hint=hint)

    def _refuse(  # noqa: PLR0913 - a place, and what is said there
        self,
        path: str,
        source: Document,
        pointer: str,
        message: str,
        hint: str,
        *,
        key: bool = False,
    ) -> None:
        line, column = source.locate(pointer, key=key)
        place = {"line": line, "column": column}
        error = DocumentError(source.path, message, pointer=pointer, help=hint, **place)
        self.faults.append((path, error))


@lru_cache(maxsize=KEPT)
def _opened(place: str, data: bytes) -> tuple[Document, dict[str, JSON], dict[str, str]]:
    """A shared file, read: the same one serves many nodes."""
    source = document.parse(data, place)
    return source, dict(subschemas(source.value, "")), anchors_of(source.value)


@lru_cache(maxsize=KEPT)
def _linted(place: str, data: bytes, outward: frozenset[str]) -> list[Problem]:
    return lint(_opened(place, data)[0].value, "", outward)


def _references(schema: SharedSchema) -> Iterator[tuple[str, str]]:
    """Each reference that leads out of ``schema``, with its pointer."""
    for pointer, item in schema.places.items():
        value = item.get("$ref") if isinstance(item, dict) else None
        if isinstance(value, str) and not value.startswith("#"):
            yield f"{pointer}/$ref", value


def _dynamic(schema: SharedSchema) -> Iterator[Problem]:
    """Keywords that mean something else in each schema that refers to this one."""
    for pointer, item in schema.places.items():
        for key in DYNAMIC if isinstance(item, dict) else ():
            if isinstance(item, dict) and key in item:
                message = f"'{key}' has no place in a schema that is shared"
                hint = "write '$ref' and '$anchor' instead"
                yield Problem(
                    pointer=f"{pointer}/{escape(key)}", message=message, keyword=key, hint=hint
                )
