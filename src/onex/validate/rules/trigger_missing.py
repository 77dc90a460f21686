"""ONX801: the nodes that a node starts are there."""

from collections.abc import Iterator

from onex.core.words import suggest
from onex.validate.graph import triggered
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each trigger of a node that neither the workspace nor onex has."""
    for subject in forest.subjects:
        for pointer, name in triggered(subject):
            if not forest.neighbours.knows(name) and subject.document:
                yield RULE.finding(
                    subject.document,
                    f"there is no node {name} in the workspace",
                    pointer=pointer,
                    node_id=subject.node_id,
                    help=suggest(name, forest.neighbours.names()),
                )


RULE = Rule(
    code="ONX801",
    name="trigger-missing",
    edition="2027",
    preview=True,
    purpose="Every node under `triggers` is a node of the workspace or one that onex ships.",
    why="A message to a node that was renamed or removed is answered by nobody, and the chain ends there in silence.",
    bad="""\
triggers:
  on_success: [demo.text.claen]
""",
    good="""\
triggers:
  on_success: [demo.text.clean]
""",
    fix="name a node of `onex list`, or remove the trigger, then run `onex lock`",
    forest=check,
)
