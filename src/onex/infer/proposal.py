"""What was read out of a function or a script, before anybody has agreed to it.

A proposal holds what the code says, what it leaves open (``Remark``), and what it seems to touch
(``Effect``); each knows its line. Nothing here is more certain than the code makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from onex.core.canonical import MAX_SAFE_INTEGER, golden_bytes
from onex.core.text import is_unicode
from onex.core.values import JSON

Place = tuple[int, int]
Schema: TypeAlias = dict[str, JSON]

MOST_DEPTH = 12
MOST_ITEMS = 1000
MOST_TEXT = 10_000
"""How large a value may be that a contract is to hold."""

RESULT = "result"
"""The property that becomes of what a function returns when that is no object."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the code leaves open.

    Attributes:
        at: line and column.
        message: what is open.
        help: how it is settled.
    """

    at: Place
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that the code seems to need or to touch.

    Attributes:
        at: line and column.
        member: the member of node.onex that would say so: `network`, `writes`, `required_env`,
            or `deterministic`.
        value: what it would say.
        why: what is read there.
        is_sure: whether the code does not work without it.
    """

    at: Place
    member: str
    value: bool | str
    why: str
    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One property of the input state.

    Attributes:
        name: its name.
        schema: what it may be; empty for anything.
        is_required: whether it must be given.
        at: line and column.
        arg: for a command, how it is passed, as `entrypoint.args` of node.onex has it.
    """

    name: str
    schema: Schema
    is_required: bool
    at: Place
    arg: dict[str, JSON] | None = None

    @property
    def is_positional(self) -> bool:
        """Whether a command takes it without an option in front of it."""
        return self.arg is not None and not {"flag", "switch"} & self.arg.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the code says of the node that it would be.

    Attributes:
        path: the file.
        description: what it does, or None.
        at: where what it takes stands: the line and column of the function, or of the file.
        inputs: the input side, by property.
        is_open: whether names are taken that are not known.
        output: the schema of the output side.
        output_at: where that is said.
        is_wrapped: whether what a function returns has to be put into an object.
        separator: whether a command takes `--` before its arguments without options.
        undecided: what is open.
        effects: what it seems to need or to touch.
        cases: examples that the code itself gives, as cases of a contract.
    """

    path: str
    description: str | None
    at: Place = (1, 1)
    inputs: tuple[Input, ...] = ()
    is_open: bool = False
    output: Schema = field(default_factory=dict)
    output_at: Place = (1, 1)
    is_wrapped: bool = False
    separator: bool = False
    undecided: tuple[Remark, ...] = ()
    effects: tuple[Effect, ...] = ()
    cases: tuple[dict[str, JSON], ...] = ()

    @property
    def input(self) -> Schema:
        """The schema of the input side."""
        return object_schema(
            {each.name: each.schema for each in self.inputs},
            [each.name for each in self.inputs if each.is_required],
            is_open=self.is_open,
        )

    @property
    def args(self) -> list[JSON]:
        """The arguments of a command: options first, then what stands without one."""
        options = [each.arg for each in self.inputs if each.arg and not each.is_positional]
        places = [each.arg for each in self.inputs if each.arg and each.is_positional]
        return [*options, *(["--"] if self.separator and places else []), *places]

    def values_of(self, member: str, *, only_sure: bool = False) -> list[JSON]:
        """What the effects say of ``member``, each once, in order."""
        found = (
            effect.value
            for effect in self.effects
            if effect.member == member and (effect.is_sure or not only_sure)
        )
        return [*dict.fromkeys(found)]


def object_schema(members: Mapping[str, Schema], required: list[str], *, is_open: bool) -> Schema:
    """The schema of an object with these members."""
    schema: Schema = {"type": "object", "additionalProperties": is_open}
    if required:
        schema["required"] = [*required]
    schema["properties"] = {**members}
    return schema


def is_plain(value: object, depth: int = MOST_DEPTH) -> bool:
    """Whether ``value`` is one that JSON has, that every reader reads alike, and that is not large."""
    if isinstance(value, list | dict):
        items = value.values() if isinstance(value, dict) else value
        is_named = not isinstance(value, dict) or all(
            isinstance(key, str) and is_unicode(key) for key in value
        )
        fits = is_named and depth > 0 and len(value) <= MOST_ITEMS
        return fits and all(is_plain(item, depth - 1) for item in items)
    if isinstance(value, str):
        return len(value) <= MOST_TEXT and is_unicode(value)
    if isinstance(value, int):
        return abs(value) <= MAX_SAFE_INTEGER
    try:
        return value is None or (isinstance(value, float) and bool(golden_bytes(value)))
    except ValueError:
        return False
