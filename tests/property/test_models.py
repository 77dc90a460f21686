"""Schema, reference and generated model agree on instances that nobody thought of.

Run as a script, it prints how often the models would disagree if the schema did not decide.
"""

import copy
import json
from collections import Counter
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tools.codegen import judges

from onex_contract import model, registry

ASCII = st.characters(max_codepoint=0x7F)
TEXTS = st.text(max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
NUMBERS = [0, 1, -1, 1.0, 1.5, 2**63, 10**30]
WORDS = ["", "0", "1", "true", "null", "a", "A", "draft", "DRAFT", "1.0.0", "2025-01-01", "0" * 64]
ODD_WORDS = ["a\n", "a\x00", "é", "\u0663", "\U0001d518", "a.b", "..", "/"]
NESTED = [[], [None], ["a", "a"], [1, True], {}, {"a": 1}, {"": None}]
TRICKY = st.sampled_from([None, True, False, *NUMBERS, *WORDS, *ODD_WORDS, *NESTED])
RAW = st.one_of(TRICKY, ANYTHING).map(copy.deepcopy)


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


def places(value):
    """Every (container, key) inside ``value``."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(entries):
        yield value, key
        if isinstance(item, dict | list):
            yield from places(item)


@st.composite
def mutated(draw, strategy):
    """An instance with up to three changes: a value set, dropped, added, repeated, or renamed."""
    value = copy.deepcopy(draw(strategy))
    for _ in range(draw(st.integers(0, 3))):
        if not isinstance(value, dict | list) or draw(st.integers(0, 19)) == 0:
            return draw(RAW)
        found = list(places(value))
        if not found:
            return value
        container, key = draw(st.sampled_from(found))
        change(draw, container, key)
    return value


def change(draw, container, key):
    """One change of ``container`` at ``key``."""
    how = draw(st.sampled_from(["set", "drop", "add", "repeat", "case"]))
    if how == "set":
        container[key] = draw(RAW)
    elif how == "drop":
        del container[key]
    elif isinstance(container, list):
        container.append(draw(RAW) if how == "add" else copy.deepcopy(container[key]))
    elif how == "case":
        container[key.swapcase()] = container.pop(key)
    else:
        container[draw(TEXTS | st.just(f"{key}_"))] = copy.deepcopy(container[key])


def documents(name):
    """Documents of the schema ``name``, many of them spoilt."""
    schema = registry.schema(name)
    return mutated(instances(schema, schema))


@pytest.mark.parametrize("name", judges.documents())
@given(data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_all_judges_agree(name, data):
    """One schema, one verdict, whoever is asked; and what a model accepts it gives back whole."""
    value = data.draw(documents(name))

    verdicts = judges.verdicts(name, value)

    assert len(set(verdicts.values())) == 1, verdicts
    if verdicts["model"]:
        assert judges.same(judges.dump(name, value), value)


def measure(name, examples):
    """How many documents are valid, and how often a model without its schema is wrong."""
    seen = Counter()

    @given(documents(name))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def count(value):
        accepted = judges.engine(name, value)
        seen.update(all=1, valid=accepted, wrong=judges.model(name, value) != accepted)

    with mock.patch.object(model, "_validator", return_value=None):
        count()
    return seen


if __name__ == "__main__":
    for schema_name in judges.documents():
        print(schema_name, dict(measure(schema_name, 1000)))  # noqa: T201
