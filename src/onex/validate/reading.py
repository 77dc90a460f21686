"""A document as far as it can be read: a gate tells what it cannot read, and goes on."""

import os
from dataclasses import dataclass

from onex.core import document, node
from onex.core.document import Document
from onex.errors import ConflictError, DocumentError


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read.

    Attributes:
        place: the document, as far as its bytes are text; else its path.
        opened: whether there was a file to read at all.
        error: why it could not be read.
    """

    place: Document | str
    opened: bool
    error: DocumentError


def take(path: str, data: bytes | None = None, *, follow: bool = True) -> Document | Unread:
    """The document at ``path``, which holds ``data`` if that is given."""
    if data is None:
        try:
            data = document.read_bytes(path, follow=follow)
        except DocumentError as error:
            return Unread(path, opened=False, error=error)
    try:
        return document.parse(data, path)
    except DocumentError as error:
        if isinstance(error, ConflictError) and os.path.basename(path) in node.FILE_NAMES:
            from onex.core import conflict  # noqa: PLC0415 - wanted behind a failed merge alone

            error = conflict.explain(data, path)
        try:
            data.decode()
        except UnicodeDecodeError:
            return Unread(path, opened=True, error=error)
        return Unread(Document(path, data, None), opened=True, error=error)
