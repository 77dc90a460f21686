"""What every step does with members that the next edition does not know."""

from collections.abc import Collection

from onex.core.outline import Group, Part, quoted, value_of
from onex.core.values import JSON
from onex.migrate.draft import Draft

NOTHING: tuple[JSON, ...] = (None, [], {}, "")
"""Values of members that say nothing."""


def set_aside(draft: Draft, known: Collection[str]) -> None:
    """Keep members that are not ``known`` under names of their own; drop those that say nothing."""
    strange = [name for name in draft.names() if name not in known]
    empty = [name for name in strange if draft.get(name) in NOTHING]
    for name in empty:
        draft.drop(name)
    kept = [
        draft.set_aside(name) for name in strange if name not in empty and not name.startswith("x-")
    ]
    if kept:
        draft.notes.append(f"kept, and not read by onex: {', '.join(kept)}")
    if empty:
        draft.notes.append(f"left out, for they said nothing: {', '.join(empty)}")


def quote_fractions(part: Part) -> Part:
    """``part`` with each number that has a fraction made a text: a node document holds none."""
    if isinstance(part, Group):
        for entry in part.entries:
            entry.value = quote_fractions(entry.value)
        return part
    return quoted(part.said) if isinstance(value_of(part), float) else part
