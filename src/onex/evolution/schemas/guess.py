"""Values made by chance from the words of a schema, always the same ones for the same schema.

They are tried where the engine has no canonical form to reckon with. Most of them fit; whoever
wants one that does has to check.
"""

import random
from collections.abc import Iterator
from typing import cast

from onex.core.values import JSON
from onex.evolution.schemas.formats import EXAMPLES
from onex.evolution.schemas.inhabit import ATOMS
from onex.evolution.schemas.inhabit_texts import words
from onex.evolution.schemas.samples import round_robin

MOST_DEPTH = 6
MOST_ITEMS = 30
SEED = 4
SHARE_MIXED, SHARE_SPOILT, GO_DEEPER = 0.3, 0.3, 0.9

IN_PLACE = ("allOf", "anyOf", "oneOf")
TEXTS = [str(text) for text in ATOMS["string"]]
LIMITS = frozenset("exclusiveMaximum exclusiveMinimum maximum minimum multipleOf".split())


def guesses(schema: JSON, hints: JSON) -> Iterator[JSON]:
    """Values of ``schema``, with words of ``hints``, a schema that it is compared with; endless."""
    chance = random.Random(SEED)  # noqa: S311 - examples, not secrets
    guess = _Guess(chance, schema)
    other = _Guess(chance, hints)
    while True:
        value = guess.value(schema, 0)
        luck = chance.random()
        if luck < SHARE_MIXED and isinstance(value, dict):
            more = other.value(hints, 0)
            if isinstance(more, dict) and more:
                name = chance.choice(sorted(more))
                value = {**value, name: more[name]}
        elif luck > 1 - SHARE_SPOILT:
            value = _spoilt(chance, other.value(hints, 0))
        yield value


def _spoilt(chance: random.Random, value: JSON) -> JSON:
    """``value`` with something else in one place, or without it."""
    if isinstance(value, dict) and value and chance.random() < GO_DEEPER:
        name = chance.choice(sorted(value))
        if chance.random() < SHARE_MIXED:
            return {key: item for key, item in value.items() if key != name}
        return {**value, name: _spoilt(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < GO_DEEPER:
        index = chance.randrange(len(value))
        return [*value[:index], _spoilt(chance, value[index]), *value[index + 1 :]]
    return chance.choice(ATOMS[chance.choice(list(ATOMS))])


class _Guess:
    """Guesses the values of one schema."""

    def __init__(self, chance: random.Random, root: JSON) -> None:
        self._chance, self._root = chance, root

    def value(self, schema: JSON, depth: int) -> JSON:
        """A value that ``schema`` may take."""
        flat = self._flat(schema, depth)
        for key in ("const", "enum"):
            if key in flat:
                choices = flat[key] if key == "enum" else [flat[key]]
                return self._chance.choice(cast("list[JSON]", choices)) if choices else None
        kinds = flat.get("type") or self._kinds(flat)
        kind = self._chance.choice(kinds if isinstance(kinds, list) and kinds else [kinds])
        if kind == "object":
            return self._object(flat, depth)
        if kind == "array":
            return self._array(flat, depth)
        if kind == "string":
            return self._text(flat)
        if kind in {"integer", "number"}:
            return self._number(flat, whole=kind == "integer")
        return self._chance.choice(ATOMS.get(str(kind), [None]))

    def _kinds(self, flat: dict[str, JSON]) -> list[JSON]:
        """Types that the keywords of a schema without a type speak of."""
        if flat.keys() & {"properties", "required", "patternProperties", "propertyNames"}:
            return ["object", "object", "object", "null"]
        if flat.keys() & {"items", "prefixItems", "contains", "minItems"}:
            return ["array", "array", "array", "null"]
        if flat.keys() & {"pattern", "format", "minLength", "maxLength"}:
            return ["string", "string", "string", "null"]
        if flat.keys() & LIMITS:
            return ["integer", "number", "null"]
        return list(ATOMS)

    def _flat(self, schema: JSON, depth: int) -> dict[str, JSON]:
        """The keywords of a schema with those of the branches that chance takes."""
        if not isinstance(schema, dict):
            return {}
        flat = dict(schema)
        if depth > MOST_DEPTH:
            return flat
        for part in self._branches(schema):
            for key, value in self._flat(part, depth + 1).items():
                before = flat.get(key)
                if isinstance(before, dict) and isinstance(value, dict):
                    flat[key] = {**before, **value}
                elif key == "required" and isinstance(before, list) and isinstance(value, list):
                    flat[key] = [*before, *value]
                else:
                    flat[key] = value
        return flat

    def _branches(self, schema: dict[str, JSON]) -> Iterator[JSON]:
        reference = schema.get("$ref")
        if isinstance(reference, str):
            definitions = self._root.get("$defs", {}) if isinstance(self._root, dict) else {}
            name = reference.removeprefix("#/$defs/")
            yield definitions.get(name) if isinstance(definitions, dict) else None
        yield from cast("list[JSON]", schema.get("allOf", []))
        for key in ("anyOf", "oneOf"):
            choices = schema.get(key)
            if isinstance(choices, list) and choices:
                yield self._chance.choice(choices)
        if "if" in schema:
            if self._chance.random() < 0.5:  # noqa: PLR2004
                yield schema["if"]
                yield schema.get("then")
            else:
                yield schema.get("else")
        dependent = schema.get("dependentSchemas")
        if isinstance(dependent, dict) and dependent and self._chance.random() < 0.5:  # noqa: PLR2004
            name = self._chance.choice(sorted(dependent))
            yield {"required": [name]}
            yield dependent[name]

    def _object(self, flat: dict[str, JSON], depth: int) -> JSON:
        if depth > MOST_DEPTH:
            return {}
        properties = cast("dict[str, JSON]", flat.get("properties", {}))
        required = [
            name for name in cast("list[JSON]", flat.get("required", [])) if isinstance(name, str)
        ]
        share = self._chance.random()
        names = [name for name in properties if name in required or self._chance.random() < share]
        found = {name: self.value(properties[name], depth + 1) for name in names}
        needs = cast("dict[str, list[str]]", flat.get("dependentRequired", {}))
        if needs and self._chance.random() < share:
            name = self._chance.choice(sorted(needs))
            required += [name, *(needs[name] if self._chance.random() < share else [])]
        for name in required:
            found.setdefault(name, self.value(flat.get("additionalProperties", {}), depth + 1))
        for form, part in cast("dict[str, JSON]", flat.get("patternProperties", {})).items():
            if self._chance.random() < share:
                found[self._text({"pattern": form})] = self.value(part, depth + 1)
        if flat.get("additionalProperties") is not False and self._chance.random() < share / 2:
            name = self._name(flat.get("propertyNames"), depth)
            found.setdefault(name, self.value(flat.get("additionalProperties", {}), depth + 1))
        return found

    def _name(self, names: JSON, depth: int) -> str:
        """The name of a member that is not declared."""
        name = self.value(names, depth + 1) if isinstance(names, dict) else None
        return name if isinstance(name, str) else self._text({})

    def _array(self, flat: dict[str, JSON], depth: int) -> JSON:
        if depth > MOST_DEPTH:
            return []
        prefix = cast("list[JSON]", flat.get("prefixItems", []))
        least = flat.get("minItems", 0)
        length = int(least) if isinstance(least, int) else 0
        length = min(length + self._chance.randrange(3), MOST_ITEMS)
        rest = flat.get("items", {})
        items = [self.value((*prefix, *[rest] * length)[at], depth + 1) for at in range(length)]
        if "contains" in flat and self._chance.random() < 0.8:  # noqa: PLR2004
            items.append(self.value(flat["contains"], depth + 1))
        return items

    def _text(self, flat: dict[str, JSON]) -> str:
        examples = EXAMPLES.get(str(flat.get("format")), ())
        if examples:
            return self._chance.choice(examples)
        least = flat.get("minLength", 0)
        shortest = min(int(least), MOST_ITEMS) if isinstance(least, int | float) else 0
        found = words(str(flat["pattern"]), shortest) if "pattern" in flat else []
        if found:
            return self._chance.choice(found)
        return self._chance.choice(TEXTS).ljust(shortest, "a")

    def _number(self, flat: dict[str, JSON], *, whole: bool) -> JSON:
        edges = [value for key in LIMITS if isinstance(value := flat.get(key), int | float)]
        near: list[JSON] = [edge + more for edge in edges for more in (0, 1, -1)]
        if not whole:
            near += [edge + more for edge in edges for more in (0.5, -0.5)]
        atoms = ATOMS["integer" if whole else "number"]
        return self._chance.choice(round_robin([near, atoms]))
