"""The base of every generated model: the canonical schema decides, the model types.

A model alone would judge differently: it reads "1" as a number, keeps the last of two aliases,
and cannot say what a pattern of keys says. So the schema object that a class was generated from
judges first, and the class only gives its members names and types.
"""

import functools
from typing import TYPE_CHECKING

from pydantic import BaseModel, model_validator
from pydantic_core import PydanticCustomError

from onex_contract import registry
from onex_contract.notebook import table

if TYPE_CHECKING:
    import jsonschema_rs

    from onex_contract.registry import JSON


class ContractModel(BaseModel):
    """A model of one schema object; the generated ones are frozen.

    Raises:
        pydantic.ValidationError: the canonical schema refuses what was given; the error, of type
            ``json_schema``, carries the JSON pointer of the value that it refuses.
    """

    @model_validator(mode="before")
    @classmethod
    def _canonical_schema_decides(cls, data: object) -> object:
        validator = _validator(cls)
        if validator is not None and isinstance(data, dict) and not validator.is_valid(data):
            raise refusal(validator, data)
        return data

    def document(self) -> "dict[str, JSON]":
        """The document as it was given: what was left out stays out, defaults included."""
        return self.model_dump(by_alias=True, exclude_unset=True)

    def _repr_html_(self) -> str:
        """The document as a table, which is how a notebook shows it."""
        return table(self.document())


@functools.cache
def _validator(cls: type[ContractModel]) -> "jsonschema_rs.Validator | None":
    """The validator of the schema that ``cls``, or what it is derived from, was made of."""
    return next(filter(None, (registry.titled(base.__name__) for base in cls.__mro__)), None)


def refusal(validator: "jsonschema_rs.Validator", data: "dict[str, JSON]") -> PydanticCustomError:
    """The error that says what a schema has against ``data``, and where."""
    error = next(validator.iter_errors(data))
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in error.instance_path)
    pointer = "".join(f"/{step}" for step in steps)
    place = pointer or "the whole document"
    context = {"pointer": pointer, "message": error.message, "place": place}
    return PydanticCustomError("json_schema", "{place}: {message}", context)
