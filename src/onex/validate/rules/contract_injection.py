"""ONX404: no key of a contract makes a code generator import something."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each key that names code to import (FAULTS V8)."""
    return RULE.from_lint(subject, injection=True)


RULE = Rule(
    code="ONX404",
    name="contract-injection",
    purpose="A contract holds none of the keys `customTypePath`, `customBasePath` and `x-python-…`.",
    why="Generators of models import what these keys name, so a contract could run code in whoever generates from it.",
    bad="""\
text:
  type: string
  customTypePath: os.system
""",
    good="""\
text:
  type: string
""",
    fix="remove the key",
    node=check,
)
