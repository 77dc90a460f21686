"""ONX203: a node holds no file that its lock does not name."""

from collections.abc import Iterator

from onex.validate import mend_lock
from onex.validate.names import is_node_document
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each file of the folder that is not in `files`."""
    for problem in subject.lock_problems:
        if problem.kind != "extra" or is_node_document(problem.file or ""):
            continue  # a second node document is told by ONX309
        if subject.document:
            yield RULE.finding(
                subject.document,
                problem.message,
                pointer=problem.pointer,
                key=True,
                node_id=subject.node_id,
                help=f"run `onex lock {subject.node_id}`, or name the file in `.onexignore`, or remove it",
                fix=mend_lock.fix(subject),
            )


RULE = Rule(
    code="ONX203",
    name="unlocked-file",
    purpose="Every file of a node's folder is locked or named in `.onexignore`.",
    why="A file beside the code can change what the code does without the lock noticing.",
    bad="# a new helper.py beside node.py, not locked",
    good="# `onex lock` was run after helper.py was added",
    fix="run `onex lock`, or name the file in `.onexignore`",
    node=check,
    late=mend_lock.locked,
)
