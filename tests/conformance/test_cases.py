"""One file is one case; its folder, `valid` or `invalid`, is the verdict of every judge."""

import os

import pytest
from tools.codegen import judges
from tools.codegen.bundle import READ_BY_AUTHORS

from onex.core.document import read
from onex_contract import registry

FOLDER = os.path.join(os.path.dirname(__file__), "cases")


def cases(verdict):
    """Every file with that verdict, as (schema, path), named after schema and file."""
    found = []
    for name in judges.documents():
        folder = os.path.join(FOLDER, name, verdict)
        for file in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
            case = os.path.splitext(file)[0]
            found.append(pytest.param(name, os.path.join(folder, file), id=f"{name}-{case}"))
    return found


@pytest.mark.parametrize(("name", "path"), cases("valid"))
def test_valid_case(name, path):
    """Every judge accepts it, and the model gives the very document back."""
    value = read(path).value

    assert judges.verdicts(name, value) == {"engine": True, "reference": True, "model": True}
    assert judges.same(judges.dump(name, value), value)


@pytest.mark.parametrize(("name", "path"), cases("invalid"))
def test_invalid_case(name, path):
    """Every judge refuses it."""
    value = read(path).value

    assert judges.verdicts(name, value) == {"engine": False, "reference": False, "model": False}


@pytest.mark.parametrize("name", judges.documents())
def test_every_schema_has_cases_of_both_kinds(name):
    """A schema without examples of what it accepts and refuses is a schema that nobody checked."""
    valid, invalid = (os.listdir(os.path.join(FOLDER, name, kind)) for kind in ("valid", "invalid"))

    assert len(valid) >= 4
    assert len(invalid) >= 8


def test_no_case_lacks_its_schema():
    """A folder of cases whose schema is gone would be judged by nobody."""
    assert sorted(os.listdir(FOLDER)) == sorted(judges.documents())


@pytest.mark.parametrize(("name", "path"), [*cases("valid"), *cases("invalid")])
def test_a_reader_differs_in_unknown_members_alone(name, path):
    """What a newer minor edition adds loads; whatever else is wrong stays wrong."""
    value = read(path).value
    is_lenient = name in READ_BY_AUTHORS and "unknown_member" in os.path.basename(path)

    accepted = registry.validator(name, relaxed=True).is_valid(value)

    assert accepted == (judges.engine(name, value) or is_lenient)
