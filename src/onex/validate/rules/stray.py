"""ONX307: no `.onex` file lies about."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("stray"):
        yield RULE.from_tree(problem)


RULE = Rule(
    code="ONX307",
    name="stray",
    purpose="Every `.onex` file is the document of a node.",
    why="A file that looks like a node and is none will be taken for one.",
    bad="# demo/clean.onex",
    good="# demo/clean/node.onex",
    fix="move it into a node's folder as node.onex, or rename it",
    forest=check,
)
