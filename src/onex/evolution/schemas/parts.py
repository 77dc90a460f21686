"""Where two schemas differ, part by part, so that each part can be judged by itself.

Where a part stands so that a wider one makes the whole wider, and no narrower one hides behind it,
the whole is wider when every part is. Below `not`, `if` and `oneOf` that is not so, and what is
evaluated elsewhere (`unevaluated…`) cannot be judged by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from onex.core.lint import LIST_KEYS, MAP_KEYS, SCHEMA_KEYS
from onex.core.values import JSON
from onex.evolution.schemas.plain import plain, references, same

Object: TypeAlias = dict[str, JSON]
Steps: TypeAlias = tuple[tuple[str, str | int | None], ...]

SINGLE = frozenset(
    "additionalProperties contains contentSchema else items propertyNames then".split()
)
LISTS = frozenset({"allOf", "anyOf", "prefixItems"})
MAPS = frozenset({"dependentSchemas", "patternProperties", "properties"})
TWISTED = frozenset("if maxContains not oneOf".split())
"""Keywords that may make a wider part a narrower whole."""

LOOSE = frozenset(
    "$anchor $dynamicAnchor $dynamicRef unevaluatedItems unevaluatedProperties".split()
)
"""Keywords with which no part stands for itself."""

HERE = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Part:
    """One difference: two schemas, whole with the definitions that they refer to.

    Attributes:
        steps: the way to it, as keywords and what is behind them.
        old: what stood there.
        new: what stands there.
    """

    steps: Steps
    old: JSON
    new: JSON


class _NoPartsError(ValueError):
    """The schemas cannot be taken apart."""


def parts(old: JSON, new: JSON) -> list[Part] | None:
    """The parts in which ``new`` is not ``old``; None where they cannot be judged one by one."""
    old, new = plain(old), plain(new)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return None
    try:
        return list(_Parts(old, new).all())
    except _NoPartsError:
        return None


class _Parts:
    """Two schemas that are taken apart."""

    def __init__(self, old: Object, new: Object) -> None:
        self._old, self._new = old, new
        self._old_defs, self._new_defs = _definitions(old), _definitions(new)
        shared = self._old_defs.keys() & self._new_defs.keys()
        self._changed = sorted(
            name for name in shared if not same(self._old_defs[name], self._new_defs[name])
        )
        for whole in (old, new):
            _require_apart(whole, twisted=False, changed=bool(self._changed))

    def all(self) -> Iterator[Part]:
        yield from self._compare(_without(self._old), _without(self._new), ())
        for name in self._changed:
            steps: Steps = (("$defs", name),)
            yield from self._compare(self._old_defs[name], self._new_defs[name], steps)

    def _compare(self, old: JSON, new: JSON, steps: Steps) -> Iterator[Part]:
        if same(old, new):
            return
        if not (isinstance(old, dict) and isinstance(new, dict)):
            yield Part(steps, _whole(old, self._old_defs), _whole(new, self._new_defs))
            return
        inside = [key for key in old if key in new and _fits(key, old, new)]
        between = {key: value for key, value in new.items() if key not in inside}
        for key in inside:
            between[key] = _between(key, old[key], new[key])
        if not same(old, between):
            # A definition that has changed stands here as it was: as a part, it comes by itself.
            definitions = {**self._new_defs, **self._old_defs}
            yield Part(steps, _whole(old, self._old_defs), _whole(between, definitions))
        for key in inside:
            for name, left, right in _pairs(key, old[key], new[key]):
                yield from self._compare(left, right, (*steps, (key, name)))


def _between(key: str, old: JSON, new: JSON) -> JSON:
    """What is new at ``key``, with what was there before as it was."""
    if key not in MAPS or not (isinstance(old, dict) and isinstance(new, dict)):
        return old
    return {name: old.get(name, part) for name, part in new.items()}


def _pairs(key: str, old: JSON, new: JSON) -> Iterator[tuple[str | int | None, JSON, JSON]]:
    """The schemas below ``key`` that stand in both."""
    if key in MAPS and isinstance(old, dict) and isinstance(new, dict):
        yield from ((name, old[name], new[name]) for name in old if name in new)
    elif key in LISTS and isinstance(old, list) and isinstance(new, list):
        yield from ((i, *pair) for i, pair in enumerate(zip(old, new, strict=True)))
    else:
        yield None, old, new


def _fits(key: str, old: Object, new: Object) -> bool:
    """Whether what stands below ``key`` can be compared one by one."""
    if key == "contains":
        return "maxContains" not in old and "maxContains" not in new
    if key in LISTS:
        return len(cast("list[JSON]", old[key])) == len(cast("list[JSON]", new[key]))
    return key in SINGLE or key in MAPS


def _require_apart(schema: JSON, *, twisted: bool, changed: bool) -> None:
    """Refuse what keeps parts from being judged by themselves."""
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref", HERE)
    is_loose = not LOOSE.isdisjoint(schema) or not _is_known(reference)
    if is_loose or (twisted and (reference == "#" or (changed and reference != HERE))):
        raise _NoPartsError
    for key, value in schema.items():
        below = twisted or key in TWISTED or (key == "contains" and "maxContains" in schema)
        inside: list[JSON] = []
        if key in SCHEMA_KEYS:
            inside = [value]
        elif key in LIST_KEYS and isinstance(value, list):
            inside = value
        elif key in MAP_KEYS and isinstance(value, dict):
            inside = [*value.values()]
        for part in inside:
            _require_apart(part, twisted=below, changed=changed)


def _is_known(reference: JSON) -> bool:
    """Whether a reference leads to the whole, or to one of its definitions."""
    if not isinstance(reference, str):
        return False
    return reference == "#" or (
        reference.startswith(HERE) and not set(reference.removeprefix(HERE)) & set("/~%")
    )


def _definitions(schema: Object) -> Object:
    found = schema.get("$defs", {})
    return found if isinstance(found, dict) else {}


def _without(schema: Object) -> Object:
    return {key: value for key, value in schema.items() if key != "$defs"}


def _whole(schema: JSON, definitions: Object) -> JSON:
    """``schema`` with the definitions that it refers to."""
    if isinstance(schema, dict) and definitions and references(schema):
        if "#" in references({**schema, "$defs": definitions}):
            raise _NoPartsError
        return {**schema, "$defs": definitions}
    return schema
