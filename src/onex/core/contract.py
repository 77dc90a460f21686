"""State contracts: what states a node takes and gives, in a file of its own or in node.onex.

A contract is hostile until it is linted and compiled; ``StateSchema`` does both, so a schema that
exists is safe to judge with: linear-time patterns, no reference that leaves it, no network.
"""

import copy
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias, cast

from onex.core.document import JSON, Document
from onex.core.lint import MOST_CHECKS, anchors_of, lint, reference_graph
from onex.core.places import split_pointer
from onex.core.references import pointer_of
from onex.core.schema import Problem, describe, problems
from onex.errors import DocumentError
from onex_contract import registry
from onex_types.state_contract import Case, StateContract

PATTERN_HELP = "write it without look-around and references back, and close what it opens"
KEYWORD_HELP = "write what JSON Schema 2020-12 says that the keyword takes"


Origin: TypeAlias = tuple[Document, str]
"""The document that a definition was put in from, and its pointer there."""


class StateSchema:
    """One side of a contract, compiled.

    Args:
        schema: the JSON Schema 2020-12 of the states.

    Raises:
        SchemaRefusedError: the lint or the engine refuses the schema.
    """

    def __init__(self, schema: JSON) -> None:
        found = lint(schema)
        if found:
            raise SchemaRefusedError(found)
        import jsonschema_rs  # noqa: PLC0415 - the engine is wanted only when something is judged

        try:
            self._validator = registry.compile_schema(schema)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            raise SchemaRefusedError([_engine_problem(error)]) from error
        self.schema = schema

    def is_valid(self, state: JSON) -> bool:
        """Whether ``state`` keeps the contract."""
        return self._validator.is_valid(state)

    def problems(self, state: JSON) -> list[Problem]:
        """Everything that the contract has against ``state``."""
        if self.is_valid(state):
            return []
        # The engine judges by a recursive schema in no time, but would tell the faults of a deep
        # state once for each way through the schema.
        graph, depth = reference_graph(self.schema), _depth(state)
        if graph and graph.checks_at(depth, MOST_CHECKS) > MOST_CHECKS:
            message = f"a state {depth} levels deep does not keep the contract, which is too intricate to tell why"
            return [Problem(pointer="", message=message, keyword="depth")]
        return problems(self._validator, self.schema, state)

    def with_defaults(self, state: JSON) -> JSON:
        """``state`` with what it leaves out filled in from the schema's `default` values."""
        return _fill(self.schema, self.schema, state)


class SchemaRefusedError(ValueError):
    """A schema in a contract is not one to judge with; ``problems`` says why."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(found[0].message)
        self.problems = found


@dataclass(frozen=True)
class Contract:
    """The state contract of one node.

    Attributes:
        value: the contract, complete with the shared schemas that it refers to.
        document: the document that it stands in.
        base: the JSON pointer of the contract in that document; empty when it has its own.
        origins: for each side, where the definitions that were put in came from.
        faults: what is wrong with the shared schemas; none was put in then.
        sources: the bytes of the shared files that were read, by their paths.
    """

    value: StateContract
    document: Document
    base: str
    origins: Mapping[str, Mapping[str, Origin]] = field(default_factory=dict)
    faults: Sequence[DocumentError] = ()
    sources: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def input(self) -> StateSchema:
        """The input side, compiled.

        Raises:
            DocumentError: the schema is refused.
        """
        return self._compile("input")

    @cached_property
    def output(self) -> StateSchema:
        """The output side, compiled.

        Raises:
            DocumentError: the schema is refused.
        """
        return self._compile("output")

    @property
    def cases(self) -> list[Case]:
        """The examples, in the author's order."""
        return self.value.get("cases", [])

    def place(self, side: str, pointer: str) -> Origin:
        """Where ``pointer`` of the schema ``side`` is written: the document, and the pointer in it."""
        steps = pointer.split("/", 3)
        if steps[1:2] == ["$defs"] and side in self.origins:
            origin = self.origins[side].get(steps[2])
            if origin is not None:
                return origin[0], "/".join([origin[1], *steps[3:]])
        return self.document, f"{self.base}/{side}{pointer}"

    def advised(self, error: SchemaRefusedError, side: str) -> list[Problem]:
        """Why the schema ``side`` is refused; a reference that leaves it names the file to share."""
        if not any(problem.keyword == "$ref" for problem in error.problems):
            return error.problems
        from onex.core import shared  # noqa: PLC0415 - wanted for references that are refused alone

        folder = os.path.dirname(self.document.path)
        schema = cast("dict[str, JSON]", self.value)[side]
        return shared.advise(error.problems, schema, folder, self.sources)

    def _compile(self, side: str) -> StateSchema:
        if self.faults:
            raise self.faults[0]
        try:
            return StateSchema(cast("dict[str, JSON]", self.value)[side])
        except SchemaRefusedError as error:
            problem = self.advised(error, side)[0]
            source, pointer = self.place(side, problem.pointer)
            line, column = source.locate(pointer, key=problem.at_key)
            raise DocumentError(
                source.path,
                problem.message,
                line=line,
                column=column,
                pointer=pointer,
                help=problem.hint or problem.about,
            ) from error


def _engine_problem(error: Exception) -> Problem:
    """Why the engine does not compile a schema."""
    import jsonschema_rs  # noqa: PLC0415 - imported already when this is called

    if isinstance(error, jsonschema_rs.ValidationError) and error.kind.name != "$ref":
        problem = next(describe(error, {}))
        hint = problem.hint or (PATTERN_HELP if problem.keyword == "format" else KEYWORD_HELP)
        is_name = error.instance_path[-2:-1] == ["patternProperties"]
        return replace(problem, keyword="schema", key=is_name, hint=hint)
    message = f"not a usable schema: {str(error).partition(chr(10))[0]}"
    return Problem(pointer="", message=message, keyword="schema", hint=KEYWORD_HELP)


def _depth(state: JSON) -> int:
    """How many objects and arrays of ``state`` lie in each other, at most."""
    deepest = 0
    stack = [(state, 0)]
    while stack:
        item, depth = stack.pop()
        deepest = max(deepest, depth)
        if isinstance(item, dict | list):
            children = item.values() if isinstance(item, dict) else item
            stack += [(child, depth + 1) for child in children]
    return deepest


def _fill(root: JSON, schema: JSON, state: JSON) -> JSON:
    """``state`` with the defaults of ``schema`` filled in, through references inside ``root``."""
    schema = follow(root, schema)
    if not isinstance(schema, dict) or not isinstance(state, dict):
        return state
    properties = schema.get("properties", {})
    filled = dict(state)
    for name, child in properties.items() if isinstance(properties, dict) else ():
        if name in filled:
            filled[name] = _fill(root, child, filled[name])
        else:
            target = follow(root, child)
            if isinstance(target, dict) and "default" in target:
                filled[name] = copy.deepcopy(target["default"])
    return filled


def follow(root: JSON, schema: JSON) -> JSON:
    """The schema that ``schema`` refers to; the lint has made sure that this ends."""
    while isinstance(schema, dict) and "default" not in schema:
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            break
        anchors = {} if reference[1:2] in {"", "/"} else anchors_of(root)
        target: JSON = root
        for part in split_pointer(pointer_of(reference, "", anchors) or ""):
            target = target[int(part)] if isinstance(target, list) else target[part]  # type: ignore[index]
        schema = target
    return schema
