"""The types of Python by name, and what each is in JSON."""

from onex.infer.proposal import Schema

PLAIN: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "None": {"type": "null"},
    "dict": {"type": "object"},
    "list": {"type": "array"},
    "Any": {},
    "object": {},
    "AnyStr": {"type": "string"},
    "LiteralString": {"type": "string"},
    "Number": {"type": "number"},
}

LISTS = frozenset(
    "list List Sequence MutableSequence Collection Iterable Iterator Generator".split()
)
SETS = frozenset("set Set frozenset FrozenSet AbstractSet MutableSet".split())
TUPLES = frozenset({"tuple", "Tuple"})
MAPPINGS = frozenset("dict Dict Mapping MutableMapping OrderedDict defaultdict DefaultDict".split())
THROUGH = frozenset("Required NotRequired Final ClassVar ReadOnly Awaitable".split())
WORDED = {
    "string": "str", "str": "str", "text": "str", "integer": "int", "int": "int", "float": "float",
    "number": "float", "bool": "bool", "boolean": "bool", "dict": "dict", "list": "list",
    "array": "list", "object": "dict",
}  # fmt: skip
"""What docstrings call types."""

GIVEN_AS: dict[str, tuple[Schema, str]] = {
    "Path": ({"type": "string"}, "a text"),
    "PurePath": ({"type": "string"}, "a text"),
    "PathLike": ({"type": "string"}, "a text"),
    "datetime": ({"type": "string", "format": "date-time"}, "a text"),
    "date": ({"type": "string", "format": "date"}, "a text"),
    "UUID": ({"type": "string", "format": "uuid"}, "a text"),
    "Decimal": ({"type": "number"}, "a number"),
}
"""Types that JSON spells otherwise: their schema, and what the function is given."""

ENUMS = frozenset("Enum StrEnum IntEnum Flag IntFlag".split())


def known(name: str) -> Schema | None:
    """The schema of a type that stands by itself, without what it holds; None for any other."""
    if name in LISTS or name in TUPLES or name in SETS:
        return {"type": "array"}
    if name in MAPPINGS:
        return {"type": "object"}
    found = GIVEN_AS[name][0] if name in GIVEN_AS else PLAIN.get(name)
    return None if found is None else dict(found)
