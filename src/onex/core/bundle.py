"""Contracts that refer to schemas of the workspace, and what they say when those are put in.

A node names the files in `shared`. A `$ref` whose URI is the `$id` of such a schema leads into it,
one of a shared schema too; all others stay refused. What comes out stands by itself: each schema
that is referred to becomes a definition of the side that needs it, so that engines, defaults and
the semantic diff see one schema, and nothing is ever looked up while a state is judged.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from onex.core.contract import Contract, Origin
from onex.core.document import JSON
from onex.core.library import Library, SharedSchema
from onex.core.lint import LIST_KEYS, MAP_KEYS, MOST_SCHEMAS, SCHEMA_KEYS
from onex_types.state_contract import StateContract

LEFT_BEHIND = frozenset({"$anchor", "$defs", "$id", "$schema"})
"""Keywords that mean nothing any more where a schema has been put in."""


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
        self._numbers: dict[str, int] = {}
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
        number = self._numbers.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._numbers[wanted] = number
        self._taken.add(name)
        self._names[schema.id, pointer] = name
        self._pending.append((name, schema, pointer))
        return name
