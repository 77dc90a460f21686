"""ONX504: what is to be used in place of a deprecated node can be used."""

from collections.abc import Iterator

from onex.core.words import suggest
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each successor that is not there, is the node itself, or is deprecated too."""
    for subject in forest.subjects:
        block = subject.facts.get("deprecated") if subject.facts else None
        named = block.get("successor") if block else None
        if not named or not subject.document:
            continue
        help_text = None
        found = forest.neighbours.find(named)
        if named == subject.id:
            message = "the node names itself as its successor"
        elif not forest.neighbours.knows(named):
            message = f"there is no node {named} in the workspace"
            help_text = suggest(named, forest.neighbours.names())
        elif found and found.lifecycle == "deprecated":
            message = f"{named} is deprecated as well"
        else:
            continue
        yield RULE.finding(
            subject.document,
            message,
            pointer="/deprecated/successor",
            node_id=subject.node_id,
            help=help_text,
        )


RULE = Rule(
    code="ONX504",
    name="successor",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="The successor of a deprecated node is another node that is there and not deprecated.",
    why="A signpost that leads nowhere, or in a circle, is worse than none.",
    bad="""\
# there is no demo.text.tydi
deprecated: {successor: demo.text.tydi, date: "2099-06-30", reason: tidy also keeps line ends}
""",
    good="""\
deprecated: {successor: demo.text.tidy, date: "2099-06-30", reason: tidy also keeps line ends}
""",
    fix="name the node that is to be used in its place, then run `onex lock`",
    forest=check,
)
