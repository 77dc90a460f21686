"""ONX108: a node has a trust block (ONEX-M1-11)."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the schema has against `trust`."""
    if subject.document:
        for problem in subject.problems_of("trust"):
            yield RULE.from_problem(subject.document, problem, subject)


RULE = Rule(
    code="ONX108",
    name="trust",
    purpose="`trust` holds policy, minimum and snapshot.",
    why="Gates and badges read what a node demands; a node without the block would pass them by accident.",
    bad="trust: high",
    good="""\
trust:
  policy: default
  minimum: null
  snapshot: {score: null, lower: null, samples: 0, level: unrated, as_of: null, head: null}
""",
    fix="copy the block from a node that `onex scaffold` made",
    node=check,
)
