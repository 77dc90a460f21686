"""ONX701: a node demands no less trust than the nodes that it relies on."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

LEVELS = ("unrated", "provisional", "untrusted", "low", "medium", "high")
"""The levels of trust, as their schema lists them: the least first."""


def check(forest: Forest) -> Iterator[Finding]:
    """Each dependency that may be used only with more trust than the node itself asks for."""
    for subject in forest.subjects:
        own = subject.facts["trust"]["minimum"] if subject.facts else None
        for index, dependency in enumerate(subject.dependencies):
            found = forest.neighbours.find(dependency["node"])
            needed = found.facts["trust"]["minimum"] if found and found.facts else None
            if needed and _rank(needed) > _rank(own) and subject.document:
                has = f"trust.minimum here is '{own}'" if own else "nothing is demanded here"
                yield RULE.finding(
                    subject.document,
                    f"{dependency['node']} is used at the level '{needed}' or above alone, but {has}",
                    pointer=f"/dependencies/{index}/node",
                    node_id=subject.node_id,
                )


def _rank(level: str | None) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


RULE = Rule(
    code="ONX701",
    name="dependency-trust",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="`trust.minimum` of a node is no lower than that of any node it relies on.",
    why="A gate would let the node through and then stop at its dependency, in the middle of a run.",
    bad="""\
# demo.text.clean demands the level high
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
trust:
  minimum: null
""",
    good="""\
# demo.text.clean demands the level high
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
trust:
  minimum: high
""",
    fix="raise `trust.minimum` of the node, or lower that of its dependency, then run `onex lock`",
    forest=check,
)
