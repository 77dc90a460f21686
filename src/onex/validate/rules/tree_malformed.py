"""ONX302: a `.tree` file lists entries."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("malformed"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX302",
    name="tree-malformed",
    purpose="A `.tree` is a document with one key, `entries`.",
    why="An index that cannot be read hides every node below it.",
    bad="nodes: [clean]",
    good="""\
entries:
- clean/node.onex
""",
    fix="write `entries:` and one entry a line, or remove the file and run `onex tree --write`",
    forest=check,
)
