"""ONX402: the schemas of a contract are safe to judge with."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """What the lint and the engine have against the schemas of a contract."""
    return RULE.from_lint(subject, injection=False)


RULE = Rule(
    code="ONX402",
    name="contract-lint",
    purpose="A contract's schemas are JSON Schema 2020-12, stay in their document and in shared schemas, end, and hold no unknown keyword or format.",
    why="A misspelt keyword checks nothing, a reference to elsewhere fetches it, and a reference in a circle never ends or always passes.",
    bad="""\
input:
  type: object
  requird: [text]
""",
    good="""\
input:
  type: object
  required: [text]
""",
    fix="keep to the keywords of JSON Schema 2020-12 and to references that begin with '#' or are the `$id` of a shared schema",
    node=check,
)
