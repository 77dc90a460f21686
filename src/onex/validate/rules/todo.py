"""ONX109: nothing is left to do."""

from collections.abc import Iterator

from onex.core.canonical import escape
from onex.core.document import JSON
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

MARK = b"TODO"


def check(subject: Subject) -> Iterator[Finding]:
    """Each text of the node's document and of its contract that a scaffold left to be filled in."""
    documents = {
        id(found): found for found in (subject.document, subject.contract_document) if found
    }
    for document in documents.values():
        # A text can only begin so if the bytes hold the word, or an escape that spells it.
        if MARK in document.data or b"\\" in document.data:
            for pointer, text in _texts(document.value):
                if text.startswith(MARK.decode()):
                    yield RULE.finding(
                        document, f"left to do: {text}", pointer=pointer, node_id=subject.node_id
                    )


def _texts(value: JSON) -> Iterator[tuple[str, str]]:
    """The texts in ``value`` with their pointers."""
    stack: list[tuple[str, JSON]] = [("", value)]
    while stack:
        pointer, item = stack.pop()
        if isinstance(item, str):
            yield pointer, item
        elif isinstance(item, dict):
            stack += [(f"{pointer}/{escape(key)}", child) for key, child in item.items()]
        elif isinstance(item, list):
            stack += [(f"{pointer}/{index}", child) for index, child in enumerate(item)]


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
