"""State contracts of edition 0.1.0 lifted to edition 1.0.0.

Their two schemas were read by other tools: with ``nullable`` of OpenAPI, with ``definitions`` beside
them, or with mere lists of names. What was said is said in JSON Schema 2020-12. Examples stay
examples: that an input leads to an output is not what they claimed, so none becomes a case.
"""

import copy
from typing import cast

from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.outline import Entry, Group, Part, Scalar, from_value, quoted, value_of
from onex.core.tidy import CONTRACT_KEYS
from onex.core.values import JSON
from onex.migrate.draft import TODO, Draft, Question
from onex.migrate.rest import set_aside

SIDES = {"input_state": "input", "output_state": "output"}
"""What the two schemas were called, and what they are called now."""

SIGNS = frozenset({"contract_version", "contract_name", "contract_description"})
"""Members of published contracts; a state may stand alone in other documents."""

EDITION = "1.0.0"
DEFINITIONS = "#/definitions/"
NAMED = f"{TODO}describe the state in JSON Schema"


def lift(draft: Draft) -> None:
    """From edition 0.1.0 to edition 1.0.0."""
    own = draft.text("contract_version")
    if own and own != EDITION:
        draft.notes.append(f"contract_version: {own} was its own version; now it is the edition")
    draft.put("contract_version", EDITION)
    draft.drop("hash")
    found = draft.find("definitions")
    definitions = found.value if found and isinstance(found.value, Group) else Group(is_map=True)
    taken: set[str] = set()
    for old, new in SIDES.items():
        draft.rename(old, new)
        taken |= _lift_side(draft, old, new, definitions)
    definitions.entries = [entry for entry in definitions.entries if entry.name not in taken]
    if draft.get("examples") is not None:
        draft.notes.append("examples: no cases of onex; write as `cases` which output an input has")
    set_aside(draft, CONTRACT_KEYS)


def _lift_side(draft: Draft, old: str, new: str, definitions: Group) -> set[str]:
    """Lift one schema; the names of the definitions that it took."""
    entry = draft.find(new)
    if entry is None or not isinstance(entry.value, Group) or not entry.value.is_map:
        wanted = f"write the JSON Schema of the {new} state as `{new}`"
        draft.ask(new, wanted, was=old, keeps=True)
        if entry:
            draft.set_aside(new)
        draft.put(new, {"description": NAMED})
        return set()
    side = entry.value
    _from_names(side)
    _mend(side)
    taken = _take_definitions(side, definitions)
    try:
        StateSchema(value_of(side))
    except SchemaRefusedError as error:
        for problem in error.problems:
            wanted = f"{problem.message}; {problem.hint or 'write what JSON Schema 2020-12 knows'}"
            pointers = {"was": f"/{old}{problem.pointer}", "now": f"/{new}{problem.pointer}"}
            draft.questions.append(Question(**pointers, message=wanted))
    return taken


def _take_definitions(side: Group, definitions: Group) -> set[str]:
    """Put into a side the definitions that it leads to, for it is a schema by itself; their names."""
    names = _wanted(value_of(side), cast("dict[str, JSON]", value_of(definitions)))
    if names:
        own = [copy.deepcopy(entry) for entry in definitions.entries if entry.name in names]
        inner = Group(is_map=True, entries=own)
        _mend(inner)
        side.entries.append(Entry(inner, Scalar(["$defs"], "", "$defs")))
        side.is_flow = False
    return names


def _from_names(side: Group) -> None:
    """Lists of names become properties of which nothing more is said."""
    named = {entry.name: value_of(entry.value) for entry in side.entries}
    required, optional = named.get("required_fields"), named.get("optional_fields")
    if "properties" in named or not isinstance(required, list):
        return
    names = [*required, *(optional if isinstance(optional, list) else [])]
    kind = named.get("type")
    schema: dict[str, JSON] = {} if not isinstance(kind, str) else {"title": kind}
    schema |= {"type": "object", "required": required}
    schema["properties"] = {name: {} for name in names if isinstance(name, str)}
    gone = {"type", "required_fields", "optional_fields"}
    kept = [entry for entry in side.entries if entry.name not in gone]
    side.entries = [*cast("Group", from_value(schema)).entries, *kept]


def _mend(part: Part) -> None:
    """Spell what other dialects say in the words of JSON Schema 2020-12, in place."""
    if not isinstance(part, Group):
        return
    for entry in part.entries:
        _mend(entry.value)
    if not part.is_map:
        return
    members = {entry.name: entry for entry in part.entries}
    reference = members.get("$ref")
    if reference and isinstance(reference.value, Scalar):
        reference.value = quoted(reference.value.said.replace(DEFINITIONS, "#/$defs/", 1))
    nullable, kind = members.get("nullable"), members.get("type")
    if (
        nullable
        and kind
        and isinstance(kind.value, Scalar)
        and isinstance(value_of(nullable.value), bool)
    ):
        if value_of(nullable.value):
            kind.value = from_value([kind.value.said, "null"])
        part.entries.remove(nullable)
        kind.above = [*kind.above, *nullable.above]
        kind.beside += nullable.beside
    default = members.get("default")
    if default and kind and isinstance(kind.value, Scalar) and value_of(default.value) is None:
        kind.value = from_value([kind.value.said, "null"])


def _wanted(schema: JSON, definitions: dict[str, JSON]) -> set[str]:
    """The names of the definitions that ``schema`` leads to."""
    found: set[str] = set()
    pending = [schema]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            reference = item.get("$ref")
            name = _definition(reference) if isinstance(reference, str) else ""
            if name in definitions and name not in found:
                found.add(name)
                pending.append(definitions[name])
            pending += item.values()
        elif isinstance(item, list):
            pending += item
    return found


def _definition(reference: str) -> str:
    """The name of the definition that a reference leads to, by its old or its new place."""
    for start in (DEFINITIONS, "#/$defs/"):
        if reference.startswith(start):
            return reference.removeprefix(start).partition("/")[0]
    return ""
