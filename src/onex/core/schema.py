"""What a schema has against a value, in words: the engine's errors made into problems.

A problem names the place by JSON pointer and says what was expected and what was found. Turning
it into a finding with a line is the work of ``onex.validate``.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from onex.core.canonical import escape, unescape
from onex.core.text import printable
from onex.core.values import JSON
from onex.core.words import ARTICLES, SHOWN, ask, cut, kind_of, name_of, nearest, plain, shorten

if TYPE_CHECKING:
    import jsonschema_rs

MOST = 50
"""How many problems of one value are worth telling."""

MOST_PATTERN = 100
"""How long a pattern may be to be shown."""

LIMITS = {
    "minimum": "be at least {}",
    "maximum": "be at most {}",
    "exclusiveMinimum": "be more than {}",
    "exclusiveMaximum": "be less than {}",
    "minLength": "have at least {} characters",
    "maxLength": "have at most {} characters",
    "minItems": "have at least {} items",
    "maxItems": "have at most {} items",
    "minProperties": "have at least {} keys",
    "maxProperties": "have at most {} keys",
}
"""What keywords with a limit ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that a schema has against a value.

    Attributes:
        pointer: where, as an RFC 6901 pointer.
        message: what was expected and found.
        keyword: the schema keyword that failed.
        key: whether the name of the member, and not its value, is at fault.
        hint: what the author may have meant, or what to do.
        about: what the schema says about the place.
        meant: the word that the author may have meant by the key or by the value.
        lacks: whether what was meant is a key that must be there and is not.
    """

    pointer: str
    message: str
    keyword: str
    key: bool = False
    hint: str | None = None
    about: str | None = None
    meant: str | None = None
    lacks: bool = False

    @property
    def at_key(self) -> bool:
        """Whether to point at a name: of an unknown member, or of what lacks a member."""
        return self.key or self.keyword == "required"


def problems(validator: "jsonschema_rs.Validator", schema: JSON, value: JSON) -> list[Problem]:
    """Everything that ``schema``, compiled as ``validator``, has against ``value``."""
    found: list[Problem] = []
    for error in validator.iter_errors(value):
        for problem in describe(error, schema):
            if problem not in found:
                found.append(problem)
        if len(found) >= MOST:
            break
    return _without_twins(found)


def _without_twins(found: list[Problem]) -> list[Problem]:
    """``found`` with a misspelt key told once: not as unknown and as missing too."""
    missing: dict[str, list[str]] = {}
    for problem in found:
        if problem.keyword == "required":
            parent, _, name = problem.pointer.rpartition("/")
            missing.setdefault(parent, []).append(unescape(name))
    told: set[str] = set()
    kept = []
    for problem in found:
        parent, _, name = problem.pointer.rpartition("/")
        meant = nearest(unescape(name), missing.get(parent, ())) if problem.key else None
        if meant is None:
            kept.append(problem)
        else:
            told.add(f"{parent}/{escape(meant)}")
            near = [each for each in missing[parent] if nearest(unescape(name), [each])]
            kept.append(replace(problem, hint=ask(meant), meant=meant, lacks=len(near) == 1))
    return [p for p in kept if p.keyword != "required" or p.pointer not in told]


def describe(error: "jsonschema_rs.ValidationError", schema: JSON) -> Iterator[Problem]:
    """The problems behind one error of the engine; one per unknown key, the nearest of a choice.

    Args:
        error: what the engine said.
        schema: the schema that it said it by; where it is not known, an empty one.
    """
    keyword, facts = error.kind.name, error.kind.as_dict()
    pointer = "".join(f"/{escape(str(part))}" for part in error.instance_path)
    about = _about(schema, error.schema_path)
    if keyword in {"additionalProperties", "unevaluatedProperties"}:
        known = _look_up(schema, error.schema_path[:-1]).get("properties", {})
        # To find what was meant takes a millisecond a key.
        for key in facts["unexpected"][:MOST]:
            meant = nearest(key, known)
            yield Problem(
                pointer=f"{pointer}/{escape(key)}",
                message=f"unknown key {shorten(key)}{_within(error.instance_path)}",
                keyword=keyword,
                key=True,
                hint=ask(meant),
                meant=meant,
            )
    elif keyword in {"anyOf", "oneOf"}:
        yield from _describe_choice(error, schema, pointer, about)
    elif keyword == "propertyNames":
        inner = facts["error"]
        yield Problem(
            pointer=f"{pointer}/{escape(str(inner.instance))}",
            message=f"the key {shorten(inner.instance)} is not a name that belongs here",
            keyword=keyword,
            key=True,
            about=_about(schema, inner.schema_path),
        )
    elif keyword == "uniqueItems":
        yield _describe_twin(error, pointer, about)
    else:
        if keyword == "required":
            pointer = f"{pointer}/{escape(facts['property'])}"
            where = [*error.schema_path[:-1], "properties", facts["property"]]
            about = _look_up(schema, where).get("description")
        meant = _meant(keyword, facts, cast("JSON", error.instance))
        yield Problem(
            pointer=pointer,
            message=_message(keyword, facts, error),
            keyword=keyword,
            hint=ask(meant),
            about=about,
            meant=meant,
        )


def _describe_choice(
    error: "jsonschema_rs.ValidationError", schema: JSON, pointer: str, about: str | None
) -> Iterator[Problem]:
    """The errors of the branch that the author most likely meant: the one whose type fits."""
    branches = error.kind.as_dict().get("context", [])
    here = list(error.instance_path)
    wrong_types = [
        inner
        for branch in branches
        for inner in branch
        if inner.kind.name == "type" and list(inner.instance_path) == here
    ]
    fitting = [branch for branch in branches if not any(inner in wrong_types for inner in branch)]
    if len(fitting) == 1 and fitting[0]:
        for inner in fitting[0]:
            yield from describe(inner, schema)
        return
    name, value = name_of(error.instance_path), cast("JSON", error.instance)
    keys = _keys_of_choice(schema, error.schema_path)
    if not fitting and wrong_types:
        types = dict.fromkeys(t for e in wrong_types for t in e.kind.as_dict()["types"])
        message = _wrong_type(name, list(types), value)
    elif keys:
        message = f"{name} must have exactly one of the keys {' and '.join(map(repr, keys))}"
    elif any(not branch for branch in branches):
        message = f"{name} fits more than one of the forms of which it must have one"
    else:
        message = f"{name} has none of the forms that are allowed here: {shorten(value)}"
    yield Problem(pointer=pointer, message=message, keyword=error.kind.name, about=about)


def _keys_of_choice(schema: JSON, path: Sequence[str | int]) -> list[str]:
    """The keys that a `oneOf` chooses from, where each of its forms asks for one key alone."""
    forms = _look_up(schema, path[:-1]).get("oneOf") or []
    asked = [form.get("required") if isinstance(form, dict) else None for form in forms]
    keys = [names[0] for names in asked if isinstance(names, list) and len(names) == 1]
    return keys if len(keys) == len(forms) else []


def _describe_twin(
    error: "jsonschema_rs.ValidationError", pointer: str, about: str | None
) -> Problem:
    """The second of two equal items."""
    items = cast("list[JSON]", error.instance)
    index = _index_of_twin(items)
    return Problem(
        pointer=f"{pointer}/{index}",
        message=f"{name_of(error.instance_path)} holds {shorten(items[index])} twice",
        keyword=error.kind.name,
        hint="remove one of them",
        about=about,
    )


def _index_of_twin(items: list[JSON]) -> int:
    """The index of the first item that equals one before it, as JSON Schema has equality."""
    seen: set[Hashable] = set()
    for index, item in enumerate(items):
        key = _identity(item)
        if key in seen:
            return index
        seen.add(key)
    return 0


def _identity(value: JSON) -> Hashable:
    """A key that equal values share: 1 and 1.0 are equal, 1 and true are not."""
    if isinstance(value, dict):
        return frozenset((key, _identity(item)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(map(_identity, value))
    return isinstance(value, bool), value


def _within(path: Sequence[str | int]) -> str:
    """`` in …`` for a place below the top."""
    return f" in {name_of(path)}" if path else ""


def _wrong_type(name: str, types: Sequence[str], value: JSON) -> str:
    wanted = " or ".join(ARTICLES[kind] for kind in types)
    return f"{name} must be {wanted}, but is {_kind_and_value(value)}"


def _kind_and_value(value: JSON) -> str:
    return "null" if value is None else f"{kind_of(value)}: {shorten(value)}"


def _message(keyword: str, facts: Mapping[str, Any], error: "jsonschema_rs.ValidationError") -> str:
    """What was expected and found, for one keyword."""
    name, value = name_of(error.instance_path), cast("JSON", error.instance)
    shown = shorten(value)
    if keyword in LIMITS:
        wanted = LIMITS[keyword].format(facts["limit"])
        if facts["limit"] == 1:
            wanted = wanted.removesuffix("s")
        return f"{name} must {wanted}, but is {shown}"
    match keyword:
        case "required":
            text = f"missing key '{printable(facts['property'])}'{_within(error.instance_path)}"
        case "type":
            text = _wrong_type(name, facts["types"], value)
        case "enum":
            text = f"{name} {shown} is not one of {cut(', '.join(map(plain, facts['options'])), 4 * SHOWN)}"
        case "const":
            text = f"{name} must be {shorten(facts['expected_value'])}, but is {shown}"
        case "pattern":
            form = facts["pattern"]
            wanted = form if len(form) <= MOST_PATTERN else "that is wanted"
            text = f"{name} {shown} does not have the form {wanted}"
        case "format" if facts["format"] == "regex":
            text = f"the pattern {shown} is not one that a search in linear time can take"
        case "format":
            text = f"{name} {shown} is not of the format {facts['format']}"
        case _:
            text = f"{name}: {cut(error.message, 2 * SHOWN)}"
    return text


def _meant(keyword: str, facts: Mapping[str, Any], value: JSON) -> str | None:
    """The word of those allowed that comes near, or is the same but for case and blanks."""
    if keyword != "enum" or not isinstance(value, str):
        return None
    words = {word.casefold(): word for word in facts["options"] if isinstance(word, str)}
    return words.get(value.strip().casefold()) or nearest(value, words.values())


def _about(schema: JSON, path: Sequence[str | int]) -> str | None:
    """What the schema says of the place that its keyword at ``path`` is about, or of one around it."""
    for end in range(len(path) - 1, 0, -1):
        text = _look_up(schema, path[:end]).get("description")
        if isinstance(text, str):
            return text
    return None


def _look_up(schema: JSON, path: Sequence[str | int]) -> Mapping[str, Any]:
    """The subschema at ``path`` of ``schema``; empty when the path leads elsewhere."""
    place = schema
    for part in path:
        if isinstance(place, dict) and str(part) in place:
            place = place[str(part)]
        elif isinstance(place, list) and isinstance(part, int) and part < len(place):
            place = place[part]
        else:
            return {}
    return place if isinstance(place, dict) else {}
