"""The second engine: whether `jsonschema` says the same of a value as jsonschema-rs does.

It judges how keywords work together. Patterns and formats stay with the first engine: Python's own
search can be kept busy by a contract, and the formats that the two know differ.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

import jsonschema
from jsonschema.protocols import Validator as ValidatorProtocol
from jsonschema.validators import extend
from referencing import Registry

from onex.core.lint import FORMATS
from onex.core.values import JSON
from onex_contract import registry


def accepts(schema: JSON, value: JSON) -> bool | None:
    """Whether the second engine accepts ``value``; None where it has no answer.

    ``schema`` is one that the contract lint has accepted.
    """
    try:
        # Nothing is fetched: the lint lets no reference leave the schema, and neither does this.
        validator = _kind()(
            cast("Mapping[str, JSON]", schema), registry=Registry(), format_checker=_formats()
        )
        return bool(validator.is_valid(value))
    except (RecursionError, OverflowError, ArithmeticError):
        return None


@cache
def _kind() -> type[ValidatorProtocol]:
    own = {
        "additionalProperties": _additional,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
    }
    kind = extend(jsonschema.Draft202012Validator, own)  # type: ignore[no-untyped-call]
    return cast("type[ValidatorProtocol]", kind)


@cache
def _formats() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker(())
    for name in FORMATS:
        judge = registry.compile_schema({"format": name})
        checker.checkers[name] = (judge.is_valid, ())
    return checker


@cache
def _has_form(pattern: str, text: str) -> bool:
    return registry.compile_schema({"pattern": pattern}).is_valid(text)


def _pattern(
    _: ValidatorProtocol, pattern: str, instance: JSON, __: JSON
) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not _has_form(pattern, instance):
        yield jsonschema.ValidationError("pattern")


def _pattern_properties(
    validator: ValidatorProtocol, patterns: dict[str, JSON], instance: JSON, _: JSON
) -> Iterator[jsonschema.ValidationError]:
    members = instance.items() if isinstance(instance, dict) else ()
    for pattern, schema in patterns.items():
        for name, value in members:
            if _has_form(pattern, name):
                yield from validator.descend(value, schema, path=name, schema_path=pattern)  # type: ignore[attr-defined]


def _additional(
    validator: ValidatorProtocol, schema: JSON, instance: JSON, whole: dict[str, dict[str, JSON]]
) -> Iterator[jsonschema.ValidationError]:
    members = instance.items() if isinstance(instance, dict) else ()
    for name, value in members:
        declared = name in whole.get("properties", {})
        if not declared and not any(_has_form(p, name) for p in whole.get("patternProperties", ())):
            yield from validator.descend(value, schema, path=name)  # type: ignore[attr-defined]
