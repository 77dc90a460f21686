"""ONX114: ids of nodes can be told apart."""

import os
from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

JOINTS = str.maketrans("._", "--")
"""The folders of runs spell what joins the parts of an id alike."""


def check(forest: Forest) -> Iterator[Finding]:
    """Each node whose id another node before it has, but for what joins its parts."""
    judged = {os.path.dirname(subject.path): subject for subject in forest.subjects}
    first: dict[str, str] = {}
    for ref in forest.tree.nodes:
        node_id = ".".join(ref.segments)
        twin = first.setdefault(node_id.translate(JOINTS), node_id)
        subject = judged.get(ref.folder)
        if twin != node_id and subject and subject.document:
            yield RULE.finding(
                subject.document,
                f"the id {node_id} differs from {twin} only by what joins its parts",
                pointer="/name",
                node_id=subject.node_id,
            )


RULE = Rule(
    code="ONX114",
    name="id-twins",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No two nodes have ids that are the same once `.` and `_` are read as `-`.",
    why="People mix them up, and the folders of their runs begin with the same name.",
    bad="""\
demo/text-clean/node.onex
demo/text_clean/node.onex
""",
    good="""\
demo/text-clean/node.onex
demo/text-tidy/node.onex
""",
    fix="give one of them another name, then run `onex lock`",
    forest=check,
)
