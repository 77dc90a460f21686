"""Documents held to their schemas, and refused with the place of the first problem."""

from onex.core.schema import problems
from onex.core.values import JSON
from onex.errors import DocumentError
from onex_contract import registry


def require(  # noqa: PLR0913 - what, against what, and where
    name: str,
    value: JSON,
    path: str,
    *,
    line: int = 1,
    at: str = "",
    definition: str | None = None,
) -> None:
    """Do nothing when ``value`` keeps the schema ``name``.

    Args:
        name: the schema.
        value: the document, or a line of it.
        path: the file, for the message.
        line: the line of the file that the value stands on.
        at: what else to say about the place.
        definition: the part of the schema that is meant, where it is known.

    Raises:
        DocumentError: it does not.
    """
    validator = registry.validator(name, definition=definition)
    if validator.is_valid(value):
        return
    schema = registry.schema_at(name, f"/$defs/{definition}" if definition else "")
    problem = problems(validator, schema, value)[0]
    pointer = f"{problem.pointer}: " if problem.pointer else ""
    raise DocumentError(
        path,
        f"{at}{pointer}{problem.message}",
        line=line,
        pointer=problem.pointer,
        help=problem.hint or problem.about,
    )
