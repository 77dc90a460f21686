"""State schemas of every kind, hostile ones among them, and states to judge by them."""

import itertools

ANY = [
    None,
    True,
    False,
    0,
    1,
    1.0,
    1.5,
    -1,
    2**70,
    "",
    "a",
    "1",
    "ab",
    [],
    [1],
    ["a"],
    {},
    {"a": 1},
]
ANY += [{"x": "a"}, {"x": 1, "y": [{}]}, "2026-01-02", "a@b.example", [["a"], []], [{"x": "a"}]]


def of(properties, required=(), **more):
    """A schema of an object."""
    return {"type": "object", "properties": properties, "required": [*required], **more}


TREE = {
    "type": "object",
    "properties": {"leaf": {"type": "string"}, "below": {"$ref": "#/$defs/tree"}},
}

SCHEMAS = {
    "nothing": {"type": "object"},
    "anything": {},
    "closed": of({"a": {"type": "string"}}, ["a"], additionalProperties=False),
    "open": of({"a": {"type": "integer"}}),
    "optional": of({"a": {"type": ["string", "null"]}, "x": {"type": "number"}}, ["x"]),
    "constraints": of(
        {
            "a": {"type": "integer", "minimum": 1, "maximum": 1, "multipleOf": 1},
            "x": {"type": "string", "minLength": 1, "maxLength": 1, "pattern": "^a"},
            "y": {"type": "array", "items": {"type": "object"}, "minItems": 1, "uniqueItems": True},
        }
    ),
    "formats": of(
        {
            "a": {"type": "string", "format": "date"},
            "x": {"type": "string", "format": "email"},
            "y": {"type": "string", "format": "date-time"},
        }
    ),
    "words": of({"a": {"enum": ["a", "ab"]}, "x": {"const": "1"}, "y": {"enum": [1, None, "a", [1]]}}),
    "numbers": of({"a": {"const": 1}, "x": {"enum": [1, 1.5]}, "y": {"type": ["integer", "boolean"]}}),
    "inside": of({"a": of({"x": {"type": "string"}}, ["x"]), "x": of({"y": of({"a": {}})})}),
    "maps": of(
        {
            "a": {"type": "object", "additionalProperties": {"type": "integer"}},
            "x": {"type": "object", "patternProperties": {"^x": {"type": "string"}}},
            "y": {"type": "object", "propertyNames": {"maxLength": 1}},
        }
    ),
    "lists": of(
        {
            "a": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            "x": {"type": "array", "prefixItems": [{"type": "string"}], "items": False},
            "y": {"type": "array", "items": of({"x": {"type": "string"}})},
        }
    ),
    "choices": of(
        {
            "a": {"anyOf": [{"type": "string"}, {"type": "integer"}, of({"x": {"type": "string"}})]},
            "x": {"oneOf": [{"type": "integer"}, {"minimum": 1}]},
            "y": {"anyOf": [True, {"type": "null"}], "not": {"type": "string"}},
        }
    ),
    "all at once": of(
        {"a": {"allOf": [{"type": "integer"}, {"minimum": 1}]}},
        allOf=[{"required": ["a"]}],
        dependentRequired={"x": ["y"]},
    ),
    "conditions": of(
        {"a": {"type": "integer"}},
        **{"if": {"required": ["a"]}, "then": {"required": ["x"]}, "else": {"minProperties": 1}},
    ),
    "references": {
        "$ref": "#/$defs/root",
        "$defs": {
            "root": of({"a": {"$ref": "#/$defs/tree"}, "x": {"$ref": "#/$defs/word"}}),
            "tree": TREE,
            "word": {"type": "string", "minLength": 1},
        },
    },
    "the whole again": of({"a": {"$ref": "#"}, "y": {"type": "array", "items": {"$ref": "#"}}}),
    "anchors": of({"a": {"$ref": "#w"}, "x": {"$ref": "#/properties/y"}, "y": {"$anchor": "w", "type": "string"}}),
    "lists of themselves": of(
        {"a": {"$ref": "#/$defs/l"}}, **{"$defs": {"l": {"type": "array", "items": {"$ref": "#/$defs/l"}}}}
    ),
    "types that are not said": of({"a": {"properties": {"x": {"type": "string"}}}, "x": {"minimum": 1}}),
    "never": of({"a": False, "x": True}),
    "defaults": of({"a": {"type": "integer", "default": "no integer"}, "x": {"default": {"a": []}}}),
}  # fmt: skip

NAMES = [
    *(
        "class",
        "def",
        "None",
        "model_config",
        "model_dump",
        "json",
        "copy",
        "schema",
        "dict",
        "str",
    ),
    *(
        "int",
        "list",
        "Any",
        "Literal",
        "Field",
        "Input",
        "Output",
        "InputA",
        "MISSING",
        "ConfigDict",
    ),
    *(
        "contract",
        "state",
        "_x",
        "a-b",
        "a_b",
        "a b",
        "a.b",
        "Input.a",
        "1a",
    ),
    *(
        "ä",
        "日本",
        "",
        " ",
        "-",
        '"',
        "'",
        "\\",
        "\n",
        "\x00",
        '"""',
        "x=1",
        "#",
        "a" * 300,
        "self",
    ),
    *(
        '"); import os; os.system("touch marker") #',
        "\u202e",
        "${x}",
        "{x}",
        "%s",
        "type",
        "id",
        "fields",
    ),
]

SCHEMAS["hostile names"] = of({name: {"type": "string"} for name in NAMES}, NAMES[::3])
SCHEMAS["hostile objects"] = of({name: of({name: {"type": "integer"}}) for name in NAMES})
SCHEMAS["hostile definitions"] = {
    **of({f"p{n}": {"$ref": f"#/$defs/d{n}"} for n in range(4)}),
    "title": '"""\nimport os',
    "description": '"""\nimport os\nos.system("touch marker")\n"""\\',
    "$defs": {
        f"d{n}": of({"a": {"type": "string", "description": text}}, title=text, description=text)
        for n, text in enumerate(['"""', "\\", "a\\", 'a"'])
    },
}
SCHEMAS["hostile words"] = of(
    {
        "a": {"enum": ['"', "\\", "'''", "\n", "a"]},
        "x": {"enum": ['"] = os.system("touch marker")', "a"]},
    }
)


def states():
    """States to judge by each schema."""
    yield {}
    for name, value in itertools.product(["a", "x", "y", "leaf"], ANY):
        yield {name: value}
    for left, right in itertools.product(ANY, ANY):
        yield {"a": left, "x": right}
    yield from ({"a": {"leaf": "a", "below": {"below": value}}} for value in ANY)
    yield from ({"a": {"a": {"a": value}}} for value in ANY)
    yield dict.fromkeys(NAMES, "a")
    yield dict.fromkeys(NAMES, 1)
    for name in NAMES:
        yield {**dict.fromkeys(NAMES[::3], "a"), name: "b"}
        yield {name: {name: 1}}
        yield {name: {name: "a"}}
