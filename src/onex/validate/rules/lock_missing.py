"""ONX201: a node is locked (ONEX-M1-10)."""

from collections.abc import Iterator

from onex.validate import mend_lock
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """A node without `files` or `hash`."""
    for problem in subject.lock_problems:
        if problem.kind == "missing" and subject.document:
            yield RULE.finding(
                subject.document,
                problem.message,
                node_id=subject.node_id,
                help=f"run `onex lock {subject.node_id}`",
                fix=mend_lock.fix(subject),
            )


RULE = Rule(
    code="ONX201",
    name="lock-missing",
    purpose="A node has a lock: `files` and `hash`.",
    why="Without a lock nobody can tell whether the node that runs is the node that was reviewed.",
    bad="# no `files` and no `hash`",
    good="""\
files:
  "node.py": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
hash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
""",
    fix="run `onex lock`",
    node=check,
    late=mend_lock.locked,
)
