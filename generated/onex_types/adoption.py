# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, TypedDict

from .inference import CodeEffect, CodeRemark


class LeftFile(TypedDict):
    """A file that was left alone."""

    path: str
    """The file or the folder."""
    reason: str
    """Why."""


class AdoptedScript(TypedDict):
    """One script, and what became of it."""

    path: str
    """The script."""
    sha256: str
    """The digest of its bytes."""
    language: str
    """What it is written in."""
    node_id: str
    """The node."""
    outcome: Literal["adopted", "updated", "unchanged", "kept", "refused"]
    """`adopted` is a new node; `updated` one whose script has changed since; `unchanged` one that is up to date; `kept` one that was left as it is, and `refused` one that was not made, each with a reason."""
    reason: str | None
    """Why, where that needs to be said; else null."""
    description: str | None
    """What the script says that it does, or null."""
    inputs: list[str]
    """The properties of the input state, in order."""
    changed: list[str]
    """In what the copy differs from the script."""
    undecided: list[CodeRemark]
    """What the script leaves open."""
    effects: list[CodeEffect]
    """What it seems to need or to touch."""


class Adoption(TypedDict):
    """What `onex adopt` found in a folder, script by script: the node that each became, and what is left to decide."""

    schema_version: str
    """The version of this format."""
    paths: list[str]
    """What was looked through."""
    dry_run: bool
    """Whether nothing was written."""
    counts: dict[str, int]
    """How many files came to what: `adopted`, `updated`, `unchanged`, `kept`, `refused`, `left`, `notebooks`, and `others`, which are no scripts."""
    scripts: list[AdoptedScript]
    """The scripts, by path."""
    left: list[LeftFile]
    """What was left alone, by path, each with the reason."""
