"""A script in any language as the command node that it would be.

A script says what it takes, and not what it gives: until somebody says more, the output is the text
that it prints.
"""

from dataclasses import replace

from onex.core import document
from onex.errors import DocumentError
from onex.infer import examples, other, python_script, shell, source
from onex.infer.language import PYTHON, SHELL, Start, start_of
from onex.infer.proposal import Proposal, Schema, object_schema
from onex.validate.code import MOST_BYTES

STDOUT = {"from": "stdout", "as": "text", "key": "text"}
"""Where the output of a script comes from: what it prints is the property `text`."""

PRINTED: Schema = object_schema(
    {"text": {"type": "string", "description": "What the command prints."}}, ["text"], is_open=False
)


def read(path: str, data: bytes | None = None) -> Proposal:
    """What the script ``path``, which holds ``data`` if that is given, says of its node.

    Raises:
        DocumentError: it cannot be read, is too large, is no script of a known language, or is
            Python that cannot be parsed.
    """
    data = document.read_bytes(path, MOST_BYTES) if data is None else data
    start = start_of(path, data)
    if start is None:
        raise DocumentError(
            path,
            "is no script that is known: it has no first line with '#!' and no suffix that tells",
            help="begin it with a line such as `#!/usr/bin/env python3`",
        )
    proposal = _read(path, data, start)
    return replace(proposal, cases=tuple(examples.refusals(proposal)))


def _read(path: str, data: bytes, start: Start) -> Proposal:
    if start.language == PYTHON:
        return python_script.read(source.read(path, data), PRINTED)
    text = data.decode(errors="replace").replace("\r\n", "\n")
    if start.language == SHELL:
        found = shell.read(path, text, PRINTED)
    else:
        found = other.read(path, start.language, text, PRINTED)
    return replace(found, description=other.heading(start.language, text))
