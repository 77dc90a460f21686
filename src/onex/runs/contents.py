"""What lies in a run's folder: the files by their paths, with their digests."""

import hashlib
import os
from collections.abc import Iterator

from onex.core import document
from onex.core.files import DEBRIS

MOST_BYTES = 1 << 40
"""How large a file of a run may be: as large as a node may give."""

CHUNK_BYTES = 1 << 20

PAGE = "report.html"
"""What `onex report --html` puts into a run folder: the one file that no fact tells of."""


def paths(folder: str) -> Iterator[str]:
    """The files below ``folder``, sorted, with `/` between the parts; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.startswith(DEBRIS):
                yield os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")


def digests(folder: str) -> dict[str, str]:
    """The SHA-256 of each file below ``folder``, by its path in there.

    Raises:
        DocumentError: one cannot be read, or is no regular file.
    """
    return {path: digest(os.path.join(folder, path)) for path in paths(folder)}


def digest(path: str) -> str:
    """The SHA-256 of the file at ``path``, in hexadecimal.

    Raises:
        DocumentError: it cannot be read, or is no regular file.
    """
    found = hashlib.sha256()
    with document.opened(path, MOST_BYTES, follow=False) as (descriptor, _):
        while data := os.read(descriptor, CHUNK_BYTES):
            found.update(data)
    return found.hexdigest()
