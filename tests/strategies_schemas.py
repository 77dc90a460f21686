"""Documents made from their schemas: instances that mostly keep them."""

import json

from hypothesis import strategies as st

ASCII = st.characters(max_codepoint=0x7F)
TEXTS = st.text(max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def instances(schema, root):
    """Instances that mostly keep ``schema``, whose references lead into ``root``."""
    if schema is True or not schema:
        return ANYTHING
    if "$ref" in schema:
        target = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
        return st.deferred(lambda: instances(target, root))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    for key in ("anyOf", "oneOf"):
        if key in schema and "properties" not in schema:
            return st.one_of([instances(branch, root) for branch in schema[key]])
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    return st.one_of([TYPES[name](schema, root) for name in types]) if types else ANYTHING


def texts(schema, root):
    """Strings within the bounds; patterns are meant for ASCII and are sought there."""
    del root
    if "pattern" in schema:
        # `$` would let a final line end through, which the schema's engine does not.
        pattern = schema["pattern"].removeprefix("^").removesuffix("$")
        return st.from_regex(pattern, fullmatch=True, alphabet=ASCII)
    return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("minLength", 0) + 5)


def integers(schema, root):
    """Integers within the bounds, one in a while written as a float."""
    del root
    whole = st.integers(schema.get("minimum"), schema.get("maximum"))
    return whole | whole.filter(lambda number: abs(number) < 2**53).map(float)


def arrays(schema, root):
    """Short arrays; without repeats where the schema says so."""
    unique = json.dumps if schema.get("uniqueItems") else None
    return st.lists(instances(schema.get("items", True), root), max_size=3, unique_by=unique)


def objects(schema, root):
    """Objects with what is required, some of the rest, and now and then a free member."""
    fields = {key: instances(part, root) for key, part in schema.get("properties", {}).items()}
    required = {key: fields.pop(key) for key in schema.get("required", []) if key in fields}
    declared = st.fixed_dictionaries(required, optional=fields)
    extra = schema.get("additionalProperties", True)
    if extra is not False:
        names = instances(schema.get("propertyNames", {"type": "string"}), root)
        least = schema.get("minProperties", 0)
        free = st.dictionaries(names, instances(extra, root), min_size=least, max_size=least + 2)
    elif "patternProperties" in schema:
        free = st.dictionaries(TEXTS.map("x-{}".format), ANYTHING, max_size=1)
    else:
        return declared
    return st.builds(lambda left, right: {**right, **left}, declared, free)


TYPES = {
    "string": texts,
    "integer": integers,
    "number": lambda schema, root: integers(schema, root) | st.floats(-1e9, 1e9),
    "boolean": lambda _schema, _root: st.booleans(),
    "null": lambda _schema, _root: st.none(),
    "array": arrays,
    "object": objects,
}
