"""Values of a schema in the engine's canonical form, or the proof that it takes none.

The engine reckons with schemas - what both take, what one takes and the other does not - and leaves
open whether anything is left. Here it is looked at piece by piece.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from onex.core.values import JSON
from onex.evolution.schemas import inhabit_arrays, inhabit_objects, inhabit_texts, numbers
from onex.evolution.schemas.samples import NOTHING, UNKNOWN, Sample, distinct, round_robin

if TYPE_CHECKING:
    from jsonschema_rs import CanonicalSchema, canonical

MOST_STEPS = 1_000
MOST_DEPTH = 12

ATOMS: dict[str, list[JSON]] = {
    "null": [None],
    "boolean": [True, False],
    "integer": [0, 1, -1, 2],
    "number": [0, 1, 0.5, -1, -1.5],
    "string": ["a", "ab", "0", "", "A b", "2024-02-29", "a@example.com"],
    "array": [[], [0], ["a"], [None, None], [1, 2]],
    "object": [{}, {"a": 0}, {"a": "a", "b": None}],
}
"""Plain values of each type."""


@dataclass(slots=True)
class Look:
    """One look at a schema; it ends after so many steps, whatever the schema.

    Attributes:
        left: how many more schemas are looked at.
    """

    left: int = MOST_STEPS

    def at(self, schema: "CanonicalSchema", depth: int = 0) -> Sample:
        """Values that ``schema`` takes, or that there are none."""
        self.left -= 1
        if self.left < 0 or depth > MOST_DEPTH:
            return UNKNOWN
        if schema.satisfiability().value == "no":
            return NOTHING
        return self._view(schema, schema.view(), depth + 1)

    def _view(
        self, schema: "CanonicalSchema", view: "canonical.CanonicalViewType", depth: int
    ) -> Sample:
        from jsonschema_rs import canonical  # noqa: PLC0415 - imported when this is called

        match view:
            case canonical.AnyOfView() | canonical.OneOfView() | canonical.AllOfView():
                found = [self.at(branch, depth) for branch in view.branches]
                none = any if isinstance(view, canonical.AllOfView) else all
                return Sample(_mixed(found), none=none(sample.none for sample in found))
            case canonical.ReferenceView():
                target = schema.definition(view.uri)
                return UNKNOWN if target is None else self.at(target, depth)
            case canonical.TypedGroupView():
                inside = self.at(view.body, depth)
                return Sample([*inside.values, *ATOMS[view.type_name]], none=inside.none)
            case canonical.ArrayView():
                return inhabit_arrays.sample(self, view, depth)
            case canonical.ObjectView():
                return inhabit_objects.sample(self, view, depth)
        return _plain(view)


def _plain(view: "canonical.CanonicalViewType") -> Sample:
    """Values of a schema that holds no others."""
    from jsonschema_rs import canonical  # noqa: PLC0415 - imported when this is called

    found = Sample(distinct(round_robin(ATOMS.values())))
    match view:
        case canonical.ConstView():
            found = Sample([view.value])  # type: ignore[list-item]
        case canonical.EnumView():
            found = Sample(list(view.values))  # type: ignore[arg-type]
        case canonical.StringView():
            found = inhabit_texts.sample(view)
        case canonical.IntegerView():
            found = numbers.sample(_whole(view))
        case canonical.NumberView():
            found = numbers.sample(_real(view))
        case canonical.MultiTypeView():
            found = Sample(distinct(round_robin(ATOMS[name] for name in view.types)))
        case canonical.FalseView():
            found = NOTHING
    return found


def _mixed(found: list[Sample]) -> list[JSON]:
    return distinct(round_robin(sample.values for sample in found))


def _whole(view: "canonical.IntegerView") -> numbers.Bounds:
    return numbers.Bounds(
        low=None if view.minimum is None else numbers.exact(view.minimum),
        high=None if view.maximum is None else numbers.exact(view.maximum),
        steps=(Fraction(1), *_exact(view.multiple_of)),
        not_steps=_exact(view.not_multiple_of),
    )


def _real(view: "canonical.NumberView") -> numbers.Bounds:
    return numbers.Bounds(
        low=None if view.minimum is None else numbers.exact(view.minimum),
        high=None if view.maximum is None else numbers.exact(view.maximum),
        open_low=view.exclusive_minimum,
        open_high=view.exclusive_maximum,
        steps=_exact(view.multiple_of),
        not_steps=(*_exact(view.not_multiple_of), *([Fraction(1)] * view.excludes_integers)),
    )


def _exact(written: Iterable[float | Decimal]) -> tuple[Fraction, ...]:
    """The steps that can be reckoned with; to leave one out is to ask for less."""
    return tuple(step for number in written if (step := numbers.exact(number)))
