"""The texts of a document, each with its pointer, and the documents of a node."""

from collections.abc import Iterator

from onex.core.canonical import escape
from onex.core.document import JSON, Document
from onex.validate.subject import Subject


def documents_of(subject: Subject) -> list[Document]:
    """The node's document and the one that its contract stands in; once when they are the same."""
    both = (subject.document, subject.contract_document)
    return list({id(found): found for found in both if found}.values())


def texts(value: JSON) -> Iterator[tuple[str, str]]:
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


def keys(value: JSON) -> Iterator[tuple[str, str]]:
    """The keys in ``value``, each with the pointer of what stands under it."""
    stack: list[tuple[str, JSON]] = [("", value)]
    while stack:
        pointer, item = stack.pop()
        if isinstance(item, dict):
            below = [(f"{pointer}/{escape(key)}", key, child) for key, child in item.items()]
            yield from ((place, key) for place, key, _ in below)
            stack += [(place, child) for place, _, child in below]
        elif isinstance(item, list):
            stack += [(f"{pointer}/{index}", child) for index, child in enumerate(item)]
