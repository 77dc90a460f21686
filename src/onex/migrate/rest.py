"""What every step does with members that the next edition does not know."""

from collections.abc import Collection

from onex.core.outline import Group, Part, Scalar, quoted, value_of
from onex.migrate.draft import Draft

PREFIX = "x-"


def set_aside(draft: Draft, known: Collection[str]) -> None:
    """Keep members that are not ``known`` under names of their own; drop those that say nothing."""
    kept, empty = [], []
    for name in draft.names():
        if name in known or (name.startswith(PREFIX) and draft.get(name) not in (None, [], {}, "")):
            continue
        if draft.get(name) in (None, [], {}, ""):
            draft.drop(name)
            empty.append(name)
        else:
            kept.append(_keep(draft, name))
    if kept:
        draft.notes.append(f"kept, and not read by onex: {', '.join(kept)}")
    if empty:
        draft.notes.append(f"left out, for they said nothing: {', '.join(empty)}")


def _keep(draft: Draft, name: str) -> str:
    new = f"{PREFIX}{name.replace('_', '-')}" if name.startswith("x_") else f"{PREFIX}{name}"
    new = new.replace("x-x-", "x-")
    while new in draft.names():
        new = f"{new}-published"
    draft.rename(name, new)
    return new


def quote_fractions(part: Part) -> Part:
    """``part`` with each number that has a fraction made a text: a node document holds none."""
    if isinstance(part, Group):
        for entry in part.entries:
            entry.value = quote_fractions(entry.value)
        return part
    return quoted(part.said) if isinstance(value_of(part), float) else part


def is_word(part: Part, said: str) -> bool:
    """Whether ``part`` is a scalar that says ``said``."""
    return isinstance(part, Scalar) and part.said == said
