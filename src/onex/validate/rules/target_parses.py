"""ONX603: the Python file of an entrypoint is Python."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A file that does not parse, at the place where the parser stopped.

    Where the node names an interpreter of its own, its Python may be another than ours.
    """
    code = subject.code
    if not code or not code.fault or not subject.node:
        return
    if "interpreter" not in subject.node.value["entrypoint"]:
        yield RULE.finding(code.place, code.fault, at=code.at, node_id=subject.node_id)


RULE = Rule(
    code="ONX603",
    name="target-parses",
    purpose="The file that a Python target names can be parsed, and has at most 256 KiB.",
    why="A file that does not parse fails at its first run, and never in the review of the change that broke it.",
    bad="# node.py begins `def run(text` and leaves the bracket open",
    good="# node.py begins `def run(text)` and a colon",
    fix="mend the code, then run `onex lock`; data and generated code belong into files beside it",
    node=check,
)
