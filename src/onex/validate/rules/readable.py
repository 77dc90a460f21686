"""ONX100: a node document can be read."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the reader refused, at the place where it stopped."""
    fault = subject.fault
    if fault:
        error = fault.error
        yield RULE.finding(
            fault.place,
            error.problem,
            at=(error.line, error.column),
            node_id=subject.node_id,
            help=error.help or (None if fault.opened else CLOSED_HELP),
        )


CLOSED_HELP = "put a plain file that you may read in its place"


RULE = Rule(
    code="ONX100",
    name="readable",
    purpose="A node document is one YAML document of the JSON data model.",
    why="Anchors, tags, duplicate keys and guessed types mean different things to different readers; a lock over such a file would promise more than it holds.",
    bad="""\
version: "1.0.0"
version: "1.1.0"
""",
    good='version: "1.1.0"',
    fix="write the file as plain YAML: no anchors, aliases or tags, each key once, versions and digests quoted",
    node=check,
)
