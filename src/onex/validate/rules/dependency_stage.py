"""ONX118: an active node stands on nodes that are as far as it is."""

from collections.abc import Iterator

from onex.validate.graph import called
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

STAGES = {"draft": "a draft, and may change in any way", "review": "still under review"}


def check(forest: Forest) -> Iterator[Finding]:
    """Each node that an active node relies on or starts, and that nobody may rely on yet."""
    for subject in forest.subjects:
        if subject.lifecycle != "active":
            continue
        for pointer, name in called(subject):
            found = forest.neighbours.find(name)
            if found and found.lifecycle in STAGES and subject.document:
                yield RULE.finding(
                    subject.document,
                    f"the node is active, but {name} is {STAGES[found.lifecycle]}",
                    pointer=pointer,
                    node_id=subject.node_id,
                    help=f"run `onex lifecycle {name} active` when it is ready for that, or do without it",
                )


RULE = Rule(
    code="ONX118",
    name="dependency-stage",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="No active node relies on, or starts, a node that is a draft or under review.",
    why="A draft may change in any way and is not executed by a bus or a pipeline; whoever relies on the active node relies on the draft without knowing.",
    bad="""\
# demo.text.clean is a draft
lifecycle: active
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
""",
    good="""\
# demo.text.clean is active
lifecycle: active
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
""",
    fix="make the other node active first, or do without it, then run `onex lock`",
    forest=check,
)
