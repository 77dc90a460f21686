"""ONX110: a node document is of an edition that this onex can judge (ONEX-M1-08)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with `metadata_version`; an edition that is too new or too old."""
    if subject.document:
        for problem in subject.problems_of("metadata_version"):
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX110",
    name="edition",
    purpose="`metadata_version` names an edition of the format that this onex reads.",
    why="A newer major edition may mean something else by the same words; judging it by the old ones would be guessing.",
    bad='metadata_version: "2.0.0"',
    good='metadata_version: "1.0.0"',
    fix='write metadata_version: "1.0.0", or use an onex that knows the edition',
    node=check,
)
