# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import TypedDict


class BaselineEntry(TypedDict):
    """One line of a baseline of `onex validate`: a finding that was there when it was taken, and does not count."""

    code: str
    """The code of the rule that found it."""
    about: str
    """The id of the node that it belongs to; else the path of its file, from the root of the workspace."""
    pointer: str
    """The JSON pointer of the value that it is about; empty for a whole document."""
    message_sha256: str
    """Digest over the UTF-8 bytes of its message."""
