"""ONX601: a node names an executor that there is (ONEX-M2-01)."""

from collections.abc import Iterator

from onex.core import executors
from onex.core.words import suggest
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """An executor that is neither built in nor registered; docker, which is declared only."""
    if not subject.node:
        return
    name = subject.node.value["entrypoint"]["type"]
    if name in executors.BUILT_IN or (
        name not in executors.DECLARED and name in executors.plugins()
    ):
        return
    known = [*executors.BUILT_IN, *executors.plugins()]
    message = (
        f"the executor '{name}' is declared, but this onex has none yet"
        if name in executors.DECLARED
        else f"there is no executor '{name}'; there are {', '.join(known)}"
    )
    yield RULE.finding(
        subject.node.document,
        message,
        pointer="/entrypoint/type",
        node_id=subject.node_id,
        help=suggest(name, known),
    )


RULE = Rule(
    code="ONX601",
    name="executor",
    purpose="`entrypoint.type` is python, cli, noop or an executor that a plug-in registers.",
    why="A node that nothing can execute is a promise that nobody can call in.",
    bad="""\
entrypoint:
  type: pyhton
""",
    good="""\
entrypoint:
  type: python
  target: node.py:run
""",
    fix="use python, cli or noop, or install the package that registers the executor",
    node=check,
)
