"""Files of JSON values, a line each: read one by one, with the place of each.

A line ends at a line feed alone; U+2028 inside a text splits nothing.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple

from onex.core import document, json
from onex.core.values import JSON
from onex.errors import DocumentError

MOST_BYTES = 1 << 30
"""How large a file of lines may be."""

LONGEST = json.MAX_STATE_BYTES + 4096
"""How long one line may be, in bytes: a state and what is said about it."""


class Line(NamedTuple):
    """A line: its number from 1, the byte that it begins at, and its value."""

    number: int
    offset: int
    value: JSON


def read(path: str) -> Iterator[Line]:
    """The values of the file at ``path``, one by one.

    Raises:
        DocumentError: it cannot be read, its last line has no end, or a line is not one JSON value;
            the message names the line, and the byte that it begins at.
    """
    for number, offset, data in raw(path):
        if not data.endswith(b"\n"):
            problem = f"the last line, from byte {offset}, is torn: it has no end"
            raise DocumentError(path, problem, line=number)
        try:
            value = json.parse_state(data, path)
        except DocumentError as error:
            problem = f"the line, from byte {offset}, is not one JSON value: {error.problem}"
            raise DocumentError(path, problem, line=number, column=error.column) from error
        yield Line(number, offset, value)


def raw(path: str) -> Iterator[tuple[int, int, bytes]]:
    """The lines of the file at ``path`` as bytes, each with its number and its offset.

    Raises:
        DocumentError: it cannot be read, or a line is too long.
    """
    with (
        document.opened(path, MOST_BYTES) as (descriptor, _),
        os.fdopen(descriptor, "rb", closefd=False) as file,
    ):
        number = offset = 0
        while data := file.readline(LONGEST + 1):
            number += 1
            if len(data) > LONGEST:
                problem = f"the line, from byte {offset}, has more than {LONGEST} bytes"
                raise DocumentError(path, problem, line=number)
            yield number, offset, data
            offset += len(data)
