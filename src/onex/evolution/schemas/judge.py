"""One side of a contract as a judge of states: what it accepts, said by two engines.

A state is an object, and an input state is filled in with the defaults of its schema before it is
checked; a contract is judged here as the runtime applies it.
"""

from functools import cached_property
from typing import cast

from onex.core.contract import StateSchema
from onex.core.values import JSON
from onex.evolution.schemas.defaults import HeldError, loosened


class Judge:
    """What one side of a contract accepts.

    Args:
        schema: the schema of the states.
        filled: whether states are filled in before they are checked.

    Raises:
        SchemaRefusedError: the lint or the engine refuses the schema.
    """

    def __init__(self, schema: JSON, *, filled: bool = False) -> None:
        self._compiled = StateSchema(schema)
        self.fills = filled
        self.schema = schema

    @cached_property
    def reasoned(self) -> JSON:
        """A schema that takes exactly the states that are accepted; None where there is none."""
        schema = self.schema
        if self.fills:
            try:
                schema = loosened(schema)
            except HeldError:
                return None
        return states_of(schema)

    def accepts(self, value: JSON) -> bool:
        """Whether ``value`` is accepted."""
        return isinstance(value, dict) and self._compiled.is_valid(self._fill(value))

    def surely(self, value: JSON, *, accepted: bool) -> bool:
        """Whether both engines say so."""
        if self.accepts(value) != accepted:
            return False
        if not isinstance(value, dict):
            return True
        from onex.evolution.schemas import reference  # noqa: PLC0415 - slow to import, and wanted for few

        return reference.accepts(self.schema, self._fill(value)) == accepted

    def _fill(self, value: JSON) -> JSON:
        return self._compiled.with_defaults(value) if self.fills else value


def states_of(schema: JSON) -> JSON:
    """The schema of the states that ``schema`` takes: objects alone."""
    if not isinstance(schema, dict):
        return {"type": "object"} if schema is True else False
    kinds = schema.get("type", "object")
    if "object" not in cast("list[str]", kinds if isinstance(kinds, list) else [kinds]):
        return False
    return {**schema, "type": "object"}
