"""ONX103: a node stands at one of the four stages of its life (ONEX-M1-07)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the schema has against `lifecycle`."""
    if subject.document:
        for problem in subject.problems_of("lifecycle"):
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX103",
    name="lifecycle",
    purpose="`lifecycle` is draft, review, active or deprecated.",
    why="What may be run, tested and relied upon follows from the stage; a stage that nobody knows decides nothing.",
    bad="lifecycle: actve",
    good="lifecycle: active",
    fix="write one of draft, review, active, deprecated",
    node=check,
)
