# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

Common: TypeAlias = Any
"""The values that more than one onex document uses."""


class Isolation(TypedDict):
    """What isolation was asked for, and what was in force."""

    requested: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level that was asked for."""
    effective: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level that was in force."""
    degraded: list[str]
    """What the requested level includes and this host could not give, one reason each."""


class Error(TypedDict):
    """Why something did not succeed, for programs and for people."""

    code: str
    """A stable name for this kind of error; either one of onex's own or the `code` of the exception that a node raised."""
    message: str
    """What went wrong, in one sentence and without a stack trace."""
    details: dict[str, Any]
    """Facts about the error, by name."""
    hint: str | None
    """What to do about it; null when there is nothing to say."""


class Artifact(TypedDict):
    """A file that a node gave."""

    name: str
    """The artifact's name, unique within the execution."""
    path: str
    """Where the file lies, relative to the work folder or the run folder."""
    hash: str
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is, for example a media type."""


class Action(TypedDict):
    """Something that a node did and wants to be on record, such as a request or a command."""

    action: str
    """The kind of action, for example `run`, `proc`, `httpGet` or `tcp`."""
    status: Literal["ok", "fail"]
    """Whether the action succeeded."""


class Extract(TypedDict):
    """A value that a node took out of an artifact."""

    source_artifact: str
    """The name of the artifact that was read."""
    format: str
    """The format that it was read as, for example `json`."""
    status: Literal["ok", "fail"]
    """Whether the extraction succeeded."""


class Stream(TypedDict):
    """What a process wrote to one of its output streams."""

    bytes: int
    """How many bytes the process wrote, kept or not."""
    truncated: bool
    """Whether `text` is only the end of what was written."""
    text: str
    """The end of what was written, at most 4096 bytes of it, decoded as UTF-8."""


class Process(TypedDict):
    """How the process of an execution ended and what it used."""

    exit: int | None
    """The exit status; null when a signal ended the process."""
    signal: int | None
    """The number of the signal that ended the process, or null."""
    timed_out: bool
    """Whether the time limit ended it."""
    cpu_us: int
    """Processor time used, in microseconds."""
    max_rss_kib: int
    """Greatest resident memory, in KiB."""
    stdout: Stream
    """What it wrote to standard output."""
    stderr: Stream
    """What it wrote to standard error."""


class Step(TypedDict):
    """One step of an execution: what was checked or done, and how it went."""

    step: Literal["lock", "gate", "input", "execute", "output", "publish"]
    """`lock` checks the digests, `gate` lifecycle and isolation, `input` the input contract, `execute` runs the node, `output` checks the output contract, `publish` puts made nodes into the workspace."""
    status: Literal["ok", "fail"]
    """Whether the step went well."""
    duration_us: int
    """How long the step took."""
    detail: str | None
    """One line about the step, or null."""


class ResultTrust(TypedDict):
    """What this execution means for the node's trust."""

    policy: str
    """The name of the trust policy in force."""
    minimum: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"] | None
    """The level that the node demanded, or null."""
    counted: bool
    """Whether this execution counts for the node's trust."""
    level: Literal["unrated", "provisional", "untrusted", "low", "medium", "high"]
    """The node's trust level when it was executed."""
    score: str | None
    """The node's trust score when it was executed; null while it is unrated."""
