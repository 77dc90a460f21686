"""ONX304: every entry of a `.tree` names what is there (ONEX-M1-12)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("dangling"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX304",
    name="tree-dangling",
    purpose="Every entry leads to a folder or to a node document.",
    why="An entry that leads nowhere is a node that somebody believes to exist.",
    bad="""\
entries:
- removed/node.onex
""",
    good="entries: []",
    fix="run `onex tree --write`, or bring the node back",
    forest=check,
)
