"""ONX308: the entries of a `.tree` are sorted."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("unsorted"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX308",
    name="tree-unsorted",
    severity="warning",
    purpose="Entries stand in code-point order, one a line.",
    why="Sorted lines merge well, and two people who list the same nodes write the same file.",
    bad="""\
entries:
- read/node.onex
- clean/node.onex
""",
    good="""\
entries:
- clean/node.onex
- read/node.onex
""",
    fix="run `onex tree --write`",
    forest=check,
)
