"""The contract lint: what a schema inside a contract must not hold, because contracts are hostile.

A contract's schema is JSON Schema 2020-12 and nothing beyond it: references stay in the document
and do not go in circles, every keyword and format is one that both engines know, patterns are read
alike by every engine (``onex.core.patterns``), and no key makes a code generator import what it
names. All of it is refused, never stripped.
"""

from collections.abc import Iterator
from itertools import islice

from onex.core.canonical import escape
from onex.core.document import JSON
from onex.core.references import Graph, pointer_of
from onex.core.schema import MOST, Problem
from onex.core.words import kind_of, shorten, suggest

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCHEMA_KEYS = frozenset(
    "additionalProperties contains contentSchema else if items not propertyNames then "
    "unevaluatedItems unevaluatedProperties".split()
)
"""Keywords whose value is a schema."""

LIST_KEYS = frozenset("allOf anyOf oneOf prefixItems".split())
"""Keywords whose value is a list of schemas."""

MAP_KEYS = frozenset("$defs dependentSchemas patternProperties properties".split())
"""Keywords whose value maps names to schemas."""

PLAIN_KEYS = frozenset(
    "$anchor $comment $dynamicAnchor $dynamicRef $id $ref $schema const contentEncoding "
    "contentMediaType default dependentRequired deprecated description enum examples "
    "exclusiveMaximum exclusiveMinimum format maxContains maximum maxItems maxLength "
    "maxProperties minContains minimum minItems minLength minProperties multipleOf pattern "
    "readOnly required title type uniqueItems writeOnly".split()
)
"""Keywords whose value holds no schema."""

KEYWORDS = SCHEMA_KEYS | LIST_KEYS | MAP_KEYS | PLAIN_KEYS

FORMATS = frozenset(
    "date date-time duration email hostname idn-email idn-hostname ipv4 ipv6 iri iri-reference "
    "json-pointer regex relative-json-pointer time uri uri-reference uri-template uuid".split()
)
"""The formats of JSON Schema 2020-12, which both engines check."""

INJECTION_KEYS = frozenset({"customTypePath", "customBasePath"})
INJECTION_PREFIX = "x-python-"
"""Keys that make a generator of models import the code that they name (FAULTS V8)."""

TYPES = frozenset("array boolean integer null number object string".split())

REFERENCES = ("$ref", "$dynamicRef")
ANCHORS = ("$anchor", "$dynamicAnchor")

MOST_SCHEMAS = 10_000
MOST_CHECKS = 100_000
"""How often a schema may, through its references, judge one value again."""


def lint(schema: JSON, pointer: str = "", outward: frozenset[str] = frozenset()) -> list[Problem]:
    """What ``schema``, found at ``pointer`` of its contract, must not hold: a few of each kind.

    References in ``outward`` are known to lead into another schema.
    """
    places = dict(subschemas(schema, pointer))
    if len(places) > MOST_SCHEMAS:
        return [_problem(pointer, f"holds more than {MOST_SCHEMAS} schemas", "size")]
    each = (problem for place in places.items() for problem in _lint_one(*place, root=pointer))
    # A few say what is wrong; to find what was meant takes a millisecond a word.
    found = list(islice(each, MOST))
    found += _lint_patterns(places)
    anchors, doubled = _anchors(places)
    targets, misled = _references(places, anchors, pointer, outward)
    found += [*doubled, *misled]
    if targets:
        found += _lint_graph(Graph(places, targets), pointer)
    return found


def reference_graph(schema: JSON) -> Graph | None:
    """Where the references of ``schema``, which the lint has accepted, lead; None without any."""
    places = dict(subschemas(schema, ""))
    targets, _ = _references(places, _anchors(places)[0], "", frozenset())
    return Graph(places, targets) if targets else None


def anchors_of(schema: JSON) -> dict[str, str]:
    """The pointer of each anchor in ``schema``."""
    return _anchors(dict(subschemas(schema, "")))[0]


def _problem(pointer: str, message: str, keyword: str, **more: str | bool | None) -> Problem:
    return Problem(pointer=pointer, message=message, keyword=keyword, **more)  # type: ignore[arg-type]


def subschemas(schema: JSON, pointer: str) -> Iterator[tuple[str, JSON]]:
    """Each schema in ``schema`` with its pointer, itself first; at most ``MOST_SCHEMAS`` + 1."""
    stack = [(pointer, schema)]
    count = 0
    while stack and count <= MOST_SCHEMAS:
        place, item = stack.pop()
        count += 1
        yield place, item
        if not isinstance(item, dict):
            continue
        for key, value in item.items():
            # None of these keys needs an escape.
            if key in SCHEMA_KEYS:
                stack.append((f"{place}/{key}", value))
            elif key in LIST_KEYS and isinstance(value, list):
                stack += [(f"{place}/{key}/{index}", child) for index, child in enumerate(value)]
            elif key in MAP_KEYS and isinstance(value, dict):
                stack += [(f"{place}/{key}/{escape(name)}", child) for name, child in value.items()]


def _lint_one(pointer: str, schema: JSON, *, root: str) -> Iterator[Problem]:
    """What one schema must not hold, references left aside."""
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        message = f"a schema is an object or a boolean, not {kind_of(schema)}: {shorten(schema)}"
        yield _problem(pointer, message, "type", hint=_meant_type(schema))
        return
    for key, value in schema.items():
        if key in HARMLESS:
            continue
        place = f"{pointer}/{escape(key)}"
        if key in INJECTION_KEYS or key.startswith(INJECTION_PREFIX):
            message = f"the key '{key}' makes code generators import what it names; it is refused"
            yield _problem(place, message, "injection", key=True)
        elif key not in KEYWORDS and not key.startswith("x-"):
            yield _problem(
                place,
                f"'{key}' is not a keyword of JSON Schema 2020-12",
                "keyword",
                key=True,
                hint=_meant_keyword(key) or "a keyword of your own begins with 'x-'",
            )
        elif key == "$id" and pointer != root:
            message = "'$id' below the root would change what references mean"
            yield _problem(place, message, key, key=True, hint="remove it")
        elif key in CHECKED_KEYS:
            yield from _lint_value(place, key, value)


def _meant_keyword(key: str) -> str | None:
    """What the author of an unknown keyword may have meant."""
    renamed = RENAMED.get(key)
    return f"in this edition it is called {renamed}" if renamed else suggest(key, KEYWORDS)


RENAMED = {
    "$recursiveAnchor": "'$dynamicAnchor'",
    "$recursiveRef": "'$dynamicRef'",
    "additionalItems": "'items', and 'items' with a list is called 'prefixItems'",
    "definitions": "'$defs'",
    "dependencies": "'dependentRequired' or 'dependentSchemas'",
    "id": "'$id'",
}
"""Keywords of older editions, and what has taken their place."""

CHECKED_KEYS = frozenset({"$schema", "format", "properties", "type"})
"""Keywords whose values are looked at here, since the engine would not, or says it less well."""

HARMLESS = KEYWORDS - CHECKED_KEYS - INJECTION_KEYS - {"$id"}
"""Keywords of which nothing is to be said, as nearly all are."""


def _lint_value(place: str, key: str, value: JSON) -> Iterator[Problem]:
    """What the value of one keyword of ``CHECKED_KEYS`` must not be."""
    if key == "$schema" and value != DIALECT:
        message = f"the dialect is {shorten(value)}, but must be '{DIALECT}'"
        yield _problem(place, message, key, hint="remove '$schema', or name that dialect")
    elif key == "format" and not (isinstance(value, str) and value in FORMATS):
        message = f"the format {shorten(value)} is not one of JSON Schema 2020-12"
        hint = suggest(value, FORMATS) if isinstance(value, str) else None
        yield _problem(
            place, message, key, hint=hint or f"formats are {', '.join(sorted(FORMATS))}"
        )
    elif key == "properties" and isinstance(value, dict):
        yield from _lint_names(place, value)
    elif key == "type":
        words = value if isinstance(value, list) else [value]
        for word in words:
            if not isinstance(word, str) or word not in TYPES:
                message = f"there is no type {shorten(word)}; types are {', '.join(sorted(TYPES))}"
                yield _problem(place, message, key, hint=_meant_type(word))


def _meant_type(word: JSON) -> str | None:
    """What the author of a wrong type may have meant."""
    if not isinstance(word, str):
        return None
    return f'write {{"type": "{word}"}}' if word in TYPES else suggest(word, TYPES)


def _lint_names(pointer: str, properties: dict[str, JSON]) -> Iterator[Problem]:
    """Names with two underscores in front and behind belong to Python."""
    for name in properties:
        if name.startswith("__") and name.endswith("__"):
            message = f"the property '{name}' has a name that Python keeps for itself"
            yield _problem(
                f"{pointer}/{escape(name)}",
                message,
                "properties",
                key=True,
                hint="give it a name without the underscores",
            )


def _lint_patterns(places: dict[str, JSON]) -> Iterator[Problem]:
    """What the patterns must not hold, and the first with which they are too much to build."""
    found = list(_patterns(places))
    if not found:
        return
    from onex.core import pattern_time, patterns  # noqa: PLC0415 - many contracts have none

    weight = 0
    for place, pattern, is_key in found:
        verdict = patterns.judge(pattern)
        if verdict.fault:
            message = f"the pattern {shorten(pattern)} holds {verdict.fault}"
            yield _problem(place, message, "pattern", key=is_key, hint=verdict.hint)
        weight += verdict.weight
        if weight > patterns.MOST_WEIGHT:
            message = f"the pattern {shorten(pattern)} asks for too much, with those before it"
            hint = "repeat less often, above all what matches more than ASCII"
            yield _problem(place, message, "size", key=is_key, hint=hint)
            return
        if verdict.weight > pattern_time.MOST_PLACES and (count := pattern_time.excess(pattern)):
            message = f"the pattern {shorten(pattern)} takes too long on a long text: a search may stand at {count} places of it at once"
            hint = f"begin it with '^' and give each repetition an end, or come to at most {pattern_time.MOST_PLACES}; `maxLength` bounds a text for nothing"
            yield _problem(place, message, "size", key=is_key, hint=hint)


def _patterns(places: dict[str, JSON]) -> Iterator[tuple[str, str, bool]]:
    """Each pattern with its pointer, and whether it is a key."""
    for place, item in places.items():
        if not isinstance(item, dict):
            continue
        pattern, named = item.get("pattern"), item.get("patternProperties")
        if isinstance(pattern, str):
            yield f"{place}/pattern", pattern, False
        for key in named if isinstance(named, dict) else ():
            yield f"{place}/patternProperties/{escape(key)}", key, True


def _anchors(places: dict[str, JSON]) -> tuple[dict[str, str], list[Problem]]:
    """The pointer of each anchor, and those that stand twice."""
    anchors: dict[str, str] = {}
    doubled = []
    for place, item in places.items():
        for key in ANCHORS if isinstance(item, dict) else ():
            name = item.get(key) if isinstance(item, dict) else None
            if isinstance(name, str) and anchors.setdefault(name, place) != place:
                message = f"the anchor {shorten(name)} stands twice"
                doubled.append(_problem(f"{place}/{key}", message, key, hint="name them apart"))
    return anchors, doubled


def _references(
    places: dict[str, JSON], anchors: dict[str, str], root: str, outward: frozenset[str]
) -> tuple[dict[str, list[str]], list[Problem]]:
    """Where each schema's references lead, and those that leave the document or lead nowhere."""
    targets: dict[str, list[str]] = {}
    found: list[Problem] = []
    for place, item in places.items():
        if len(found) >= MOST:
            break
        for key in REFERENCES if isinstance(item, dict) else ():
            if not isinstance(item, dict) or key not in item or str(item[key]) in outward:
                continue
            value, at = item[key], f"{place}/{key}"
            if not isinstance(value, str) or not value.startswith("#"):
                message = f"the reference {shorten(value)} leaves the document"
                hint = "begin it with '#', or share the schema that has this '$id'"
                found.append(_problem(at, message, key, hint=hint))
                continue
            target = pointer_of(value, root, anchors)
            if target is not None and target in places:
                targets.setdefault(place, []).append(target)
            else:
                message = f"the reference {shorten(value)} leads to no schema of this side"
                near = suggest(value, _spellings(places, anchors, root))
                found.append(
                    _problem(at, message, key, hint=near or "put the schema into '$defs' beside it")
                )
    return targets, found


def _spellings(places: dict[str, JSON], anchors: dict[str, str], root: str) -> list[str]:
    """What references that lead somewhere may look like."""
    named = [f"#{place.removeprefix(root)}" for place in places if "/$defs/" in place]
    return [*named[:MOST_NAMED], *(f"#{name}" for name in anchors)]


MOST_NAMED = 200
"""Among how many references the one that was meant is looked for."""


def _lint_graph(graph: Graph, root: str) -> Iterator[Problem]:
    """A circle of schemas that judge the same value, or a tree of them that explodes."""
    circle = graph.circle()
    if circle is not None:
        message = "the reference goes in a circle and never ends"
        hint = "let it lead into a member instead, as 'properties' and 'items' do"
        yield _problem(circle, message, "$ref", hint=hint)
    elif graph.checks() > MOST_CHECKS:
        message = f"the references multiply to more than {MOST_CHECKS} checks of one value"
        hint = "let fewer references lead to the same schema"
        yield _problem(root, message, "$ref", hint=hint)
