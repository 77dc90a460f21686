"""ONX115: the nodes that a node relies on are there."""

from collections.abc import Iterator

from onex.core.words import suggest
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each dependency on a node that neither the workspace nor onex has, or that stands twice."""
    for subject in forest.subjects:
        named: set[str] = set()
        for index, dependency in enumerate(subject.dependencies):
            wanted = dependency["node"]
            is_twin, is_known = wanted in named, forest.neighbours.knows(wanted)
            named.add(wanted)
            if (is_twin or not is_known) and subject.document:
                yield RULE.finding(
                    subject.document,
                    f"the dependency on {wanted} stands here twice"
                    if is_twin
                    else f"there is no node {wanted} in the workspace",
                    pointer=f"/dependencies/{index}/node",
                    node_id=subject.node_id,
                    help=None if is_known else suggest(wanted, forest.neighbours.names()),
                )


RULE = Rule(
    code="ONX115",
    name="dependency-missing",
    purpose="Every node under `dependencies` is a node of the workspace or one that onex ships, and stands there once.",
    why="A node that relies on one that was renamed or removed works on paper alone.",
    bad="""\
dependencies:
- {node: demo.text.claen, version: ">=1.0"}
""",
    good="""\
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
""",
    fix="name a node of `onex list`, or remove the dependency, then run `onex lock`",
    forest=check,
)
