"""ONX102: a node document holds no key that the schema does not know."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Each unknown or misspelt key, at the key."""
    if subject.document:
        for problem in subject.problems:
            if problem.key:
                finding = RULE.from_problem(subject.document, problem, subject)
                is_nested = problem.pointer.count("/") > 1
                if is_nested and finding["help"] == RULE.fix:
                    finding["help"] = "correct the key, or remove it"
                yield finding


RULE = Rule(
    code="ONX102",
    name="unknown-key",
    purpose="A node document holds only keys that its schema knows, or that begin with `x-`.",
    why="A misspelt key is silently ignored by every reader, and what it was to say is lost.",
    bad="lifecyle: draft",
    good="lifecycle: draft",
    fix="correct the key, or begin it with `x-` if it is your own",
    explains=True,
    node=check,
)
