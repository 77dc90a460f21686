"""ONX802: chains of triggers end."""

from collections.abc import Iterator
from functools import partial

from onex.validate.graph import circles, shown, triggered
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each circle of triggers, told once, of the node in it that comes first."""
    done: set[str] = set()
    for subject in forest.subjects:
        if subject.facts and subject.facts.get("triggers"):
            for circle in circles(subject.id, partial(_started_by, forest), done):
                yield from _tell(forest, circle)


def _started_by(forest: Forest, node_id: str) -> list[str]:
    """The nodes that the node of that id starts, in order."""
    found = forest.neighbours.find(node_id)
    return list(dict.fromkeys(name for _, name in triggered(found))) if found else []


def _tell(forest: Forest, circle: list[str]) -> Iterator[Finding]:
    """The finding about one circle, at the trigger that leads on from its first node."""
    found = forest.neighbours.find(circle[0])
    ahead = circle[1 % len(circle)]
    for pointer, name in triggered(found) if found else ():
        if found and found.document and name == ahead:
            yield RULE.finding(
                found.document,
                f"the node starts itself again: {shown(circle)}",
                pointer=pointer,
                node_id=found.id,
            )
            return


RULE = Rule(
    code="ONX802",
    name="trigger-cycle",
    edition="2027",
    preview=True,
    purpose="Triggers lead from node to node and never back.",
    why="One message to a node in a circle goes round until the bus cuts the chain off, and each round does everything again.",
    bad="""\
# in demo/a, while demo/b has `on_success: [demo.a]`
triggers:
  on_success: [demo.b]
""",
    good="""\
# in demo/a, while demo/b starts nothing
triggers:
  on_success: [demo.b]
""",
    fix="take one of the triggers away, or let a node of its own decide whether to go on, then run `onex lock`",
    forest=check,
)
