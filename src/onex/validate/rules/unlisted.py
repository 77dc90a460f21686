"""ONX306: every node is listed (ONEX-P-03)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("unlisted"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX306",
    name="unlisted",
    purpose="Every folder with a node document is listed in the `.tree` above it.",
    why="A node that is not listed cannot be run by name, and no gate ever looks at it.",
    bad="# demo/new/node.onex exists, demo/.tree does not list it",
    good="""\
entries:
- new/node.onex
""",
    fix="run `onex tree --write`",
    forest=check,
)
