# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from .state_contract import StateContract


class Deprecated(TypedDict):
    """What to use in place of a deprecated node, and until when it stays."""

    successor: NotRequired[str]
    """The id of the node to use in its place."""
    date: NotRequired[str]
    """The date after which the node may be removed."""
    reason: str
    """Why the node is deprecated."""


class InputArgument(TypedDict):
    """An argument taken from the input state."""

    input: str
    """The input property whose value is passed; an array gives one argument per element, an absent one none."""
    flag: NotRequired[str]
    """An option to put before each value."""
    switch: NotRequired[str]
    """An option to pass when the property is true; the value itself is not passed."""


CommandOutput = TypedDict(
    "CommandOutput",
    {
        "from": Literal["result", "stdout", "file"],
        "as": NotRequired[Literal["json", "text", "lines"]],
        "path": NotRequired[str],
        "key": NotRequired[str],
    },
)


class Entrypoint(TypedDict):
    """What is executed, and how its input and output are carried."""

    type: str
    """The executor that runs the node."""
    target: NotRequired[str]
    """For `python`, a file of the node and a function in it, for example `node.py:run`; for `cli`, a program: a file of the node or a command found on the search path."""
    args: NotRequired[list[str | InputArgument]]
    """The arguments of a command, in order; nothing is ever interpolated into a text."""
    output: NotRequired[CommandOutput]
    """Where the output state of a command comes from."""
    interpreter: NotRequired[str]
    """The Python interpreter to run the target with, in place of the one that onex runs in."""
    preload: NotRequired[list[str]]
    """Modules to import once and share between executions of this node."""


class Effects(TypedDict):
    """What the node may touch besides its own work folder."""

    network: NotRequired[bool]
    """Whether the node may use the network."""
    writes: NotRequired[Literal["none", "nodes"] | list[str]]
    """What the node may write: `none`; `nodes`, whose output files onex publishes as a new node; or a list of absolute folders."""
    idempotent: NotRequired[bool]
    """Whether running the node twice with the same input leaves the same as running it once."""


class IsolationDemand(TypedDict):
    """How far the node must be kept apart from its host."""

    minimum: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level below which the node must not run."""


class Limits(TypedDict):
    """What an execution may use."""

    timeout_ms: NotRequired[int]
    """Wall-clock time, in milliseconds."""
    memory_mb: NotRequired[int]
    """Memory, in MiB."""
    output_bytes: NotRequired[int]
    """Size of the result and of each collected output, in bytes."""


class Triggers(TypedDict):
    """Nodes to start after this one on a message bus."""

    on_success: NotRequired[list[str]]
    """Nodes to start when this one succeeds."""
    on_failure: NotRequired[list[str]]
    """Nodes to start when this one fails."""
    always: NotRequired[list[str]]
    """Nodes to start in either case."""


class Dependency(TypedDict):
    """A node that this one relies on."""

    node: str
    """The id of the node."""
    version: str
    """The versions that will do, for example ">=1.2,<2"."""


class TrustSnapshot(TypedDict):
    """The score as it was last written down; never part of the lock, and never what a gate reads."""

    score: str | None
    """The score, or null while nothing was counted."""
    lower: str | None
    """The lower bound of the score, or null while nothing was counted."""
    samples: int
    """How many executions were counted."""
    level: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"]
    """What the score amounts to."""
    as_of: str | None
    """When the snapshot was taken, in UTC, or null."""
    head: str | None
    """Digest of the last entry of the history that was scored, or null."""


class Trust(TypedDict):
    """What trust the node demands and has."""

    policy: str
    """The name of the policy that scores the node."""
    minimum: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"] | None
    """The level that the node must have to be used, or null."""
    snapshot: TrustSnapshot
    """The score as it was last written down; never part of the lock, and never what a gate reads."""


class Waiver(TypedDict):
    """One finding that the owner accepts for a while."""

    code: str
    """The code of the rule, for example ONX104."""
    reason: str
    """Why the finding is accepted."""
    expires: str
    """The last day on which it is accepted."""


class OnexNode(TypedDict):
    """The metadata block of a node, `node.onex`: what the node takes, what it gives, what it may touch, who owns it, where it stands in its life, and the digests that lock all of it."""

    metadata_version: str
    """The edition of this format that the file is written in, quoted, for example "1.0.0"."""
    schema_version: NotRequired[str]
    """The schema version of a published metadata block that this node came from; onex does not read it."""
    name: str
    """The node's name; it equals the name of the node's folder."""
    namespace: str
    """The dotted names of the folders above the node; with the name it makes the node's id."""
    version: str
    """The node's own version after Semantic Versioning, quoted."""
    uuid: str
    """A UUID that stays with the node for life; a scaffolded node has the version 5 UUID of its id."""
    description: str
    """What the node does, in a sentence that stands alone."""
    owner: str
    """The person or team that answers for the node."""
    author: NotRequired[str]
    """Who wrote the node."""
    created_at: NotRequired[str]
    """When the node was written, in UTC."""
    last_modified_at: NotRequired[str]
    """When the node was last edited, in UTC."""
    meta_type: NotRequired[str]
    """What kind of thing a published metadata block described; onex does not read it."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """Where the node stands in its life."""
    deprecated: NotRequired[Deprecated]
    """What to use in place of a deprecated node, and until when it stays."""
    tags: NotRequired[list[str]]
    """Words to find the node by."""
    group: NotRequired[str]
    """The group whose topic on a message bus reaches the node."""
    entrypoint: Entrypoint
    """What is executed, and how its input and output are carried."""
    state_contract: str | StateContract
    """The contract of the node's input and output: the path of a file of the node, or the contract itself."""
    effects: NotRequired[Effects]
    """What the node may touch besides its own work folder."""
    deterministic: NotRequired[bool]
    """Whether equal input always gives equal output."""
    required_env: NotRequired[list[str]]
    """Names of environment variables that the node needs; values never stand in a node file."""
    isolation: NotRequired[IsolationDemand]
    """How far the node must be kept apart from its host."""
    limits: NotRequired[Limits]
    """What an execution may use."""
    cache: NotRequired[bool]
    """Whether a result may be reused for equal input and equal behaviour."""
    triggers: NotRequired[Triggers]
    """Nodes to start after this one on a message bus."""
    dependencies: NotRequired[list[Dependency]]
    """Nodes that this one relies on."""
    shared: NotRequired[list[str]]
    """Files that the node shares with others, as paths from the root of the workspace; they are locked with it. Its contract may refer to the schemas among them by their `$id`."""
    trust: Trust
    """What trust the node demands and has."""
    waivers: NotRequired[list[Waiver]]
    """Findings that the owner accepts for a while."""
    files: NotRequired[dict[str, str]]
    """The node's files and their digests, written by `onex lock`: every file of the folder but `node.onex`, Python caches and what `.onexignore` names; and each file that `shared` names, with `shared:` before its path."""
    hash: NotRequired[str]
    """Digest over the canonical bytes of everything in this document but `hash` and `trust.snapshot`, written by `onex lock`."""
