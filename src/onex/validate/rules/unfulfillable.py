"""ONX408: what a contract asks for can be given."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from onex.core.canonical import escape
from onex.core.document import JSON
from onex.core.words import shorten
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

RANGES = (
    ("minLength", "maxLength", "no text has {} characters at least and {} at most"),
    ("minItems", "maxItems", "no list has {} items at least and {} at most"),
    ("minProperties", "maxProperties", "no object has {} properties at least and {} at most"),
    ("minContains", "maxContains", "no list holds {} such items at least and {} at most"),
    ("minimum", "maximum", "no number is {} at least and {} at most"),
    ("exclusiveMinimum", "exclusiveMaximum", "no number is above {} and below {}"),
    ("minimum", "exclusiveMaximum", "no number is {} at least and below {}"),
    ("exclusiveMinimum", "maximum", "no number is above {} and {} at most"),
)
"""Pairs of limits, and what is said of two that leave nothing between them."""


MOST_PATTERNS = 50
"""How many patterns of a side are looked at; a hostile one takes a tenth of a second."""


class Fault(NamedTuple):
    """What cannot be: why, where it stands in the schema, and whether a key there is at fault."""

    message: str
    pointer: str
    is_key: bool = False


class Wanted(NamedTuple):
    """A pattern that something has to match: where it stands, and between which lengths."""

    pattern: str
    pointer: str
    is_key: bool = False
    least: int = 0
    most: int | None = None


def check(subject: Subject) -> Iterator[Finding]:
    """Each pattern that no text matches, each range with nothing in it, each side without a state."""
    document = subject.contract_document
    for side, compiled in subject.sides.items() if document else ():
        for fault in _faults(side, compiled.schema):
            if document:
                yield RULE.finding(
                    document,
                    fault.message,
                    pointer=f"{subject.contract_base}/{side}{fault.pointer}",
                    key=fault.is_key,
                    node_id=subject.node_id,
                )


def _faults(side: str, schema: JSON) -> Iterator[Fault]:
    """What the schema of one side asks for in vain."""
    from onex.evolution.schemas.plain import subschemas  # noqa: PLC0415 - for the coming edition

    if _takes_no_object(schema):
        yield Fault(f"a state is an object, and this {side} takes none", "")
    parts = [(at, part) for at, part in subschemas(schema) if isinstance(part, dict)]
    for pointer, part in parts:
        yield from _of_ranges(pointer, part)
    patterns = (wanted for pointer, part in parts for wanted in _patterns(pointer, part))
    for wanted in islice(patterns, MOST_PATTERNS):
        if message := _in_vain(wanted):
            yield Fault(message, wanted.pointer, wanted.is_key)


def _takes_no_object(schema: JSON) -> bool:
    """Whether a schema plainly refuses every state."""
    if not isinstance(schema, dict):
        return schema is False
    kinds = schema.get("type", "object")
    return "object" not in (kinds if isinstance(kinds, list) else [kinds])


def _of_ranges(pointer: str, part: dict[str, JSON]) -> Iterator[Fault]:
    """The limits of one schema that leave nothing between them."""
    for least, most, words in RANGES:
        low, high = part.get(least), part.get(most)
        if not isinstance(low, int | float) or not isinstance(high, int | float):
            continue
        is_open = least.startswith("exclusive") or most.startswith("exclusive")
        if low > high or (low == high and is_open):
            yield Fault(words.format(shorten(low), shorten(high)), f"{pointer}/{least}")


def _patterns(pointer: str, part: dict[str, JSON]) -> Iterator[Wanted]:
    """The patterns of one schema."""
    pattern, least, most = part.get("pattern"), part.get("minLength", 0), part.get("maxLength")
    if isinstance(pattern, str):
        low = least if isinstance(least, int) else 0
        high = most if isinstance(most, int) and most >= low else None
        yield Wanted(pattern, f"{pointer}/pattern", least=low, most=high)
    named = part.get("patternProperties")
    for name in named if isinstance(named, dict) else ():
        yield Wanted(name, f"{pointer}/patternProperties/{escape(name)}", is_key=True)


def _in_vain(wanted: Wanted) -> str | None:
    """Why nothing matches, if nothing does."""
    shown = shorten(wanted.pattern)
    if matches_nothing(wanted.pattern):
        return f"no {'name' if wanted.is_key else 'text'} matches {shown}"
    if matches_nothing(wanted.pattern, wanted.least, wanted.most):
        end = f" to {wanted.most}" if wanted.most is not None else " and more"
        return f"no text of {wanted.least}{end} characters matches {shown}"
    return None


@lru_cache(maxsize=256)
def matches_nothing(pattern: str, least: int = 0, most: int | None = None) -> bool:
    """Whether it is proven that no text matches; what is not decided is no proof."""
    from onex.evolution.schemas.language import search  # noqa: PLC0415 - for the coming edition
    from onex.evolution.schemas.pattern import automaton  # noqa: PLC0415

    built = automaton(pattern)
    return built is not None and search([built], [], least=least, most=most, wanted=1).none


RULE = Rule(
    code="ONX408",
    name="unfulfillable",
    edition="2027",
    preview=True,
    purpose="Every pattern of a contract is matched by some text, every range has something in it, and each side takes an object.",
    why="A property that nothing fits can never be given; a node that needs it never runs, and one that gives it always fails.",
    bad="""\
input:
  properties:
    code: {type: string, pattern: "^[A-Z]{3}$", maxLength: 2}
    share: {type: number, minimum: 1, maximum: 0}
""",
    good="""\
input:
  properties:
    code: {type: string, pattern: "^[A-Z]{3}$"}
    share: {type: number, minimum: 0, maximum: 1}
""",
    fix="correct the pattern, the limits or the type, then run `onex lock`",
    node=check,
)
