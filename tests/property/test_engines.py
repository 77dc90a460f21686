"""The engine that onex runs and the reference engine, on schemas and values that nobody thought of.

Where they disagree one of them is wrong, and a contract means two things. What is known to be so
stands in ``DISAGREEMENTS``, each with its reason and with who is right. Run as a script with a
number, it compares that many pairs and prints what disagrees.
"""

import json
import re
import sys

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.strategies_pairs import NAMES, PATTERNS, SCHEMAS, VALUES

from onex.core.contract import StateSchema
from onex.core.lint import lint

ODD = [
    0.1, 0.3, 1e-7, -0.0, 2**53, 2**53 + 1, 2**63, 2**64, 10**30, 0.07, 19.99, 1.0, 3, True, None,
    "", "a", "ab", "\U0001f600", "e\u0301", "a\n", "\n", "\u0663", "\x00", "1\u0663", "2026-02-29", "2028-02-29",
    "127.0.0.1", "127.0.0.256", "0127.0.0.1", "a" * 40, [], {}, [[]], [1, True], [0, False, 0.0], [1, 1.0],
    {"a": {"a": {}}}, {"": 0}, {"x-1": None, "a": 1}, {"a": [1, 1], "b": "a"},
]  # fmt: skip
"""Values at which engines are known to part: every schema is asked about them."""

TRICKY = st.sampled_from(ODD)
KEYWORDS = {
    "type": st.sampled_from("array boolean integer null number object string".split()),
    "multipleOf": st.sampled_from([0.01, 1e-7, 1, 2, 3, 2**53]),
    "minimum": TRICKY.filter(lambda value: isinstance(value, int | float) and value is not True),
    "exclusiveMaximum": st.sampled_from([0, -0.0, 0.1, 1, 2**53, 2**64]),
    "maxLength": st.sampled_from([0, 1, 2, 1.0]),
    "minLength": st.sampled_from([0, 1, 2]),
    "pattern": PATTERNS
    | st.sampled_from([r"^\w+$", r"\d$", "^.$", r"^[^a]*$", "^$", r"\S{2,}", "(a|b)*c?"]),
    "format": st.sampled_from(["date", "ipv4"]),
    "uniqueItems": st.booleans(),
    "minItems": st.integers(0, 2),
    "minContains": st.integers(0, 2),
    "required": st.lists(NAMES, max_size=2, unique=True),
    "maxProperties": st.integers(0, 2),
    "enum": st.lists(TRICKY, min_size=1, max_size=3, unique_by=repr),
    "const": TRICKY,
}
RULES = st.dictionaries(
    st.sampled_from(sorted(KEYWORDS)), st.none(), min_size=1, max_size=2
).flatmap(lambda some: st.fixed_dictionaries({key: KEYWORDS[key] for key in some}))
"""One or two keywords that say something of a value itself."""

INNER = RULES | SCHEMAS
WHOLE = st.one_of(
    RULES,
    RULES,
    SCHEMAS,
    st.fixed_dictionaries({"properties": st.dictionaries(NAMES, INNER, max_size=2)}),
    st.fixed_dictionaries({"items": INNER}),
    st.fixed_dictionaries({"contains": INNER}),
    st.fixed_dictionaries({"propertyNames": INNER}),
    st.fixed_dictionaries({"not": INNER}),
    st.fixed_dictionaries({"oneOf": st.lists(INNER, min_size=1, max_size=3)}),
)
PAIRS = st.tuples(
    st.tuples(WHOLE, SCHEMAS).map(
        lambda two: {"$defs": {"r": two[1]}, **two[0]} if isinstance(two[0], dict) else two[0]
    ),
    st.lists(VALUES, min_size=2, max_size=2).map(lambda drawn: [*drawn, *ODD]),
)


def ecma(schema):
    """``schema`` with its patterns in Python's spelling of what ECMA-262 says."""
    if isinstance(schema, list):
        return [ecma(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: python(part) if key == "pattern" and isinstance(part, str)
        else {python(name): ecma(inner) for name, inner in part.items()} if key == "patternProperties"
        else part if key in {"enum", "const"}
        else ecma(part)
        for key, part in schema.items()
    }  # fmt: skip


def python(pattern):
    """`$` is the end, and digits and words are those of ASCII."""
    return "(?a)" + re.sub(r"(?<!\\)\$", r"\\Z", pattern)


def verdicts(schema, values):
    """For each value what onex's engine says, and what the reference engine says."""
    ours = StateSchema(schema)
    theirs = jsonschema.Draft202012Validator(
        ecma(schema), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [(ours.is_valid(value), theirs.is_valid(value)) for value in values]


DISAGREEMENTS = [
    ({"multipleOf": 0.1}, 0.3, True, "0.3 is three times 0.1; the reference divides doubles"),
    ({"multipleOf": 0.01}, 19.99, True, "the same"),
    ({"multipleOf": 1e-7}, 0.1, True, "the same"),
    (
        {"multipleOf": 3},
        1e300,
        False,
        "ten to the 300th is no multiple of 3; the nearest double is one",
    ),
    ({"enum": [10**30]}, 1e30, True, "ten to the thirtieth; the nearest double is another number"),
    ({"pattern": r"^\w$"}, "\u0663", False, "a word of ECMA-262 is ASCII; Python takes any digit"),
    ({"pattern": r"^\d$"}, "\u0663", False, "the same"),
    (
        {"pattern": "^a$"},
        "a\n",
        False,
        "the end of ECMA-262 is the end; Python's stands before a line end, too",
    ),
]
"""Schema, value, what onex says, and why the reference engine, which is wrong, says the opposite."""


@pytest.mark.parametrize(("schema", "value", "verdict", "reason"), DISAGREEMENTS)
def test_v7_the_engines_disagree_where_it_is_known(schema, value, verdict, reason):
    """A row that is none any more is to be taken out, and one that is new, to be understood."""
    reference = jsonschema.Draft202012Validator(schema)

    assert (StateSchema(schema).is_valid(value), reference.is_valid(value)) == (
        verdict,
        not verdict,
    ), reason


def is_known(schema):
    """Whether a fraction is asked for a multiple of somewhere in ``schema``."""
    if isinstance(schema, list):
        return any(map(is_known, schema))
    if not isinstance(schema, dict):
        return False
    divisor = schema.get("multipleOf", 1)
    fraction = isinstance(divisor, float) and not divisor.is_integer()
    return fraction or any(map(is_known, schema.values()))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(PAIRS)
def test_v7_the_engines_agree(pair):
    """Any schema that onex takes means one thing to both engines, whatever value is asked about."""
    schema, values = pair
    assume(not is_known(schema) and not lint(schema))

    assert [
        (value, *said)
        for value, said in zip(values, verdicts(schema, values), strict=True)
        if said[0] is not said[1]
    ] == []


def compare(count):
    """Compare about so many pairs; tell what onex says where the reference says the opposite."""
    done = [0]

    @settings(
        max_examples=count // (len(ODD) + 2),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(PAIRS)
    def look(pair):
        schema, values = pair
        if is_known(schema) or lint(schema):
            return
        for value, (ours, theirs) in zip(values, verdicts(schema, values), strict=True):
            done[0] += 1
            if ours is not theirs:
                sys.stdout.write(f"{json.dumps([schema, value, ours])}\n")

    look()
    sys.stdout.write(f"{done[0]} pairs compared\n")


if __name__ == "__main__":
    compare(int(sys.argv[1]))
