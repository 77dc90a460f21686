"""ONX106: a node's version is a Semantic Version."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the schema has against `version`."""
    if subject.document:
        for problem in subject.problems_of("version"):
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX106",
    name="version",
    purpose="`version` is a version after Semantic Versioning 2.0.0, quoted.",
    why="Dependencies and evidence name versions; a version that cannot be compared cannot be required.",
    bad="version: 1.10",
    good='version: "1.10.0"',
    fix="write three numbers with dots between them, quoted",
    node=check,
)
