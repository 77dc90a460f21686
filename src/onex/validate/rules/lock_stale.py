"""ONX202: a node is what its lock says (ONEX-M1-13)."""

from collections.abc import Iterator

from onex.validate import mend_lock
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each file that is gone or has changed, by name, and the document when it has."""
    # What is needed and gone is told by the rule that needs it.
    needed = subject.needed_files()
    for problem in subject.lock_problems:
        if problem.kind == "gone" and problem.file in needed:
            continue
        if problem.kind in {"changed", "gone"} and subject.document:
            yield RULE.finding(
                subject.document,
                problem.message,
                pointer=problem.pointer,
                node_id=subject.node_id,
                help=f"run `onex lock {subject.node_id}` if the change is intended",
                fix=mend_lock.fix(subject),
            )


RULE = Rule(
    code="ONX202",
    name="lock-stale",
    purpose="Every locked file and the document itself hash to what the lock records.",
    why="Evidence, reviews and trust are about the node that was locked; one changed byte makes it another node.",
    bad="# node.py was edited after `onex lock`",
    good="# `onex lock` was run after the edit, and both were committed together",
    fix="run `onex lock` if the change is intended, else restore the file",
    node=check,
    late=mend_lock.locked,
)
