"""ONX605: a Python function takes what its contract says."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from onex.core.document import JSON
from onex.core.schema import MOST
from onex.core.text import printable
from onex.core.words import shorten, suggest
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.code import Function, Parameter

COMPOSED = frozenset(
    "$ref $dynamicRef allOf anyOf oneOf not if dependentSchemas dependentRequired "
    "patternProperties propertyNames unevaluatedProperties".split()
)
"""Keywords by which a schema says more of its properties than `properties` and `required` do."""


class Fault(NamedTuple):
    """One difference: the parameter, or None for the function; what it is; what was meant."""

    parameter: "Parameter | None"
    message: str
    help: str | None = None


def check(subject: Subject) -> Iterator[Finding]:
    """Each difference between the function's parameters and the input side of the contract."""
    code, side = subject.code, subject.sides.get("input")
    if not code or not code.function or code.function.parameters is None or code.is_open:
        return
    schema = side.schema if side else None
    if not isinstance(schema, dict) or code.function.kind != "function":
        return
    for fault in islice(_faults(code.function, code.function.parameters, schema), MOST):
        at = fault.parameter.at if fault.parameter else code.function.at
        yield RULE.finding(
            code.place, fault.message, at=at, node_id=subject.node_id, help=fault.help
        )


def _faults(
    function: "Function", parameters: "tuple[Parameter, ...]", schema: dict[str, JSON]
) -> Iterator[Fault]:
    members, required = schema.get("properties", {}), schema.get("required", [])
    if not isinstance(members, dict) or not isinstance(required, list):
        return
    is_whole = COMPOSED.isdisjoint(schema)
    for parameter in parameters:
        yield from _of_parameter(parameter, members, required, is_whole=is_whole)
    names = [parameter.name for parameter in parameters]
    for name in members if not function.takes_more else ():
        if name not in names:
            message = (
                f"the contract has an input '{printable(name)}', but the function does not take it"
            )
            yield Fault(None, message, suggest(name, names))


def _of_parameter(
    parameter: "Parameter", members: Mapping[str, JSON], required: list[JSON], *, is_whole: bool
) -> Iterator[Fault]:
    """What is to be said of one parameter."""
    name = parameter.name
    if not parameter.by_name:
        message = f"the parameter '{name}' can only be given by its position, but a state is given by names"
        yield Fault(parameter, message, "remove the '/' behind it")
        return
    member = members.get(name)
    if name not in members:
        if is_whole:
            yield from _of_unknown(parameter, members, required)
    elif not parameter.optional and name not in required and is_whole and not _has_default(member):
        message = (
            f"the parameter '{name}' has no default, but the contract does not require '{name}'"
        )
        yield Fault(parameter, message)
    elif parameter.optional and name in required:
        message = f"the parameter '{name}' has a default that is never used: the contract requires '{name}'"
        yield Fault(parameter, message)
    elif parameter.default and isinstance(member, dict) and "default" in member:
        yield from _of_defaults(parameter, member["default"])


def _of_unknown(
    parameter: "Parameter", members: Mapping[str, JSON], required: list[JSON]
) -> Iterator[Fault]:
    """A parameter that is no property of the contract."""
    if parameter.name in required:
        return
    message = f"the parameter '{parameter.name}' is no input of the contract"
    yield Fault(parameter, message, suggest(parameter.name, members))


def _of_defaults(parameter: "Parameter", promised: JSON) -> Iterator[Fault]:
    """Two defaults of which only the contract's ever counts."""
    own = parameter.default[0]
    if (type(own) is bool, own) != (type(promised) is bool, promised):
        message = (
            f"the parameter '{parameter.name}' has the default {shorten(own)}, "
            f"but the contract's is {shorten(promised)}, and that one is used"
        )
        yield Fault(parameter, message)


def _has_default(member: JSON) -> bool:
    """Whether the contract fills the property in, as far as it says so at the place itself."""
    return isinstance(member, dict) and ("default" in member or "$ref" in member)


RULE = Rule(
    code="ONX605",
    name="signature",
    edition="2027",
    preview=True,
    purpose="A Python function takes the properties of its input contract by name, and needs those alone that the contract requires.",
    why="Where signature and contract differ, a state that the contract accepts makes the function raise a TypeError.",
    bad="""\
# def run(text, limit)
input:
  type: object
  required: [text]
  properties: {text: {type: string}}
""",
    good="""\
# def run(text, limit=10)
input:
  type: object
  required: [text]
  properties:
    text: {type: string}
    limit: {type: integer}
""",
    fix="make the function take what the contract says, or correct the contract, then run `onex lock`",
    node=check,
)
