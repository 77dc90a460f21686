"""Pairs of schemas of which one is made from the other, and values of the same few words."""

from hypothesis import strategies as st

NAMES = st.sampled_from(["a", "b", "c", "x-1"])
TEXTS = st.sampled_from(["", "a", "ab", "b1", "zz", "2024-02-29", "A"])
NUMBERS = st.sampled_from([0, 1, 2, 3, -1, 0.5, 1.5, 1.0, 6])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
PATTERNS = st.sampled_from(["^a", "b", "^[a-z]+$", "^[a-z0-9]*$", "^.?$", "1$", "^(a|ab)$", r"^\d"])
COUNTS = st.integers(0, 3)

VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
"""Values that the schemas speak of."""

STATES = st.dictionaries(NAMES, VALUES, max_size=3)

LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from("array boolean integer null number object string".split())
        | st.lists(st.sampled_from(["integer", "null", "string", "object"]), min_size=1, max_size=2, unique=True),
        "minimum": NUMBERS,
        "exclusiveMaximum": NUMBERS,
        "multipleOf": st.sampled_from([1, 2, 3, 0.5]),
        "minLength": COUNTS,
        "maxLength": COUNTS,
        "pattern": PATTERNS,
        "format": st.sampled_from(["date", "ipv4"]),
        "minItems": COUNTS,
        "maxItems": COUNTS,
        "uniqueItems": st.booleans(),
        "required": st.lists(NAMES, max_size=2, unique=True),
        "minProperties": COUNTS,
        "maxProperties": COUNTS,
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2),
        "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr),
        "const": SCALARS,
    },
).map(lambda schema: dict(sorted(schema.items())[:3]))  # fmt: skip


def _branches(inner):
    some = st.lists(inner, min_size=1, max_size=2)
    members = st.dictionaries(NAMES, inner, max_size=2)
    return st.one_of(
        st.fixed_dictionaries(
            {"properties": members},
            optional={
                "required": st.lists(NAMES, max_size=2, unique=True),
                "additionalProperties": st.booleans() | inner,
                "patternProperties": st.dictionaries(PATTERNS, inner, max_size=1),
                "propertyNames": inner,
                "dependentSchemas": members,
            },
        ),
        st.fixed_dictionaries(
            {},
            optional={
                "items": inner,
                "prefixItems": some,
                "contains": inner,
                "minContains": COUNTS,
                "maxContains": COUNTS,
                "uniqueItems": st.booleans(),
            },
        ),
        st.fixed_dictionaries({"allOf": some}),
        st.fixed_dictionaries({"anyOf": some}),
        st.fixed_dictionaries({"oneOf": some}),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner}, optional={"else": inner}),
        st.fixed_dictionaries({"properties": members, "unevaluatedProperties": st.booleans()}),
        st.just({"$ref": "#/$defs/r"}).map(lambda ref: {"properties": {"a": ref}}),
        st.just({"$ref": "#/$defs/r"}).map(lambda ref: {"items": ref}),
    )


SCHEMAS = st.recursive(LEAVES | st.booleans(), _branches, max_leaves=5)


@st.composite
def pairs(draw):
    """Two schemas of states; most times the second is the first with one thing changed."""
    old = {"$defs": {"r": draw(SCHEMAS)}, "type": "object", **draw(_branches(SCHEMAS))}
    new = draw(st.just(old) | st.just(old) | _branches(SCHEMAS))
    new = {"$defs": old["$defs"], **new}
    for _ in range(draw(st.integers(1, 2))):
        new = _changed(draw, new)
    return old, new


def _changed(draw, schema):
    """``schema`` with something other in one place."""
    if not isinstance(schema, dict) or not schema or draw(st.integers(0, 5)) == 0:
        return draw(SCHEMAS)
    key = draw(st.sampled_from(sorted(schema)))
    value = schema[key]
    kept = {name: part for name, part in schema.items() if name != key}
    if key in {"properties", "$defs", "patternProperties", "dependentSchemas"} and value:
        name = draw(st.sampled_from(sorted(value)))
        return {**kept, key: {**value, name: _changed(draw, value[name])}}
    if key in {"allOf", "anyOf", "oneOf", "prefixItems"}:
        index = draw(st.integers(0, len(value) - 1))
        return {**kept, key: [*value[:index], _changed(draw, value[index]), *value[index + 1 :]]}
    if isinstance(value, dict) and key not in {
        "dependentRequired",
        "properties",
        "patternProperties",
    }:
        return {**kept, key: _changed(draw, value)}
    if isinstance(value, int | float) and not isinstance(value, bool) and key != "const":
        least = 0.5 if key == "multipleOf" else 0
        return {**kept, key: max(value + draw(st.sampled_from([-1, 1])), least)}
    return kept
