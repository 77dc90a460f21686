"""ONX101: a node document keeps its schema."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the schema has against fields that have no rule of their own (ONEX-M1-01)."""
    if subject.document:
        for problem in subject.other_problems():
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX101",
    name="schema",
    purpose="A node document keeps the schema `onex_node`.",
    why="Everything that reads a node relies on the schema; a document that breaks it can be neither locked nor run.",
    bad="entrypoint: node.py",
    good="""\
entrypoint:
  type: python
  target: node.py:run
""",
    fix="see schemas/README.md for the fields of a node, or start from `onex scaffold`",
    explains=True,
    node=check,
)
