"""Schema, reference and generated model agree on instances that nobody thought of.

Run as a script, it prints how often the models would disagree if the schema did not decide.
"""

import copy
from collections import Counter
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.strategies_schemas import ANYTHING, TEXTS, instances
from tools.codegen import judges

from onex_contract import model, registry

NUMBERS = [0, 1, -1, 1.0, 1.5, 2**63, 10**30]
WORDS = ["", "0", "1", "true", "null", "a", "A", "draft", "DRAFT", "1.0.0", "2025-01-01", "0" * 64]
ODD_WORDS = ["a\n", "a\x00", "é", "\u0663", "\U0001d518", "a.b", "..", "/"]
NESTED = [[], [None], ["a", "a"], [1, True], {}, {"a": 1}, {"": None}]
TRICKY = st.sampled_from([None, True, False, *NUMBERS, *WORDS, *ODD_WORDS, *NESTED])
RAW = st.one_of(TRICKY, ANYTHING).map(copy.deepcopy)


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
