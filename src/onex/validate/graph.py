"""The nodes that a node relies on or starts, and the ways that lead back to where they began."""

from collections.abc import Callable, Iterator

from onex.validate.seen import Seen

SHOWN = 8
"""How many nodes of a circle are told by name."""


def called(subject: Seen) -> Iterator[tuple[str, str]]:
    """Each node that a node relies on or starts, with the pointer of where it says so."""
    for index, dependency in enumerate(subject.dependencies):
        yield f"/dependencies/{index}/node", dependency["node"]
    yield from triggered(subject)


def triggered(subject: Seen) -> Iterator[tuple[str, str]]:
    """Each node that a node starts, with the pointer of where it says so."""
    triggers = subject.facts.get("triggers", {}) if subject.facts else {}
    for key, ids in (
        ("on_success", triggers.get("on_success", [])),
        ("on_failure", triggers.get("on_failure", [])),
        ("always", triggers.get("always", [])),
    ):
        for index, node_id in enumerate(ids):
            yield f"/triggers/{key}/{index}", node_id


def circles(
    start: str, named_by: Callable[[str], list[str]], done: set[str]
) -> Iterator[list[str]]:
    """The circles that a walk from ``start`` runs into, each turned to its first id.

    Args:
        start: the id of a node.
        named_by: what the node of an id leads to.
        done: the ids from which nothing new is found; those that were walked over are added.
    """
    path: list[str] = []
    stack = [(start, iter(named_by(start)))] if start not in done else []
    open_ids = dict.fromkeys([start] if stack else [], 0)
    path += open_ids
    while stack:
        node_id, rest = stack[-1]
        following = next((name for name in rest if name not in done), None)
        if following is None:
            done.add(node_id)
            open_ids.pop(path.pop())
            stack.pop()
        elif following in open_ids:
            yield _turned(path[open_ids[following] :])
        else:
            open_ids[following] = len(path)
            path.append(following)
            stack.append((following, iter(named_by(following))))


def shown(circle: list[str]) -> str:
    """A circle as it is told: from its first id back to it."""
    names = [*circle[:SHOWN], "…"] if len(circle) > SHOWN else circle
    return " → ".join([*names, circle[0]])


def _turned(circle: list[str]) -> list[str]:
    """The circle from the id that comes first."""
    start = circle.index(min(circle))
    return [*circle[start:], *circle[:start]]
