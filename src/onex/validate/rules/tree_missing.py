"""ONX301: each folder of the tree has an index (ONEX-M1-02)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """The problems of the tree that are of this kind."""
    for problem in forest.problems_of("missing"):
        yield RULE.from_tree(problem)


def listing(path: str) -> bytes:
    """What the missing index at ``path`` ought to hold."""
    from onex.validate import mend_tree  # noqa: PLC0415 - wanted for what is found alone

    return mend_tree.listing(path)


RULE = Rule(
    code="ONX301",
    name="tree-missing",
    purpose="Every folder that a `.tree` names has a `.tree` of its own.",
    why="Nodes are found through `.tree` alone; below a folder without one, nothing is found.",
    bad="# demo/ is listed, but demo/.tree does not exist",
    good="""\
# demo/.tree
entries:
- clean/node.onex
""",
    fix="run `onex tree --write`",
    forest=check,
    late=listing,
)
