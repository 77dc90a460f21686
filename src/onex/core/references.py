"""Where the references of a schema lead, and how often they make it judge one value.

References that go in a circle never end, and references that meet again multiply: a few dozen of
them make an engine judge one value 2^25 times. Both are counted here before an engine sees them.
"""

from collections.abc import Iterable, Iterator

from onex.core.canonical import escape
from onex.core.values import JSON

IN_PLACE = frozenset("allOf anyOf oneOf not if then else dependentSchemas".split())
"""Keywords that judge the same value again; a circle of them never ends."""

ANY_MEMBER = "*"
"""Stands for every member of a value, where a keyword is about more than one of them."""

MOST_WORK = 1_000_000
"""How many steps the counting itself may take."""

TOO_MANY = 1 << 62


def pointer_of(reference: str, root: str, anchors: dict[str, str]) -> str | None:
    """The pointer that ``reference``, which begins with `#`, means; None for an unknown anchor.

    Args:
        reference: the value of a `$ref`.
        root: the pointer of the schema that `#` stands for.
        anchors: the pointer of each anchor.
    """
    name = reference[1:]
    if "%" in name:
        from urllib.parse import unquote  # noqa: PLC0415 - few references are spelt with escapes

        name = unquote(name)
    return root + name if name.startswith("/") or not name else anchors.get(name)


def joined(base: str, reference: str) -> tuple[str, str]:
    """The URI that ``reference`` means in a schema called ``base``, and its fragment.

    What is no URI, such as `http://[`, means what it says; nothing is called that.
    """
    from urllib.parse import urljoin  # noqa: PLC0415 - references that leave a schema are few

    try:
        whole = urljoin(base, reference)
    except ValueError:
        whole = reference
    uri, _, fragment = whole.partition("#")
    return uri, fragment


class Graph:
    """Which schemas inside a schema lead to which.

    Args:
        places: each schema by its pointer, the root first.
        targets: for a schema with references, the pointers that they mean.
    """

    def __init__(self, places: dict[str, JSON], targets: dict[str, list[str]]) -> None:
        self._inside = {
            place: [*_in_place(place, item), *targets.get(place, [])]
            for place, item in places.items()
        }
        self._below = {
            place: [(key, child) for key, child in _below(place, item) if child in places]
            for place, item in places.items()
        }

    def circle(self) -> str | None:
        """A schema that ends up judging the same value by itself again, or None."""
        done: set[str] = set()
        for start in self._inside:
            stack = [(start, iter(self._inside[start]))] if start not in done else []
            open_places = {start}
            while stack:
                place, rest = stack[-1]
                step = next((target for target in rest if target not in done), None)
                if step is None:
                    done.add(place)
                    open_places.discard(place)
                    stack.pop()
                elif step in open_places:
                    return place
                else:
                    open_places.add(step)
                    stack.append((step, iter(self._inside.get(step, []))))
        return None

    def checks(self) -> int:
        """How many checks one chain of nested values takes where no schema comes up twice.

        What is recursive counts once: the engine remembers what it has judged by it.
        """
        every = {
            place: [*self._inside[place], *(child for _, child in self._below[place])]
            for place in self._inside
        }
        weight: dict[str, int] = {}
        self._count(post_order(every), weight, weight)
        return max(weight.values(), default=0)

    def checks_at(self, depth: int, most: int) -> int:
        """How many checks a chain of ``depth`` nested values takes at most, recursion followed.

        The count stops when it has passed ``most``.
        """
        order = post_order(self._inside)
        known: dict[str, int] = {}
        count = 0
        for _ in range(depth + 1):
            weight: dict[str, int] = {}
            self._count(order, known, weight)
            count = max(weight.values(), default=0)
            if count > most:
                break
            known = weight
        return count

    def _count(self, order: list[str], known: dict[str, int], weight: dict[str, int]) -> None:
        """Fill ``weight`` with the checks of each schema, from those ``known`` of members."""
        own: dict[str, int] = {}
        demands: dict[str, dict[str, int]] = {}
        work = 0
        for place in order:
            demand: dict[str, int] = {}
            for target in self._inside.get(place, []):
                for key, checks in demands.get(target, {}).items():
                    demand[key] = demand.get(key, 0) + checks
                work += len(demands.get(target, ())) + 1
            for key, child in self._below.get(place, []):
                demand[key] = demand.get(key, 0) + known.get(child, 0)
            own[place] = 1 + sum(own.get(target, 0) for target in self._inside.get(place, []))
            demands[place] = demand
            most = max((n for key, n in demand.items() if key != ANY_MEMBER), default=0)
            weight[place] = own[place] + demand.get(ANY_MEMBER, 0) + most
            if work > MOST_WORK:
                weight[place] = TOO_MANY
                return


def post_order(edges: dict[str, list[str]]) -> list[str]:
    """The places, each behind those that it leads to, where they do not lead in a circle."""
    order: list[str] = []
    seen: set[str] = set()
    for start, first in edges.items():
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(first))]
        while stack:
            place, rest = stack[-1]
            step = next((target for target in rest if target not in seen), None)
            if step is None:
                order.append(place)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(edges.get(step, []))))
    return order


def _in_place(pointer: str, schema: JSON) -> Iterator[str]:
    """The pointers of the subschemas that judge the same value as ``schema``."""
    if not isinstance(schema, dict):
        return
    for key in IN_PLACE.intersection(schema):
        value = schema[key]
        if isinstance(value, list):
            yield from (f"{pointer}/{key}/{index}" for index in range(len(value)))
        elif key == "dependentSchemas":
            yield from (f"{pointer}/{key}/{escape(name)}" for name in _names(value))
        else:
            yield f"{pointer}/{key}"


def _below(pointer: str, schema: JSON) -> Iterator[tuple[str, str]]:
    """The pointers of the subschemas that judge members, each with the member that it judges."""
    if not isinstance(schema, dict):
        return
    for name in _names(schema.get("properties")):
        yield name, f"{pointer}/properties/{escape(name)}"
    for name in _names(schema.get("patternProperties")):
        yield ANY_MEMBER, f"{pointer}/patternProperties/{escape(name)}"
    listed = schema.get("prefixItems")
    for index in range(len(listed) if isinstance(listed, list) else 0):
        yield f"[{index}]", f"{pointer}/prefixItems/{index}"
    for key in (
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "items",
        "contains",
        "unevaluatedItems",
    ):
        yield ANY_MEMBER, f"{pointer}/{key}"


def _names(value: JSON) -> Iterable[str]:
    return value if isinstance(value, dict) else ()
