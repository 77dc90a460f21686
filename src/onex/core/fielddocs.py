"""The field reference: what the descriptions in a folder of JSON Schemas say, as one Markdown page.

The page is a pure function of the schemas, so a check for a stale page is a comparison of bytes.
Each field has an anchor made of its schema's name and its path, which messages may point to.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onex.core.document import JSON, read
from onex.core.places import split_pointer
from onex.errors import DocumentError

SUFFIXES = (".schema.json", ".json", ".yaml", ".yml")
HEAD = """# Field reference

Every field of every document, from the descriptions in the schemas of this folder.
Written by `onex gen docs`; change a schema, not this page."""

_BOUNDS = {
    "minLength": "length ≥ {}",
    "maxLength": "length ≤ {}",
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "exclusiveMinimum": "> {}",
    "exclusiveMaximum": "< {}",
    "multipleOf": "a multiple of {}",
    "minItems": "items ≥ {}",
    "maxItems": "items ≤ {}",
    "minProperties": "members ≥ {}",
    "maxProperties": "members ≤ {}",
}

_Schema = Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class _Page:
    """The schema that is being described, and the links to all others by reference."""

    name: str
    links: Mapping[str, str]

    def mark(self, pointer: str) -> str:
        return f'<a id="{anchor(self.name, pointer)}"></a>'


def read_folder(folder: str) -> dict[str, dict[str, JSON]]:
    """The schemas of ``folder`` by name, which is the file's name without its ending, sorted.

    Files with other endings than ``SUFFIXES`` are left alone, and so are folders inside.

    Raises:
        DocumentError: the folder or a file cannot be read, a file holds no object, or two files
            have the same name.
    """
    try:
        files = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError as error:
        raise DocumentError(folder, f"the folder cannot be read: {error.strerror}") from error
    found: dict[str, dict[str, JSON]] = {}
    for file in files:
        suffix = next((suffix for suffix in SUFFIXES if file.endswith(suffix)), None)
        if suffix is None:
            continue
        path = os.path.join(folder, file)
        name = file.removesuffix(suffix)
        if name in found:
            raise DocumentError(path, f"a second schema of the name {name}; rename one of them")
        found[name] = _read_schema(path)
    return dict(sorted(found.items()))


def anchor(schema_name: str, pointer: str) -> str:
    """Where the page says what stands at ``pointer`` of a document of the schema ``schema_name``.

    Places in an array count as the array: ``/tags/3`` leads where ``/tags`` leads. A definition
    is at the pointer that it has in the schema, such as ``/$defs/error``.
    """
    steps = [step for step in split_pointer(pointer) if not step.isdecimal()]
    return "-".join(re.sub(r"[^\w.*-]", "", step) for step in [schema_name, *steps])


def render(schemas: Mapping[str, _Schema]) -> str:
    """The Markdown page for ``schemas``: contents, then each schema with its objects inside."""
    links = _links(schemas)
    contents = "\n".join(f"- {_link(name, '')}" for name in sorted(schemas))
    parts = [HEAD, contents]
    for name in sorted(schemas):
        parts += _chapter(_Page(name, links), schemas[name])
    return "\n\n".join(part for part in parts if part) + "\n"


def _link(name: str, pointer: str) -> str:
    """A link to what stands at ``pointer``, by its last name."""
    return f"[{_code([name, *split_pointer(pointer)][-1])}](#{anchor(name, pointer)})"


def _read_schema(path: str) -> dict[str, JSON]:
    value = read(path).value
    if not isinstance(value, dict):
        raise DocumentError(path, "expected a JSON Schema, which is an object")
    return value


def _links(schemas: Mapping[str, _Schema]) -> dict[str, str]:
    """The Markdown link of every reference that schemas can make to each other."""
    links = {}
    for name, schema in schemas.items():
        base = schema.get("$id")
        for ending in ("", "#"):
            links[f"{base}{ending}"] = _link(name, "")
        for key in _members(schema, "$defs"):
            link = _link(name, f"/$defs/{key}")
            links[f"{base}#/$defs/{key}"] = links[f"{name}#/$defs/{key}"] = link
    return links


def _chapter(page: _Page, schema: _Schema) -> Iterator[str]:
    yield f"{page.mark('')}\n## {page.name}"
    yield _text(schema.get("description"))
    yield from _body(page, "", schema)
    scalars = []
    for key, part in _members(schema, "$defs").items():
        pointer = f"/$defs/{key}"
        if "properties" not in part:
            scalars.append(_row(page, pointer, part))
            continue
        yield f"{page.mark(pointer)}\n### {page.name}: {_text(key)}"
        yield _text(part.get("description"))
        yield from _body(page, pointer, part)
    yield _table(["definition", "type", "", "default", "volatile", "description"], scalars)


def _body(page: _Page, pointer: str, schema: _Schema) -> Iterator[str]:
    """The fields of one object, then the objects inside it, each under a heading of its own."""
    if "properties" not in schema:
        spelt = _type(schema, page)
        yield f"Type: {spelt}." if spelt else ""
        return
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    fields = _members(schema, "properties")
    columns = ["field", "type", "required", "default", "volatile", "description"]
    rows = [
        _row(page, f"{pointer}/{key}", part, needed="yes" if key in needed else "no")
        for key, part in fields.items()
    ]
    yield _table(columns, rows)
    yield _others(schema)
    for key, part in fields.items():
        for inner in _objects(part):
            place = f"{pointer}/{key}"
            yield f"### {page.name}: {_text('.'.join(split_pointer(place)))}"
            yield _text(inner.get("description"))
            yield from _body(page, place, inner)


def _objects(schema: _Schema) -> Iterator[_Schema]:
    """The objects with fields that a field holds: itself, its items, its forms, its members."""
    if "properties" in schema:
        yield schema
        return
    for key in ("items", "additionalProperties", "anyOf", "oneOf", "allOf"):
        inner = schema.get(key)
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict):
                yield from _objects(part)


def _row(page: _Page, pointer: str, part: _Schema, needed: str = "") -> list[str]:
    key = split_pointer(pointer)[-1]
    default = _code(_json(part["default"])) if "default" in part else ""
    volatile = "yes" if part.get("x-onex-volatile") is True else ""
    cells = [_type(part, page), needed, default, volatile, _text(part.get("description"))]
    return [f"{page.mark(pointer)}{_code(key)}", *cells]


def _others(schema: _Schema) -> str:
    """What is said about members that have no description of their own."""
    patterns = ", ".join(_code(pattern) for pattern in _members(schema, "patternProperties"))
    free = f"Members whose names match {patterns} are free." if patterns else ""
    if schema.get("additionalProperties") is True:
        return "Other members are free."
    return free


def _table(columns: list[str], rows: list[list[str]]) -> str:
    """A Markdown table without the columns that no row fills."""
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(line[index].replace('|', chr(92) + '|') for index in kept)} |"
        for line in (lines if kept else [])
    )


def _type(part: _Schema, page: _Page) -> str:
    """What a field may hold, in words: its type, then its bounds."""
    reference = part.get("$ref")
    if isinstance(reference, str):
        full = f"{page.name}{reference}" if reference.startswith("#") else reference
        return page.links.get(full, _code(reference))
    words = [_kind(part, page), *_limits(part)]
    return ", ".join(word for word in words if word)


def _kind(part: _Schema, page: _Page) -> str:
    for key in ("anyOf", "oneOf"):
        forms = part.get(key)
        if isinstance(forms, list) and "properties" not in part:
            return " or ".join(_type(form, page) for form in forms if isinstance(form, dict))
    values = [part["const"]] if "const" in part else part.get("enum")
    if isinstance(values, list):
        return " or ".join(_code(_json(value)) for value in values)
    kinds = part.get("type", "object" if "properties" in part else "any value")
    inside = _inside(part, page)
    return " or ".join(
        f"{kind}{inside}" if kind in {"array", "object"} else str(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _inside(part: _Schema, page: _Page) -> str:
    """What the items of an array, or the members of a map, are."""
    items, members = part.get("items"), part.get("additionalProperties")
    if isinstance(items, dict):
        inside = _type(items, page)
        return f" of ({inside})" if ", " in inside else f" of {inside}"
    if isinstance(members, dict) and "properties" not in part:
        keys = part.get("propertyNames")
        named = f", by {_type(keys, page)}" if isinstance(keys, dict) else ", by name"
        return f" of {_type(members, page)}{named}"
    return ""


def _limits(part: _Schema) -> Iterator[str]:
    for key, words in _BOUNDS.items():
        if key in part:
            yield words.format(_json(part[key]))
    for key, words in (("pattern", "matches"), ("format", "format")):
        if key in part:
            yield f"{words} {_code(str(part[key]))}"
    if part.get("uniqueItems") is True:
        yield "each once"


def _members(schema: _Schema, key: str) -> dict[str, dict[str, JSON]]:
    """The schema objects below ``key``; a bare true or false says nothing about a field."""
    inner = schema.get(key)
    if not isinstance(inner, dict):
        return {}
    return {name: part if isinstance(part, dict) else {} for name, part in inner.items()}


def _json(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _code(text: str) -> str:
    """``text`` as a code span, fenced with one backtick more than it holds in a row."""
    text = text.replace("\n", "\\n").replace("\r", "\\r")  # a row of a table is one line
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * (max(runs, default=0) + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _text(description: JSON) -> str:
    """A description on one line; outside of its code spans nothing is read as HTML."""
    words = " ".join(description.split()) if isinstance(description, str) else ""
    spans = re.split(r"(`[^`]*`)", words)
    return "".join(
        span if span.startswith("`") else span.replace("&", "&amp;").replace("<", "&lt;")
        for span in spans
    )
