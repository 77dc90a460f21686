"""ONX116: no node relies on itself."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

SHOWN = 8
"""How many nodes of a circle are told by name."""


def check(forest: Forest) -> Iterator[Finding]:
    """Each circle of dependencies, told once, of the node in it that comes first."""
    done: set[str] = set()
    for subject in forest.subjects:
        if subject.dependencies and subject.node and subject.document:
            for circle in _circles(forest, subject.node.id, done):
                yield from _tell(forest, circle)


def _circles(forest: Forest, start: str, done: set[str]) -> Iterator[list[str]]:
    """The circles that a walk from ``start`` over nodes not yet in ``done`` runs into."""
    path: list[str] = []
    stack = [(start, iter(_named_by(forest, start)))] if start not in done else []
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
            yield path[open_ids[following] :]
        else:
            open_ids[following] = len(path)
            path.append(following)
            stack.append((following, iter(_named_by(forest, following))))


def _named_by(forest: Forest, node_id: str) -> list[str]:
    """The nodes that the node of that id relies on, in order."""
    found = forest.neighbours.find(node_id)
    items = found.value.get("dependencies", []) if found else []
    return list(dict.fromkeys(item["node"] for item in items))


def _tell(forest: Forest, circle: list[str]) -> Iterator[Finding]:
    """The finding about one circle, at the dependency that closes it for its first node."""
    start = circle.index(min(circle))
    turned = [*circle[start:], *circle[:start]]
    found = forest.neighbours.find(turned[0])
    if not found:
        return
    ahead = turned[1 % len(turned)]
    index = [item["node"] for item in found.value.get("dependencies", [])].index(ahead)
    names = [*turned[:SHOWN], "…"] if len(turned) > SHOWN else turned
    yield RULE.finding(
        found.document,
        f"the node relies on itself: {' → '.join([*names, turned[0]])}",
        pointer=f"/dependencies/{index}/node",
        node_id=found.id,
    )


RULE = Rule(
    code="ONX116",
    name="dependency-cycle",
    edition="2027",
    preview=True,
    purpose="Dependencies lead from node to node and never back.",
    why="Of nodes in a circle none can be built, tested or retired before the others.",
    bad="""\
# in demo/a, while demo/b relies on demo.a
dependencies:
- {node: demo.b, version: ">=1.0"}
""",
    good="""\
# in demo/a, while demo/b relies on nothing
dependencies:
- {node: demo.b, version: ">=1.0"}
""",
    fix="take the part that both need into a node of its own, then run `onex lock`",
    forest=check,
)
