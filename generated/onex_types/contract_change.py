# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, TypedDict


class LifecycleMove(TypedDict):
    """Where a node stood in its life, and where it stands."""

    before: Literal["draft", "review", "active", "deprecated"] | None
    """Where it stood; null when it was not there."""
    after: Literal["draft", "review", "active", "deprecated"] | None
    """Where it stands; null when it is not there."""


class VersionMove(TypedDict):
    """The versions of a node, and the one that its changes ask for."""

    before: str | None
    """The version that it had; null when it was not there."""
    after: str | None
    """The version that it has; null when it is not there."""
    needed: str | None
    """The least version that says to others what its changes mean; null where none is needed, or none would do."""
    enough: bool
    """Whether its version says it."""


class Witness(TypedDict):
    """A state that one contract accepts and the other does not; two engines say so."""

    side: Literal["input", "output"]
    """The side of the contract."""
    accepted_by: Literal["before", "after"]
    """Which of the two contracts accepts it."""
    state: dict[str, Any]
    """The state."""


class Change(TypedDict):
    """One thing that is not what it was."""

    verdict: Literal["breaking", "escalating", "compatible", "code-only", "metadata", "added"]
    """What it means."""
    path: str
    """The file, relative to the folder that the command was run in where it lies below it."""
    line: int
    """The line, from 1."""
    column: int
    """The column in characters, from 1."""
    pointer: str
    """The JSON pointer of the value in its document; empty for the whole document."""
    message: str
    """What was there, and what is."""
    undecided: bool
    """Whether harm could neither be shown nor ruled out, and is therefore taken for granted."""
    witness: Witness | None
    """What shows that somebody is let down; null where there is nothing to show."""


class NodeChange(TypedDict):
    """One node that is not what it was."""

    node_id: str
    """The node, by the id that it had; or the file that holds a contract alone."""
    verdict: Literal["breaking", "escalating", "compatible", "code-only", "metadata", "added"]
    """The weightiest of the verdicts on its changes."""
    weight: Literal["free", "warns", "blocks"]
    """What a weighty verdict does, after the stage of life that the node had: a draft is `free`, review `warns`, what is relied upon `blocks`."""
    fails: bool
    """Whether the node does not pass."""
    lifecycle: LifecycleMove
    """Where it stood in its life, and where it stands."""
    version: VersionMove
    """Its versions, and the one that its changes ask for."""
    changes: list[Change]
    """What changed, the weightiest first."""


class ContractChanges(TypedDict):
    """What `onex diff` found: for each node that is not what it was, what that means for those who rely on it."""

    schema_version: str
    """The version of this format."""
    before: str
    """What was compared with: a revision, a folder or a file."""
    after: str
    """What was compared: a folder or a file."""
    mode: Literal["backward", "forward", "full"]
    """Who must still be served: those who rely on the node as it was (`backward`), those who rely on it as it is now and meet the old one (`forward`), or both (`full`)."""
    fail_on: Literal["breaking", "escalating", "any", "never"]
    """What does not pass."""
    compared: int
    """How many nodes were compared."""
    unchanged: int
    """How many of them are what they were."""
    passed: bool
    """Whether no node fails."""
    nodes: list[NodeChange]
    """The nodes that are not what they were, in the order of their ids."""
