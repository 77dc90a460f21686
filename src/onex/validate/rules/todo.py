"""ONX109: nothing is left to do."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex.validate.texts import documents_of, texts
from onex_types.finding import Finding

MARK = b"TODO"


def check(subject: Subject) -> Iterator[Finding]:
    """Each text of the node's document and of its contract that a scaffold left to be filled in."""
    for document in documents_of(subject):
        # A text can only begin so if the bytes hold the word, or an escape that spells it.
        if MARK in document.data or b"\\" in document.data:
            for pointer, text in texts(document.value):
                if text.startswith(MARK.decode()):
                    yield RULE.finding(
                        document, f"left to do: {text}", pointer=pointer, node_id=subject.node_id
                    )


RULE = Rule(
    code="ONX109",
    name="todo",
    severity="warning",
    purpose="No text of a node's document or contract begins with TODO.",
    why="A scaffolded node runs at once, but says nothing yet about what it is for and who owns it.",
    bad='description: "TODO: say what this node does"',
    good="description: Trims white space from a text.",
    fix="write what the place is for, then run `onex lock`",
    node=check,
)
