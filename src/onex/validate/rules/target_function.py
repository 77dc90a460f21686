"""ONX604: the Python file of an entrypoint has the function that the target names."""

from collections.abc import Iterator

from onex.core.text import printable
from onex.core.words import suggest
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

KINDS = {
    "async": "is a coroutine function; called, it gives a coroutine and no state",
    "generator": "yields; called, it gives a generator and no state",
    "class": "is a class; called, it gives an object and no state",
    "value": "is a value, and cannot be called",
}
"""What a name may be bound to that is no function that gives a state."""


def check(subject: Subject) -> Iterator[Finding]:
    """A name that the file does not bind, or binds to what is no plain function."""
    code = subject.code
    if not code or code.fault or not subject.node:
        return
    target = subject.node.value["entrypoint"].get("target", "")
    file, _, name = target.partition(":")
    if code.function and code.function.kind in KINDS and not code.is_open:
        message = f"{name} {KINDS[code.function.kind]}"
        yield RULE.finding(code.place, message, at=code.function.at, node_id=subject.node_id)
    elif not code.function and not code.is_open:
        yield RULE.finding(
            subject.node.document,
            f"there is no function {name} in {printable(file)}",
            pointer="/entrypoint/target",
            node_id=subject.node_id,
            help=suggest(name, code.names),
        )


RULE = Rule(
    code="ONX604",
    name="target-function",
    purpose="The function that a Python target names is defined in the file, and returns a state when it is called.",
    why="A node whose function was renamed is valid by all its documents and fails at its first run.",
    bad="""\
# node.py has `def clean(text)`
entrypoint:
  type: python
  target: node.py:run
""",
    good="""\
# node.py has `def clean(text)`
entrypoint:
  type: python
  target: node.py:clean
""",
    fix="name a function of the file in `target`, or define it, then run `onex lock`",
    node=check,
)
