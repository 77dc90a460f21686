"""ONX104: a node is called what its folders are called."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """`name` against the folder, `namespace` against the folders above it."""
    if not subject.node or not subject.segments:
        return
    *above, folder = subject.segments
    name, namespace = subject.node.value["name"], subject.node.value["namespace"]
    if name != folder:
        yield RULE.finding(
            subject.node.document,
            f"name is '{name}', but the folder is '{folder}'",
            pointer="/name",
            node_id=subject.node_id,
        )
    wanted = namespace.split(".")
    if above[-len(wanted) :] != wanted:
        yield RULE.finding(
            subject.node.document,
            f"namespace is '{namespace}', but the folders above the node are '{'.'.join(above)}'",
            pointer="/namespace",
            node_id=subject.node_id,
        )


RULE = Rule(
    code="ONX104",
    name="name-folder",
    purpose="`name` equals the node's folder, and `namespace` the folders above it.",
    why="A node is found by its id through its folders; where the two differ, people and programs look in different places.",
    bad="""\
# in demo/text/clean/node.onex
name: cleaner
""",
    good="""\
# in demo/text/clean/node.onex
name: clean
""",
    fix="rename the folder or the node, then run `onex lock`",
    node=check,
)
