"""ONX104: a node is called what its folders are called."""

from collections.abc import Iterator

from onex.core.document import Document
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding, Fix


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
            fix=_fix(subject.node.document, "/name", folder),
        )
    wanted = namespace.split(".")
    if above[-len(wanted) :] != wanted:
        yield RULE.finding(
            subject.node.document,
            f"namespace is '{namespace}', but the folders above the node are '{'.'.join(above)}'",
            pointer="/namespace",
            node_id=subject.node_id,
            fix=_fix(subject.node.document, "/namespace", ".".join(above[-len(wanted) :])),
        )


def _fix(document: Document, pointer: str, called: str) -> Fix | None:
    """Call the node what its folders are called; who relies on its id decides whether that is safe."""
    from onex.validate import mend  # noqa: PLC0415 - wanted for what is found alone

    return mend.put(document, pointer, called, is_safe=False)


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
