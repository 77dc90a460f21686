"""A value for a whole schema, made around a value for a part of it."""

from collections.abc import Iterator
from typing import cast

from onex.core.values import JSON
from onex.evolution.schemas.algebra import canonical
from onex.evolution.schemas.inhabit import Look
from onex.evolution.schemas.inhabit_texts import words
from onex.evolution.schemas.parts import HERE, LISTS, MAPS, SINGLE, Steps
from onex.evolution.schemas.samples import distinct

MOST_CARRIED = 24
MOST_BASES = 4


def lift(root: JSON, steps: Steps, values: list[JSON]) -> list[JSON]:
    """Values for ``root`` in which one of ``values`` stands where ``steps`` lead."""
    way = _route(root, steps)
    if way is None:
        return []
    outers = [root]
    for keyword, key in way:
        outers.append(_inside(root, outers[-1], keyword, key))
    for outer, (keyword, key) in zip(outers[-2::-1], way[::-1], strict=True):
        carried = (whole for value in values for whole in _wrap(root, outer, keyword, key, value))
        values = distinct(carried, MOST_CARRIED)
    return values


def _route(root: JSON, steps: Steps) -> Steps | None:
    """The way from ``root`` to where ``steps`` lead, through references if that is a definition."""
    if not steps or steps[0][0] != "$defs":
        return steps
    wanted = f"{HERE}{steps[0][1]}"
    pending: list[tuple[Steps, JSON]] = [((), root)]
    seen: set[str] = set()
    while pending:
        way, schema = pending.pop(0)
        if not isinstance(schema, dict):
            continue
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            there: Steps = (*way, ("$ref", reference))
            if reference == wanted:
                return (*there, *steps[1:])
            pending.append((there, _inside(root, schema, "$ref", reference)))
        pending += [((*way, step), part) for step, part in _below(schema)]
    return None


def _below(schema: dict[str, JSON]) -> Iterator[tuple[tuple[str, str | int | None], JSON]]:
    for key, value in schema.items():
        if key in SINGLE:
            yield (key, None), value
        elif key in LISTS and isinstance(value, list):
            yield from (((key, index), part) for index, part in enumerate(value))
        elif key in MAPS and isinstance(value, dict):
            yield from (((key, name), part) for name, part in value.items())


def _inside(root: JSON, schema: JSON, keyword: str, key: str | int | None) -> JSON:
    """What stands behind one step."""
    if keyword == "$ref":
        definitions = cast("dict[str, dict[str, JSON]]", root).get("$defs", {})
        return root if key == "#" else definitions.get(str(key).removeprefix(HERE))
    part = cast("dict[str, JSON]", schema).get(keyword)
    if key is None:
        return part
    if isinstance(key, int):
        return part[key] if isinstance(part, list) and key < len(part) else None
    return part.get(key) if isinstance(part, dict) else None


def _wrap(
    root: JSON, outer: JSON, keyword: str, key: str | int | None, value: JSON
) -> Iterator[JSON]:
    """Values for ``outer`` in which ``value`` stands behind one step."""
    if keyword in {"properties", "patternProperties", "additionalProperties", "propertyNames"}:
        yield from _objects(root, outer, keyword, key, value)
    elif keyword in {"items", "prefixItems", "contains"}:
        yield from _arrays(root, outer, key, value)
    else:
        yield value
        if isinstance(value, dict):
            condition = cast("dict[str, JSON]", outer).get("if", True)
            needed = {str(key): None} if keyword == "dependentSchemas" else {}
            for base in [*_dicts(root, outer), *_dicts(root, condition)]:
                yield {**needed, **base, **value}


def _objects(
    root: JSON, outer: JSON, keyword: str, key: str | int | None, value: JSON
) -> Iterator[JSON]:
    names = [str(key)]
    values = [value]
    if keyword == "patternProperties":
        names = words(str(key))
    elif keyword == "additionalProperties":
        declared = cast("dict[str, dict[str, JSON]]", outer).get("properties", {})
        names = [name for name in ("a", "extra", "x", "0") if name not in declared]
    elif keyword == "propertyNames":
        names, values = [str(value)], [None, 0, "a", {}]
    for base in [*_dicts(root, outer), {}]:
        yield from ({**base, name: one} for name in names[:MOST_BASES] for one in values)


def _arrays(root: JSON, outer: JSON, key: str | int | None, value: JSON) -> Iterator[JSON]:
    least = cast("dict[str, JSON]", outer).get("minItems", 0)
    for base in [*_lists(root, outer), []]:
        if isinstance(key, int):
            yield [*base[:key], *[None] * (key - len(base)), value, *base[key + 1 :]]
            continue
        yield [*base[:-1], value]
        yield [*base, value]
        yield [value] * max(int(least) if isinstance(least, int) else 0, 2)


def _dicts(root: JSON, schema: JSON) -> list[dict[str, JSON]]:
    """Objects that ``schema`` takes, to put a member into."""
    return [value for value in _bases(root, schema) if isinstance(value, dict)][:MOST_BASES]


def _lists(root: JSON, schema: JSON) -> list[list[JSON]]:
    """Arrays that ``schema`` takes, to put an item into."""
    return [value for value in _bases(root, schema) if isinstance(value, list)][:MOST_BASES]


def _bases(root: JSON, schema: JSON) -> list[JSON]:
    whole = schema
    if isinstance(schema, dict) and isinstance(root, dict) and "$defs" in root:
        whole = {**schema, "$defs": root["$defs"]}
    form = canonical(whole)
    return [] if form is None else Look().at(form).values
