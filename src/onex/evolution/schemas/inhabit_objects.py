"""Objects of a schema in canonical form, or the proof that it takes none.

A canonical schema may ask that some member breaks another schema: its name, its value where it is
not declared, its value where its name has a form. Such members are sought kind by kind.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias, cast

from onex.core.values import JSON
from onex.evolution.schemas.algebra import both, canonical, without
from onex.evolution.schemas.samples import NOTHING, Looks, Sample, distinct
from onex_contract import registry

if TYPE_CHECKING:
    from jsonschema_rs import CanonicalSchema
    from jsonschema_rs import canonical as engine

    Violation: TypeAlias = (
        engine.NameFailsView | engine.UndeclaredValueFailsView | engine.PatternValueFailsView
    )

MOST_MEMBERS = 200
MOST_TRIED = 24
TURNS = 4

_Member: TypeAlias = tuple[str, list[JSON]]


def sample(look: Looks, view: "engine.ObjectView", depth: int) -> Sample:
    """Objects that the view takes, or that there are none."""
    return _Objects(look, view, depth).sample()


class _Objects:
    """The objects of one view."""

    def __init__(self, look: Looks, view: "engine.ObjectView", depth: int) -> None:
        self._look, self._view, self._depth = look, view, depth
        self._properties = view.properties
        self._patterns = view.pattern_properties
        self._additional = view.additional_properties
        self._names = view.property_names

    def sample(self) -> Sample:
        needed: list[_Member] = []
        for name in self._view.required[:MOST_MEMBERS]:
            found = self._look.at(self._value(name), self._depth)
            if found.none:
                return NOTHING
            needed.append((name, found.values))
        broken: list[list[_Member]] = []
        for violation in self._view.violations:
            members, none = self._violate(violation)
            if none:
                return NOTHING
            broken.append(members)
        return Sample(distinct(self._objects(needed, broken), MOST_TRIED))

    def _value(self, name: str) -> "CanonicalSchema":
        """What the member ``name`` must be."""
        found = self._properties.get(name)
        declared = [found] if found is not None else []
        declared += [part for form, part in self._patterns.items() if _has_form(name, form)]
        if not declared:
            return _anything() if self._additional is None else self._additional
        whole = declared[0]
        for part in declared[1:]:
            whole = both(whole, part)
        return whole

    def _violate(self, violation: "Violation") -> tuple[list[_Member], bool]:
        """Members that break what ``violation`` says some member breaks, and whether none can."""
        from jsonschema_rs import canonical as engine  # noqa: PLC0415 - imported when this is called

        if isinstance(violation, engine.NameFailsView):
            bad = without(self._named({}), violation.schema)
            if bad is None:
                return [], False
            names = self._look.at(bad, self._depth)
            members = [(str(name), self._values(str(name))) for name in names.values]
            return members, names.none
        if isinstance(violation, engine.UndeclaredValueFailsView):
            apart: dict[str, JSON] = {
                "not": {"anyOf": [{"enum": [*violation.names]}, *_forms(violation.patterns)]}
            }
            return self._fail(apart, violation.additional)
        return self._fail({"pattern": violation.pattern}, violation.schema)

    def _fail(
        self, apart: dict[str, JSON], schema: "CanonicalSchema"
    ) -> tuple[list[_Member], bool]:
        """Members with a name as in ``apart`` whose value breaks ``schema``, and whether none can."""
        found: list[_Member] = []
        none = True
        for names, value in self._kinds(apart):
            if names.none:
                continue
            bad = without(value, schema)
            values = Sample() if bad is None else self._look.at(bad, self._depth)
            none = none and values.none
            if values.values:
                found += [(str(name), values.values) for name in names.values]
        return found, none

    def _kinds(self, apart: dict[str, JSON]) -> Iterator[tuple[Sample, "CanonicalSchema"]]:
        """The kinds of members with a name as in ``apart``: their names, and what they must be."""
        for name in list(self._properties)[:MOST_MEMBERS]:
            fits = registry.compile_schema({"type": "string", **apart}).is_valid(name)
            yield Sample([name], none=not fits), self._value(name)
        forms = _forms(list(self._patterns))
        for form, value in self._patterns.items():
            yield (
                self._look.at(self._named({"allOf": [apart, {"pattern": form}]}), self._depth),
                value,
            )
        others: JSON = {"not": {"anyOf": [{"enum": list(self._properties)}, *forms]}}
        rest = _anything() if self._additional is None else self._additional
        yield self._look.at(self._named({"allOf": [apart, others]}), self._depth), rest

    def _named(self, more: dict[str, JSON]) -> "CanonicalSchema":
        """The names of members for which ``more`` holds."""
        names = canonical({"type": "string", **more})
        return both(names if names is not None else _anything(), self._names)

    def _values(self, name: str) -> list[JSON]:
        return self._look.at(self._value(name), self._depth).values

    def _objects(self, needed: list[_Member], broken: list[list[_Member]]) -> list[JSON]:
        """Objects with what is needed, then with one more member, or one other value."""
        bases = [self._base(needed, broken, turn) for turn in range(TURNS)]
        found: list[JSON] = [*bases]
        base = bases[0]
        taken = {name for members in broken for name, _ in members[:1]}
        for name in list(self._properties)[:MOST_TRIED]:
            if name not in taken:
                found += [{**base, name: value} for value in self._values(name)[:3]]
        names = self._look.at(self._named({"not": {"enum": list(self._properties)}}), self._depth)
        for more in map(str, names.values[:2]):
            found += [{**base, more: value} for value in self._values(more)[:2]]
        return found

    def _base(
        self, needed: list[_Member], broken: list[list[_Member]], turn: int
    ) -> dict[str, JSON]:
        base: dict[str, JSON] = {}
        for name, values in needed:
            base[name] = values[turn % len(values)] if values else None
        for members in broken:
            if members:
                name, values = members[turn % len(members)]
                base[name] = values[turn // len(members) % len(values)] if values else None
        least = min(self._view.min_properties or 0, MOST_MEMBERS)
        for name in self._more_names(base):
            if len(base) >= least:
                break
            values = self._values(name)
            if values:
                base[name] = values[turn % len(values)]
        return base

    def _more_names(self, base: dict[str, JSON]) -> Iterator[str]:
        """Names of members that may come on top."""
        yield from (name for name in self._properties if name not in base)
        known = self._look.at(self._named({}), self._depth).values
        yield from (str(name) for name in known if name not in base)
        yield from (f"a{number}" for number in range(MOST_MEMBERS))


def _forms(patterns: list[str]) -> list[JSON]:
    return [cast("JSON", {"pattern": form}) for form in patterns]


def _has_form(name: str, form: str) -> bool:
    return registry.compile_schema({"pattern": form}).is_valid(name)


def _anything() -> "CanonicalSchema":
    found = canonical({})
    if found is None:
        message = "the engine has no form for the schema that takes everything"
        raise AssertionError(message)
    return found
