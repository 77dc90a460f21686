"""What is known of the values that a schema takes: a few of them, or that there are none.

Values are guesses that whoever wants them checks; that there are none is proven.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from onex.core.canonical import golden_text
from onex.core.values import JSON

if TYPE_CHECKING:
    from jsonschema_rs import CanonicalSchema

MOST_VALUES = 12
"""How many values of one schema are looked at."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of a schema, the plainest first.

    Attributes:
        values: values that the schema should take.
        none: whether it is proven that it takes none.
    """

    values: list[JSON] = field(default_factory=list)
    none: bool = False


NOTHING = Sample(none=True)
UNKNOWN = Sample()


class Looks(Protocol):
    """Whoever looks for values of schemas; see ``onex.evolution.schemas.inhabit``."""

    def at(self, schema: "CanonicalSchema", depth: int = 0) -> Sample:
        """Values that ``schema`` takes, or that there are none."""
        ...


def distinct(values: Iterable[JSON], most: int = MOST_VALUES) -> list[JSON]:
    """The first ``most`` of ``values`` that are spelt differently."""
    found: dict[str, JSON] = {}
    for value in values:
        found.setdefault(golden_text(value), value)
        if len(found) == most:
            break
    return list(found.values())


def round_robin(lists: Iterable[list[JSON]]) -> list[JSON]:
    """The first of each list, then the second of each, and so on."""
    rows = list(lists)
    longest = max(map(len, rows), default=0)
    return [row[index] for index in range(longest) for row in rows if index < len(row)]
