"""What the files of a node hold, read once for all rules that look into them."""

import os
from functools import lru_cache

from onex.core import document
from onex.core.document import Document
from onex.core.text import MAX_BYTES
from onex.errors import DocumentError
from onex.validate.subject import Subject

MOST_BYTES = 16 * MAX_BYTES
"""How much is read of one node; what comes behind is not looked into."""


def files_of(subject: Subject) -> tuple[Document, ...]:
    """The files of a node that have a mebibyte at most, its document and its contract left out.

    What a file holds may be anything; its path is the path of the document.
    """
    if not subject.node:
        return ()
    own = {found.path for found in (subject.document, subject.contract_document) if found}
    folder = os.path.dirname(subject.path)
    if subject.contents:
        read = ((os.path.join(folder, name), data) for name, data in subject.contents.items())
        return tuple(Document(path, data, None) for path, data in read if path not in own)
    paths = [os.path.join(folder, name) for name in subject.files]
    return _read(tuple(path for path in paths if path not in own), subject.hash)


@lru_cache(maxsize=1)
def _read(paths: tuple[str, ...], _digest: str | None) -> tuple[Document, ...]:
    """The files at ``paths``; the digest of the node tells one state of them from another."""
    found: list[Document] = []
    left = MOST_BYTES
    for path in paths:
        try:
            data = document.read_bytes(path, MAX_BYTES, follow=False)
        except DocumentError:
            continue  # too large, or told by the rules about files
        left -= len(data)
        if left < 0:
            break
        found.append(Document(path, data, None))
    return tuple(found)


def is_text(found: Document) -> bool:
    """Whether a file is text in UTF-8."""
    try:
        return "\0" not in found.data.decode()
    except UnicodeDecodeError:
        return False


def place_of(found: Document) -> Document | str:
    """The file as findings show it: with its lines, when it is text."""
    return found if is_text(found) else found.path
