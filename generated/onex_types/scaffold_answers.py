# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, TypedDict


class ScaffoldAnswers(TypedDict):
    """Where a scaffolded node came from, `.onex-answers.json`."""

    scaffold: str
    """The id of the scaffold node that made it."""
    scaffold_version: str
    """The version of that node."""
    scaffold_hash: str
    """The digest of that node."""
    template: str
    """The template that was rendered."""
    template_sha256: str
    """The digest of the template."""
    answers: dict[str, Any]
    """The answers that it was rendered with."""
    files: dict[str, str]
    """The files as they were made, and their digests."""
