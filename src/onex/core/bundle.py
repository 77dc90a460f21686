"""Contracts that refer to schemas of the workspace, and what they say when those are put in.

A node names the files in `shared`. A `$ref` whose URI is the `$id` of such a schema leads into it,
one of a shared schema too; all others stay refused. What comes out stands by itself: each schema
that is referred to becomes a definition of the side that needs it, so that engines, defaults and
the semantic diff see one schema, and nothing is ever looked up while a state is judged.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urljoin

from onex.core import document
from onex.core.canonical import escape
from onex.core.contract import Contract, Origin
from onex.core.document import JSON, Document
from onex.core.lint import (
    LIST_KEYS,
    MAP_KEYS,
    MOST_SCHEMAS,
    SCHEMA_KEYS,
    anchors_of,
    lint,
    subschemas,
)
from onex.core.references import pointer_of
from onex.core.schema import Problem
from onex.core.shared import SUFFIXES, advise
from onex.core.words import shorten
from onex.errors import DocumentError
from onex_types.state_contract import StateContract

Read = Callable[[str], tuple[bytes, str]]
"""The bytes of a shared file, and what to call it; raises DocumentError."""

LEFT_BEHIND = frozenset({"$anchor", "$defs", "$id", "$schema"})
"""Keywords that mean nothing any more where a schema has been put in."""

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
        for path in paths:
            if path.endswith(SUFFIXES):
                self._take(path, read)
        for schema in self._schemas.values():
            self._judge(schema)

    def find(self, base: str, reference: str) -> tuple[SharedSchema, str] | None:
        """The schema that ``reference`` leads into from a schema called ``base``, and the pointer there."""
        uri, _, fragment = urljoin(base, reference).partition("#")
        schema = self._schemas.get(uri)
        pointer = schema.pointer(fragment) if schema else None
        return None if schema is None or pointer is None else (schema, pointer)

    def _take(self, path: str, read: Read) -> None:
        """Take in a file; one that holds no schema with an `$id` is none to refer to."""
        try:
            data, place = read(path)
            self.sources[path] = data
            source = document.parse(data, place)
        except DocumentError as error:
            self.faults.append((path, error))
            return
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
            places = dict(subschemas(source.value, ""))
            self._schemas[uri] = SharedSchema(path, source, uri, places, anchors_of(source.value))

    def _judge(self, schema: SharedSchema) -> None:
        """Hold a schema to what holds for contracts."""
        outward = frozenset(
            value for _, value in _references(schema) if self.find(schema.id, value) is not None
        )
        problems = [*self._misled(schema), *_dynamic(schema)]
        told = {problem.pointer for problem in problems}
        problems += (p for p in lint(schema.source.value, "", outward) if p.pointer not in told)
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
            near = self._schemas.get(urljoin(schema.id, value).partition("#")[0])
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


def resolved(contract: Contract, library: Library) -> Contract:
    """``contract`` with the shared schemas that it refers to put in."""
    value = cast("dict[str, JSON]", {**contract.value})
    origins: dict[str, Mapping[str, Origin]] = {}
    for side in ("input", "output") if not library.faults else ():
        value[side], origins[side] = _Bundle(library, value[side]).made()
    return replace(
        contract,
        value=cast("StateContract", value),
        origins=origins,
        faults=[error for _, error in library.faults],
        sources=library.sources,
    )


class _Bundle:
    """One side of a contract, on its way to standing by itself."""

    def __init__(self, library: Library, side: JSON) -> None:
        self._library, self._side = library, side
        known = side.get("$defs") if isinstance(side, dict) else None
        self._taken = set(known if isinstance(known, dict) else ())
        self._names: dict[tuple[str, str], str] = {}
        self._pending: list[tuple[str, SharedSchema, str]] = []
        self._count = 0

    def made(self) -> tuple[JSON, dict[str, Origin]]:
        """The side with what it refers to, and where each definition that came in came from."""
        base = self._side.get("$id") if isinstance(self._side, dict) else None
        whole = self._copy(self._side, base if isinstance(base, str) else "", own=True)
        definitions: dict[str, JSON] = {}
        origins: dict[str, Origin] = {}
        for name, schema, pointer in self._pending:  # grows on the way
            definitions[name] = self._copy(schema.places[pointer], schema.id, own=False)
            origins[name] = (schema.source, pointer)
        if not definitions or not isinstance(whole, dict):
            return self._side, {}
        known = whole.get("$defs", {})
        if not isinstance(known, dict):
            return self._side, {}
        return {**whole, "$defs": {**known, **definitions}}, origins

    def _copy(self, schema: JSON, base: str, *, own: bool) -> JSON:
        """``schema`` with its references led to definitions; what is too large is cut, and refused later."""
        self._count += 1
        if not isinstance(schema, dict) or self._count > MOST_SCHEMAS:
            return schema
        copied: dict[str, JSON] = {}
        for key, value in schema.items():
            if not own and key in LEFT_BEHIND:
                continue
            if key == "$ref" and isinstance(value, str):
                copied[key] = self._lead(value, base, own=own)
            elif key in SCHEMA_KEYS:
                copied[key] = self._copy(value, base, own=own)
            elif key in LIST_KEYS and isinstance(value, list):
                copied[key] = [self._copy(child, base, own=own) for child in value]
            elif key in MAP_KEYS and isinstance(value, dict):
                copied[key] = {
                    name: self._copy(child, base, own=own) for name, child in value.items()
                }
            else:
                copied[key] = value
        return copied

    def _lead(self, reference: str, base: str, *, own: bool) -> str:
        """The reference to the definition that ``reference`` means; itself where it means none."""
        if own and reference.startswith("#"):
            return reference
        found = self._library.find(base, reference)
        return f"#/$defs/{self._name(*found)}" if found else reference

    def _name(self, schema: SharedSchema, pointer: str) -> str:
        """What the definition is called that a place of a schema becomes."""
        known = self._names.get((schema.id, pointer))
        if known is not None:
            return known
        stem = re.split(r"[/:]", schema.id.rstrip("/"))[-1].partition(".")[0]
        parts = [stem, *pointer.split("/")[-1:]] if pointer else [stem]
        wanted = name = ".".join(re.sub(r"[^A-Za-z0-9_-]+", "_", part) for part in parts)
        number = 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        self._names[schema.id, pointer] = name
        self._pending.append((name, schema, pointer))
        return name


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
