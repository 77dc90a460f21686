"""Documents held to their schemas, and refused with the place of the first problem."""

from onex.core.schema import problems
from onex.core.values import JSON
from onex.errors import DocumentError
from onex_contract import registry


def require(name: str, value: JSON, path: str, *, line: int = 1, at: str = "") -> None:
    """Do nothing when ``value`` keeps the schema ``name``.

    Args:
        name: the schema.
        value: the document, or a line of it.
        path: the file, for the message.
        line: the line of the file that the value stands on.
        at: what else to say about the place.

    Raises:
        DocumentError: it does not.
    """
    validator = registry.validator(name)
    if validator.is_valid(value):
        return
    problem = problems(validator, registry.schema(name), value)[0]
    pointer = f"{problem.pointer}: " if problem.pointer else ""
    raise DocumentError(
        path,
        f"{at}{pointer}{problem.message}",
        line=line,
        pointer=problem.pointer,
        help=problem.hint or problem.about,
    )
