"""Which nodes of two shelves are not what they were; digests first, so that the others cost little."""

from dataclasses import dataclass, field
from typing import TypeAlias, cast

from onex.core.values import JSON
from onex.evolution.state import Shelf, State, load

Pair: TypeAlias = tuple[State | None, State | None]


@dataclass(slots=True)
class Survey:
    """What two shelves hold.

    Attributes:
        compared: how many nodes there are.
        unchanged: how many of them are the same, byte for byte.
        pairs: the others, as they were and as they are.
    """

    compared: int = 0
    unchanged: int = 0
    pairs: list[Pair] = field(default_factory=list)


def survey(before: Shelf, after: Shelf) -> Survey:
    """The nodes of two shelves, the changed ones loaded.

    Raises:
        OnexError: a shelf cannot be looked through.
    """
    olds, news = before.folders(), after.folders()
    found = Survey()
    common = set(olds) & set(news)
    for folder in sorted(common):
        if before.files(folder) == after.files(folder) and not after.may_share(folder):
            found.unchanged += 1
        else:
            found.pairs.append((load(before, folder), load(after, folder)))
    gone = [load(before, folder) for folder in sorted(set(olds) - common)]
    come = [load(after, folder) for folder in sorted(set(news) - common)]
    found.pairs += _match(gone, come)
    found.compared = found.unchanged + len(found.pairs)
    return found


def _match(gone: list[State], come: list[State]) -> list[Pair]:
    """The nodes that have moved to another folder, by id and then by uuid; and those left over."""
    pairs: list[Pair] = []
    for key in ("id", "uuid"):
        known = {_mark(state, key): state for state in gone}
        for state in list(come):
            mark = _mark(state, key)
            if mark is not None and mark in known:
                old = known.pop(mark)
                gone.remove(old)
                come.remove(state)
                pairs.append((old, state))
    return [*pairs, *((state, None) for state in gone), *((None, state) for state in come)]


def _mark(state: State, key: str) -> str | None:
    if state.node is None:
        return None
    return state.node.id if key == "id" else str(cast("dict[str, JSON]", state.node.value)[key])
