"""The rule of versions: a field with a default may be added, anything else is a new major (ATLAS-26).

`tests/golden/schemas` records the shape of each schema as it was first released. Run as a module,
this writes the record of each schema that has none yet.
"""

import copy
import json
import os

import pytest

from onex.core.fielddocs import read_folder
from onex_contract.files import schema_dir

FOLDER = os.path.join(os.path.dirname(__file__), "..", "golden", "schemas")
SAID = {"description", "title", "examples", "$comment", "x-onex-volatile"}
"""What a schema says to people, or of records that are compared: it refuses no document."""


def shape(part, known, whole=None):
    """A schema without what refuses no document.

    Args:
        part: the schema, or a part of it.
        known: all schemas by their ids; a plain type that has a name there is what the name means.
        whole: the schema that ``part`` is of.
    """
    whole = part if whole is None else whole
    if isinstance(part, list):
        return [shape(item, known, whole) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        place, _, name = part["$ref"].partition("#/$defs/")
        meant = known.get(place, whole).get("$defs", {}).get(name)
        if meant is not None and isinstance(meant.get("type"), str) and "properties" not in meant:
            part = {**{key: item for key, item in part.items() if key != "$ref"}, **meant}
    kept = {key: shape(item, known, whole) for key, item in part.items() if key not in SAID}
    for key in {"properties", "$defs"} & {*part}:
        kept[key] = {name: shape(item, known, whole) for name, item in part[key].items()}
    return kept


def breaks(old, new, path=""):
    """Where the shape ``new`` is not ``old`` with more fields that have defaults."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new:
            yield f"{path}: {json.dumps(old)} became {json.dumps(new)}"
        return
    for key in sorted({*old, *new}):
        place = f"{path}/{key}"
        if key not in new:
            yield f"{place} is gone"
        elif place == "/oneOf" and key in old:
            # A file of lines may get lines of a new kind.
            yield from (f"{kind} is gone" for kind in old[key] if kind not in new[key])
        elif key in old:
            yield from breaks(old[key], new[key], place)
        elif path.endswith("/properties") and "default" not in new[key]:
            yield f"{place} is new and has no default"
        elif "/$defs" not in (path, place) and not path.endswith("/properties"):
            yield f"{place} is new"


def schemas(folder=None):
    """Name to schema."""
    return read_folder(folder or schema_dir())


def shapes(found):
    """Name to shape, of all schemas of a folder."""
    known = {whole["$id"]: whole for whole in found.values()}
    return {name: shape(whole, known) for name, whole in found.items()}


def record(name):
    with open(os.path.join(FOLDER, f"{name}.json"), encoding="utf-8") as file:
        return json.load(file)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_keeps_its_shape(name):
    """A schema without a record was never released: run this module to record it."""
    assert list(breaks(record(name), shapes(schemas())[name])) == []


def test_no_record_without_its_schema():
    """A schema that is gone is a break, too."""
    assert {os.path.splitext(file)[0] for file in os.listdir(FOLDER)} == set(schemas())


def test_the_facts_of_1_0_are_on_record():
    """The journals that the first release wrote are what the rule protects."""
    branches = record("fact")["oneOf"]

    assert len(branches) == 8
    assert len(schemas()["fact"]["oneOf"]) > 8


def changed(change):
    """A change of a schema, and what is found of it."""
    found = schemas()
    old = shapes(found)["batch_result"]
    found["batch_result"] = copy.deepcopy(found["batch_result"])
    change(found["batch_result"])
    return list(breaks(old, shapes(found)["batch_result"]))


CHANGES = [
    (lambda s: s["properties"].update(more={"type": "string", "default": ""}), []),
    (lambda s: s["properties"]["status"].update(description="Said better."), []),
    (lambda s: s["$defs"].update(more={"type": "object"}), []),
    (lambda s: s["properties"].update(more={"type": "string"}), ["/properties/more is new and has no default"]),
    (lambda s: s["properties"].pop("lifecycle"), ["/properties/lifecycle is gone"]),
    (lambda s: s["required"].append("lifecycle"), ["/required: "]),
    (lambda s: s["required"].remove("trust_notes"), ["/required: "]),
    (lambda s: s["properties"]["status"]["enum"].append("error"), ["/properties/status/enum: "]),
    (lambda s: s["properties"]["trust_notes"].update(type="string"), ["/properties/trust_notes/type: "]),
    (lambda s: s["properties"]["coverage_percent"].update(maximum=99), ["/properties/coverage_percent/maximum: "]),
    (lambda s: s["properties"]["trust_notes"].update(maxLength=9), ["/properties/trust_notes/maxLength is new"]),
    (lambda s: s["$defs"]["ci_run"]["properties"]["policy"].pop("type"), ["/$defs/ci_run/properties/policy/type is gone"]),
    (lambda s: s.update({"$id": "urn:onex:schema:batch_result:2"}), ["/$id: "]),
    (lambda s: s["$defs"]["ci_run"].update(minProperties=1), ["/$defs/ci_run/minProperties is new"]),
    (lambda s: s.pop("additionalProperties"), ["/additionalProperties is gone"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_what_breaks(change, told):
    """Only a field with a default, a definition and better words break nothing."""
    found = changed(change)

    assert len(found) == len(told)
    assert all(problem.startswith(start) for problem, start in zip(found, told, strict=True))


if __name__ == "__main__":
    for schema_name, found_shape in shapes(schemas()).items():
        path = os.path.join(FOLDER, f"{schema_name}.json")
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as out:
                out.write(json.dumps(found_shape, indent=1, sort_keys=True) + "\n")
