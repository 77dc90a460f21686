"""ONX305: the tree has no cycle."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("cycle"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX305",
    name="tree-cycle",
    purpose="No entry leads back to a folder above it.",
    why="A tree that leads back into itself never ends.",
    bad="""\
# demo/again is a link to demo
entries:
- again/
""",
    good="""\
entries:
- clean/node.onex
""",
    fix="remove the link and its entry",
    forest=check,
)
