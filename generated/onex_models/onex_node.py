# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field

from .state_contract import StateContract


class Deprecated(ContractModel):
    """What to use in place of a deprecated node, and until when it stays."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    successor: Annotated[
        str | MISSING,
        Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$"),
    ] = MISSING
    """The id of the node to use in its place."""
    date: Annotated[
        str | MISSING,
        Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
    ] = MISSING
    """The date after which the node may be removed."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the node is deprecated."""


class InputArgument(ContractModel):
    """An argument taken from the input state."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    input: Annotated[str, Field(min_length=1)]
    """The input property whose value is passed; an array gives one argument per element, an absent one none."""
    flag: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """An option to put before each value."""
    switch: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """An option to pass when the property is true; the value itself is not passed."""


class CommandOutput(ContractModel):
    """Where the output state of a command comes from."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    from_: Annotated[Literal["result", "stdout", "file"], Field(alias="from")]
    """`result` is descriptor 4, `stdout` standard output, `file` a file in the work folder."""
    as_: Annotated[Literal["json", "text", "lines"] | MISSING, Field(alias="as")] = (
        MISSING
    )
    """How the bytes are read; `json` must be the output state unless `key` is given."""
    path: Annotated[
        str | MISSING,
        Field(
            max_length=1024,
            pattern="^(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+)(?:/(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+))*$",
        ),
    ] = MISSING
    """The file to read when `from` is `file`, relative to the work folder."""
    key: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The property of the output state that the value becomes; needed for `text` and `lines`."""


class Entrypoint(ContractModel):
    """What is executed, and how its input and output are carried."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    type: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The executor that runs the node."""
    target: Annotated[str | MISSING, Field(max_length=1024, min_length=1)] = MISSING
    """For `python`, a file of the node and a function in it, for example `node.py:run`; for `cli`, a program: a file of the node or a command found on the search path."""
    args: list[str | InputArgument] | MISSING = MISSING
    """The arguments of a command, in order; nothing is ever interpolated into a text."""
    output: Annotated[CommandOutput | MISSING, Field(title="CommandOutput")] = MISSING
    """Where the output state of a command comes from."""
    interpreter: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The Python interpreter to run the target with, in place of the one that onex runs in."""
    preload: list[str] | MISSING = MISSING
    """Modules to import once and share between executions of this node."""


class Effects(ContractModel):
    """What the node may touch besides its own work folder."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    network: bool = False
    """Whether the node may use the network."""
    writes: Literal["none", "nodes"] | list[str] = "none"
    """What the node may write: `none`; `nodes`, whose output files onex publishes as a new node; or a list of absolute folders."""
    idempotent: bool = False
    """Whether running the node twice with the same input leaves the same as running it once."""


class IsolationDemand(ContractModel):
    """How far the node must be kept apart from its host."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    minimum: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level below which the node must not run."""


class Limits(ContractModel):
    """What an execution may use."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    timeout_ms: Annotated[int, Field(ge=1, le=86400000)] = 60000
    """Wall-clock time, in milliseconds."""
    memory_mb: Annotated[int, Field(ge=1, le=1048576)] = 1024
    """Memory, in MiB."""
    output_bytes: Annotated[int, Field(ge=1, le=1073741824)] = 10485760
    """Size of the result and of each collected output, in bytes."""


class Triggers(ContractModel):
    """Nodes to start after this one on a message bus."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    on_success: list[str] | MISSING = MISSING
    """Nodes to start when this one succeeds."""
    on_failure: list[str] | MISSING = MISSING
    """Nodes to start when this one fails."""
    always: list[str] | MISSING = MISSING
    """Nodes to start in either case."""


class Dependency(ContractModel):
    """A node that this one relies on."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    node: Annotated[
        str, Field(max_length=265, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)+$")
    ]
    """The id of the node."""
    version: Annotated[str, Field(max_length=200, min_length=1)]
    """The versions that will do, for example ">=1.2,<2"."""


class TrustSnapshot(ContractModel):
    """The score as it was last written down; never part of the lock, and never what a gate reads."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    score: str | None
    """The score, or null while nothing was counted."""
    lower: str | None
    """The lower bound of the score, or null while nothing was counted."""
    samples: Annotated[int, Field(ge=0)]
    """How many executions were counted."""
    level: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"]
    """What the score amounts to."""
    as_of: str | None
    """When the snapshot was taken, in UTC, or null."""
    head: str | None
    """Digest of the last entry of the history that was scored, or null."""


class Trust(ContractModel):
    """What trust the node demands and has."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    policy: Annotated[str, Field(pattern="^[a-z][a-z0-9_-]*$")]
    """The name of the policy that scores the node."""
    minimum: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"] | None
    """The level that the node must have to be used, or null."""
    snapshot: Annotated[TrustSnapshot, Field(title="TrustSnapshot")]
    """The score as it was last written down; never part of the lock, and never what a gate reads."""


class Waiver(ContractModel):
    """One finding that the owner accepts for a while."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    code: Annotated[str, Field(pattern="^ONX[0-9]{3}$")]
    """The code of the rule, for example ONX104."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the finding is accepted."""
    expires: Annotated[
        str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
    ]
    """The last day on which it is accepted."""


class OnexNode(ContractModel):
    """The metadata block of a node, `node.onex`: what the node takes, what it gives, what it may touch, who owns it, where it stands in its life, and the digests that lock all of it."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    metadata_version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The edition of this format that the file is written in, quoted, for example "1.0.0"."""
    schema_version: str | MISSING = MISSING
    """The schema version of a published metadata block that this node came from; onex does not read it."""
    name: Annotated[str, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")]
    """The node's name; it equals the name of the node's folder."""
    namespace: Annotated[
        str, Field(max_length=200, pattern="^[a-z][a-z0-9_-]*(\\.[a-z][a-z0-9_-]*)*$")
    ]
    """The dotted names of the folders above the node; with the name it makes the node's id."""
    version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The node's own version after Semantic Versioning, quoted."""
    uuid: Annotated[
        str,
        Field(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    ]
    """A UUID that stays with the node for life; a scaffolded node has the version 5 UUID of its id."""
    description: Annotated[str, Field(max_length=4000, min_length=1)]
    """What the node does, in a sentence that stands alone."""
    owner: Annotated[str, Field(max_length=200, min_length=1)]
    """The person or team that answers for the node."""
    author: str | MISSING = MISSING
    """Who wrote the node."""
    created_at: Annotated[
        str | MISSING,
        Field(
            pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z$"
        ),
    ] = MISSING
    """When the node was written, in UTC."""
    last_modified_at: Annotated[
        str | MISSING,
        Field(
            pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?Z$"
        ),
    ] = MISSING
    """When the node was last edited, in UTC."""
    meta_type: str | MISSING = MISSING
    """What kind of thing a published metadata block described; onex does not read it."""
    lifecycle: Literal["draft", "review", "active", "deprecated"]
    """Where the node stands in its life."""
    deprecated: Annotated[Deprecated | MISSING, Field(title="Deprecated")] = MISSING
    """What to use in place of a deprecated node, and until when it stays."""
    tags: list[str] | MISSING = MISSING
    """Words to find the node by."""
    group: Annotated[
        str | MISSING, Field(max_length=64, pattern="^[a-z][a-z0-9_-]*$")
    ] = MISSING
    """The group whose topic on a message bus reaches the node."""
    entrypoint: Annotated[Entrypoint, Field(title="Entrypoint")]
    """What is executed, and how its input and output are carried."""
    state_contract: str | StateContract
    """The contract of the node's input and output: the path of a file of the node, or the contract itself."""
    effects: Annotated[Effects | MISSING, Field(title="Effects")] = MISSING
    """What the node may touch besides its own work folder."""
    deterministic: bool = False
    """Whether equal input always gives equal output."""
    required_env: list[str] | MISSING = MISSING
    """Names of environment variables that the node needs; values never stand in a node file."""
    isolation: Annotated[IsolationDemand | MISSING, Field(title="IsolationDemand")] = (
        MISSING
    )
    """How far the node must be kept apart from its host."""
    limits: Annotated[Limits | MISSING, Field(title="Limits")] = MISSING
    """What an execution may use."""
    cache: bool = False
    """Whether a result may be reused for equal input and equal behaviour."""
    triggers: Annotated[Triggers | MISSING, Field(title="Triggers")] = MISSING
    """Nodes to start after this one on a message bus."""
    dependencies: list[Dependency] | MISSING = MISSING
    """Nodes that this one relies on."""
    shared: list[str] | MISSING = MISSING
    """Files that the node shares with others, as paths from the root of the workspace; they are locked with it. Its contract may refer to the schemas among them by their `$id`."""
    trust: Annotated[Trust, Field(title="Trust")]
    """What trust the node demands and has."""
    waivers: list[Waiver] | MISSING = MISSING
    """Findings that the owner accepts for a while."""
    files: dict[str, str] | MISSING = MISSING
    """The node's files and their digests, written by `onex lock`: every file of the folder but `node.onex`, Python caches and what `.onexignore` names; and each file that `shared` names, with `shared:` before its path."""
    hash: Annotated[str | MISSING, Field(pattern="^[0-9a-f]{64}$")] = MISSING
    """Digest over the canonical bytes of everything in this document but `hash` and `trust.snapshot`, written by `onex lock`."""
