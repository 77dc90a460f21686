"""The base of the models that ``onex gen models`` makes of a node's state contract.

What is generated stands on this module and on Pydantic alone. As with the models of onex's own
documents, the contract judges first and the class only gives names and types to what it lets pass.
"""

import functools
import json
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, model_validator

from onex_contract import registry
from onex_contract.model import refusal

if TYPE_CHECKING:
    import jsonschema_rs

    from onex_contract.registry import JSON


class StateModel(BaseModel):
    """A state, or an object inside of one.

    Attributes:
        contract: the JSON Schema of the states, as text; empty for a part of one, which is judged
            with the whole.

    Raises:
        pydantic.ValidationError: the contract refuses what was given; the error, of type
            ``json_schema``, carries the JSON pointer of the value that it refuses.
    """

    contract: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _contract_decides(cls, data: object) -> object:
        if cls.contract and isinstance(data, dict):
            validator = _validator(cls.contract)
            if not validator.is_valid(data):
                raise refusal(validator, data)
        return data

    def state(self) -> "dict[str, JSON]":
        """The state as it was given: what was left out stays out."""
        return self.model_dump(by_alias=True, exclude_unset=True)


@functools.cache
def _validator(contract: str) -> "jsonschema_rs.Validator":
    return registry.compile_schema(json.loads(contract))
