"""ONX116: no node relies on itself."""

from collections.abc import Iterator
from functools import partial

from onex.validate.graph import circles, shown
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each circle of dependencies, told once, of the node in it that comes first."""
    done: set[str] = set()
    for subject in forest.subjects:
        if subject.dependencies:
            for circle in circles(subject.id, partial(_named_by, forest), done):
                yield from _tell(forest, circle)


def _named_by(forest: Forest, node_id: str) -> list[str]:
    """The nodes that the node of that id relies on, in order."""
    found = forest.neighbours.find(node_id)
    return list(dict.fromkeys(item["node"] for item in found.dependencies)) if found else []


def _tell(forest: Forest, circle: list[str]) -> Iterator[Finding]:
    """The finding about one circle, at the dependency that closes it for its first node."""
    found = forest.neighbours.find(circle[0])
    if not found or not found.document:
        return
    ahead = circle[1 % len(circle)]
    index = [item["node"] for item in found.dependencies].index(ahead)
    yield RULE.finding(
        found.document,
        f"the node relies on itself: {shown(circle)}",
        pointer=f"/dependencies/{index}/node",
        node_id=found.id,
    )


RULE = Rule(
    code="ONX116",
    name="dependency-cycle",
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
