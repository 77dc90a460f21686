# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field


class BaselineEntry(ContractModel):
    """One line of a baseline of `onex validate`: a finding that was there when it was taken, and does not count."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    code: Annotated[str, Field(pattern="^ONX[0-9]{3}$")]
    """The code of the rule that found it."""
    about: Annotated[str, Field(min_length=1)]
    """The id of the node that it belongs to; else the path of its file, from the root of the workspace."""
    pointer: str
    """The JSON pointer of the value that it is about; empty for a whole document."""
    message_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest over the UTF-8 bytes of its message."""
