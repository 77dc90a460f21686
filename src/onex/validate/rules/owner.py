"""ONX107: a node has an owner."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the schema has against `owner`."""
    if subject.document:
        for problem in subject.problems_of("owner"):
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX107",
    name="owner",
    purpose="`owner` names the person or team that answers for the node.",
    why="A node without an owner is nobody's when it breaks.",
    bad='owner: ""',
    good="owner: data platform team",
    fix="name the person or team that answers for the node",
    node=check,
)
