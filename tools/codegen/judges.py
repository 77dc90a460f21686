"""Who judges whether a value keeps a schema: the engine, the reference, and the generated model.

The reference reads the hand-written schemas, not their bundles, so that a fault of the bundling
shows as a disagreement.
"""

import functools
import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

import jsonschema
from pydantic import BaseModel, RootModel, ValidationError
from referencing import Registry, Resource

from onex.core.document import JSON
from onex.core.fielddocs import read_folder
from onex_contract import registry
from onex_contract.files import schema_dir
from onex_contract.model import ContractModel

_Rules: TypeAlias = bool | Mapping[str, Any]  # what the engine's own types call a schema


def documents() -> tuple[str, ...]:
    """The names of the schemas that documents are written in; the others only lend definitions."""
    return tuple(name for name in registry.names() if {"type", "oneOf"} & {*registry.schema(name)})


def engine(name: str, value: JSON) -> bool:
    """The verdict of the bundled schema in the engine that onex runs."""
    return registry.validator(name).is_valid(value)


def reference(name: str, value: JSON) -> bool:
    """The verdict of the hand-written schema in the reference engine."""
    schemas, known = _hand_written()
    return jsonschema.Draft202012Validator(schemas[name], registry=known).is_valid(value)


def model(name: str, value: JSON) -> bool:
    """The verdict of the generated model."""
    try:
        model_class(name).model_validate(value)
    except ValidationError:
        return False
    return True


JUDGES: Mapping[str, Callable[[str, JSON], bool]] = {
    "engine": engine,
    "reference": reference,
    "model": model,
}


def verdicts(name: str, value: JSON) -> dict[str, bool]:
    """What each judge says of ``value`` as a document of the schema ``name``."""
    return {judge: accepts(name, value) for judge, accepts in JUDGES.items()}


@functools.cache
def model_class(name: str) -> type[BaseModel]:
    """The generated model of the documents of the schema ``name``."""
    found: type[BaseModel] = getattr(
        importlib.import_module(f"onex_models.{name}"), str(registry.schema(name)["title"])
    )
    return found


def dump(name: str, value: JSON) -> JSON:
    """``value`` as the generated model gives it back.

    Raises:
        pydantic.ValidationError: the model refuses it.
    """
    parsed = model_class(name).model_validate(value)
    contract = parsed.root if isinstance(parsed, RootModel) else parsed
    if not isinstance(contract, ContractModel):
        message = f"{type(contract).__name__} does not stand on the contract base"
        raise TypeError(message)
    return contract.document()


def same(left: JSON, right: JSON) -> bool:
    """Whether two values are one JSON value: true is no number, and 1.0 is the number 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


@functools.cache
def _hand_written() -> tuple[dict[str, _Rules], Registry[_Rules]]:
    schemas = {
        name: cast("_Rules", _ecma(schema)) for name, schema in read_folder(schema_dir()).items()
    }
    resources = [Resource.from_contents(schema) for schema in schemas.values()]
    return schemas, resources @ Registry()


def _ecma(schema: JSON) -> JSON:
    """``schema`` with its patterns in Python's spelling of what ECMA-262 says.

    JSON Schema's `$` is the end of the text; Python's also matches before a line end there.
    """
    if isinstance(schema, list):
        return [_ecma(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _end_of_text(item)
        if key == "pattern" and isinstance(item, str)
        else {_end_of_text(name): _ecma(part) for name, part in item.items()}
        if key == "patternProperties" and isinstance(item, dict)
        else _ecma(item)
        for key, item in schema.items()
    }


def _end_of_text(pattern: str) -> str:
    return re.sub(r"(?<!\\)\$", r"\\Z", pattern)
