"""ONX309: a node holds no other node."""

from collections.abc import Iterator

from onex.core.canonical import escape
from onex.core.node import FILE_NAMES
from onex.core.text import printable
from onex.validate.names import is_node_document
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each node document inside the folder of a node."""
    for path in subject.files:
        if subject.document and is_node_document(path):
            beside = path in FILE_NAMES
            yield RULE.finding(
                subject.document,
                f"the node's folder holds {printable(path)}; "
                + ("a node has one document" if beside else "a node holds no other node"),
                pointer=f"/files/{escape(path)}",
                key=True,
                node_id=subject.node_id,
                help="remove one of the two" if beside else None,
            )


RULE = Rule(
    code="ONX309",
    name="nested-node",
    purpose="Below a node's folder there is no other `.onex` file.",
    why="A file inside a node is locked as a part of it; as a node of its own it would have two locks and no entry in any `.tree`.",
    bad="""\
demo/clean/node.onex
demo/clean/helper/node.onex
""",
    good="""\
demo/clean/node.onex
demo/helper/node.onex
""",
    fix="move the inner node beside the outer one",
    node=check,
)
