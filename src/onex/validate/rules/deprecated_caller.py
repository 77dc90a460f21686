"""ONX503: no node relies on a deprecated one."""

from collections.abc import Iterator

from onex.validate.graph import called
from onex.validate.rule import Rule
from onex.validate.seen import Seen
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each dependency on, and each trigger of, a deprecated node, unless the caller is one too."""
    for subject in forest.subjects:
        if subject.lifecycle == "deprecated":
            continue
        for pointer, name in called(subject):
            found = forest.neighbours.find(name)
            if found and found.lifecycle == "deprecated" and subject.document:
                yield RULE.finding(
                    subject.document,
                    f"{name} is deprecated{_until(found)}",
                    pointer=pointer,
                    node_id=subject.node_id,
                    help=_instead(found),
                )


def _until(found: Seen) -> str:
    date = found.facts.get("deprecated", {}).get("date") if found.facts else None
    return f", and stays until {date}" if date else ""


def _instead(found: Seen) -> str | None:
    successor = found.facts.get("deprecated", {}).get("successor") if found.facts else None
    return f"use {successor} in its place, then run `onex lock`" if successor else None


RULE = Rule(
    code="ONX503",
    name="deprecated-caller",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="Dependencies and triggers name nodes that are not deprecated.",
    why="A deprecated node is on its way out, and takes with it whoever did not move.",
    bad="""\
# demo.text.clean is deprecated
dependencies:
- {node: demo.text.clean, version: ">=1.0"}
""",
    good="""\
# the successor that demo.text.clean names
dependencies:
- {node: demo.text.tidy, version: ">=1.0"}
""",
    fix="use the node that takes its place, then run `onex lock`",
    forest=check,
)
