"""ONX117: the nodes that a node relies on have a version that will do."""

from collections.abc import Iterator

from onex.core.words import shorten
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding
from onex_types.onex_node import Dependency

FORM = 'a range is like ">=1.2,<2", "^1.2", "~1.2.3" or "*"'


def check(forest: Forest) -> Iterator[Finding]:
    """Each range that is none, and each that the version of the node is outside of."""
    for subject in forest.subjects:
        for index, dependency in enumerate(subject.dependencies):
            message, help_text = _fault(forest, dependency)
            if message and subject.document:
                yield RULE.finding(
                    subject.document,
                    message,
                    pointer=f"/dependencies/{index}/version",
                    node_id=subject.node_id,
                    help=help_text,
                )


def _fault(forest: Forest, dependency: Dependency) -> tuple[str | None, str | None]:
    """What is wrong with the range of one dependency, and what to do when its form is."""
    from onex.validate import versions  # noqa: PLC0415 - few nodes have dependencies

    named, wanted = dependency["node"], dependency["version"]
    conditions = versions.parse_range(wanted)
    if conditions is None:
        return f"{shorten(wanted)} is not a range of versions", FORM
    found = forest.neighbours.find(named)
    version = found.facts["version"] if found and found.facts else None
    if version is None or versions.admits(conditions, version):
        return None, None
    return f"{named} has the version {version}, but {shorten(wanted)} is wanted", None


RULE = Rule(
    code="ONX117",
    name="dependency-version",
    purpose="The version of each dependency lies in the range that the node names.",
    why="A range is a promise that somebody tested; outside it the node runs with what nobody has tried.",
    bad="""\
# demo.text.clean has the version 2.0.0
dependencies:
- {node: demo.text.clean, version: ">=1.2,<2"}
""",
    good="""\
# demo.text.clean has the version 2.0.0
dependencies:
- {node: demo.text.clean, version: ">=1.2,<3"}
""",
    fix="test the node with that version and widen the range, then run `onex lock`",
    forest=check,
)
