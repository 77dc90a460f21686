"""ONX303: a `.tree` file holds no metadata (ONEX-M1-02)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("metadata"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX303",
    name="tree-metadata",
    purpose="A `.tree` holds entries and nothing about them.",
    why="What a node is stands in its own document; said twice, it is soon said differently.",
    bad="""\
entries:
- clean/node.onex
owner: data team
""",
    good="""\
entries:
- clean/node.onex
""",
    fix="move what it says into the nodes, and leave `entries` alone",
    forest=check,
)
