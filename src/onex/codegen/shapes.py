"""What a generator of models needs of a contract: which members there are, and of which types.

Types are never narrower than the contract, which judges before any of them: a constraint, a choice
that is more than a choice of types, and whatever a type cannot say, is left out here.
"""

from dataclasses import dataclass, field

from onex.codegen.names import class_name, field_name
from onex.core.canonical import escape
from onex.core.document import JSON
from onex.core.lint import anchors_of
from onex.core.places import split_pointer
from onex.core.references import pointer_of
from onex.core.text import printable

Schema = dict[str, JSON]

ANYTHING: Schema = {}
MOST_DEPTH = 32
LONGEST_TEXT = 500


@dataclass
class Shapes:
    """The classes of one side of a contract.

    Attributes:
        root: the schema of the side.
        title: what its class is called.
        base: the class that all of them stand on.
        classes: by name, the schema that the generator gets.
        aliases: by `class.property`, what the class calls it, where that is not its name.
    """

    root: JSON
    title: str
    base: type
    classes: dict[str, Schema] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the class of the side, and those of all that lies in it."""
        pointer, target = self._follow("", self.root)
        self._known[""] = self._known[pointer] = self.title
        self._fill(self.title, pointer, target if isinstance(target, dict) else {})

    def _fill(self, name: str, pointer: str, schema: Schema) -> None:
        made: Schema = {"type": "object", "title": name, **_described(schema)}
        self.classes[name] = made
        properties, required = schema.get("properties"), schema.get("required")
        members: Schema = {}
        taken: set[str] = set()
        for key, part in (properties if isinstance(properties, dict) else {}).items():
            called = field_name(key, taken, self.base)
            if called is None or part is False:
                continue
            taken.add(called)
            if called != key:
                self.aliases[f"{name}.{key}"] = called
            shape = self._shape(f"{pointer}/properties/{escape(key)}", part, name, key)
            members[key] = {**shape, **_described(part)}
        made["properties"] = members
        made["required"] = [
            key for key in members if isinstance(required, list) and key in required
        ]

    def _shape(self, pointer: str, schema: JSON, parent: str, key: str, depth: int = 0) -> Schema:
        """The type of the values that ``schema`` accepts, or of more."""
        pointer, schema = self._follow(pointer, schema)
        if not isinstance(schema, dict) or depth > MOST_DEPTH:
            return ANYTHING
        words = schema.get("enum", [schema["const"]] if "const" in schema else None)
        if isinstance(words, list) and all(map(_is_word, words)) and words:
            return {"type": "string", "enum": words}
        kinds = schema.get("type")
        if kinds is None:
            return self._choice(pointer, schema, parent, key, depth)
        shapes = [
            self._of_type(kind, pointer, schema, parent, key, depth)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ]
        return shapes[0] if len(shapes) == 1 else {"anyOf": list(shapes)}

    def _choice(self, pointer: str, schema: Schema, parent: str, key: str, depth: int) -> Schema:
        """A choice of types, where that is all that the schema says of the type."""
        for word in ("anyOf", "oneOf"):
            branches = schema.get(word)
            if isinstance(branches, list):
                shapes = [
                    self._shape(f"{pointer}/{word}/{number}", branch, parent, key, depth + 1)
                    for number, branch in enumerate(branches)
                    if branch is not False
                ]
                return {"anyOf": list(shapes)} if shapes and all(shapes) else ANYTHING
        return ANYTHING

    def _of_type(  # noqa: PLR0913, PLR0917
        self, kind: JSON, pointer: str, schema: Schema, parent: str, key: str, depth: int
    ) -> Schema:
        if kind == "number":
            return {"type": ["integer", "number"]}  # a float alone would round a large integer
        if kind == "array":
            items = ANYTHING
            if "prefixItems" not in schema:
                inner = schema.get("items", True)
                items = self._shape(f"{pointer}/items", inner, parent, key, depth + 1)
            return {"type": "array", "items": items or True}
        if kind != "object":
            return {"type": kind}
        if isinstance(schema.get("properties"), dict) and schema["properties"]:
            return {"$ref": f"#/$defs/{self._class(pointer, schema, parent, key)}"}
        values = schema.get("additionalProperties", True)
        if "patternProperties" in schema or not isinstance(values, dict):
            return {"type": "object", "additionalProperties": True}
        shape = self._shape(f"{pointer}/additionalProperties", values, parent, key, depth + 1)
        return {"type": "object", "additionalProperties": shape or True}

    def _class(self, pointer: str, schema: Schema, parent: str, key: str) -> str:
        """The name of the class of the object at ``pointer``, which is made when it is new."""
        if pointer not in self._known:
            parts = split_pointer(pointer)
            at_top = len(parts) == 2 and parts[0] == "$defs"  # noqa: PLR2004 - a definition by its name
            base, own = (self.title, parts[1]) if at_top else (parent, key)
            self._known[pointer] = class_name(base, own, self._known.values())
            self._fill(self._known[pointer], pointer, schema)
        return self._known[pointer]

    def _follow(self, pointer: str, schema: JSON) -> tuple[str, JSON]:
        """Where a reference leads, and what is there; the lint has made sure that this ends."""
        while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
            reference = str(schema["$ref"])
            target = pointer_of(reference, "", anchors_of(self.root)) or ""
            pointer, schema = target, self.root
            for part in split_pointer(target):
                schema = schema[int(part)] if isinstance(schema, list) else schema[part]  # type: ignore[index]
        return pointer, schema


def _is_word(value: JSON) -> bool:
    return isinstance(value, str) and value.isprintable()


def _described(schema: JSON) -> Schema:
    """The description, as a docstring can hold it."""
    text = schema.get("description") if isinstance(schema, dict) else None
    if not isinstance(text, str) or not text.strip():
        return {}
    plain = printable(" ".join(text.split())).replace("\\", "/").replace('"', "'")
    return {"description": plain[:LONGEST_TEXT].strip()}
