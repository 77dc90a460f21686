# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import ConfigDict, Field, RootModel


class Common(RootModel[Any]):
    model_config = ConfigDict(
        frozen=True,
    )
    root: Annotated[Any, Field(title="Common")]
    """The values that more than one onex document uses."""


class Isolation(ContractModel):
    """What isolation was asked for, and what was in force."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    requested: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level that was asked for."""
    effective: Literal["none", "process", "limits", "landlock", "strict", "namespace", "wasm"]
    """The level that was in force."""
    degraded: list[str]
    """What the requested level includes and this host could not give, one reason each."""


class Error(ContractModel):
    """Why something did not succeed, for programs and for people."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    code: Annotated[str, Field(max_length=128, pattern="^[A-Za-z][A-Za-z0-9_.-]*$")]
    """A stable name for this kind of error; either one of onex's own or the `code` of the exception that a node raised."""
    message: str
    """What went wrong, in one sentence and without a stack trace."""
    details: dict[str, Any]
    """Facts about the error, by name."""
    hint: str | None
    """What to do about it; null when there is nothing to say."""


class Artifact(ContractModel):
    """A file that a node gave."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    name: Annotated[str, Field(min_length=1)]
    """The artifact's name, unique within the execution."""
    path: Annotated[
        str,
        Field(
            max_length=1024,
            pattern="^(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+)(?:/(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+))*$",
        ),
    ]
    """Where the file lies, relative to the work folder or the run folder."""
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Digest of the file's bytes."""
    type: str
    """What kind of thing the file is, for example a media type."""


class Action(ContractModel):
    """Something that a node did and wants to be on record, such as a request or a command."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    action: Annotated[str, Field(min_length=1)]
    """The kind of action, for example `run`, `proc`, `httpGet` or `tcp`."""
    status: Literal["ok", "fail"]
    """Whether the action succeeded."""


class Extract(ContractModel):
    """A value that a node took out of an artifact."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    source_artifact: Annotated[str, Field(min_length=1)]
    """The name of the artifact that was read."""
    format: Annotated[str, Field(min_length=1)]
    """The format that it was read as, for example `json`."""
    status: Literal["ok", "fail"]
    """Whether the extraction succeeded."""


class Stream(ContractModel):
    """What a process wrote to one of its output streams."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    bytes: Annotated[int, Field(ge=0)]
    """How many bytes the process wrote, kept or not."""
    truncated: bool
    """Whether `text` is only the end of what was written."""
    text: str
    """The end of what was written, at most 4096 bytes of it, decoded as UTF-8."""


class Process(ContractModel):
    """How the process of an execution ended and what it used."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    exit: int | None
    """The exit status; null when a signal ended the process."""
    signal: int | None
    """The number of the signal that ended the process, or null."""
    timed_out: bool
    """Whether the time limit ended it."""
    cpu_us: Annotated[int, Field(ge=0)]
    """Processor time used, in microseconds."""
    max_rss_kib: Annotated[int, Field(ge=0)]
    """Greatest resident memory, in KiB."""
    stdout: Stream
    """What it wrote to standard output."""
    stderr: Stream
    """What it wrote to standard error."""


class Step(ContractModel):
    """One step of an execution: what was checked or done, and how it went."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    step: Literal["lock", "gate", "input", "execute", "output", "publish"]
    """`lock` checks the digests, `gate` lifecycle and isolation, `input` the input contract, `execute` runs the node, `output` checks the output contract, `publish` puts made nodes into the workspace."""
    status: Literal["ok", "fail"]
    """Whether the step went well."""
    duration_us: Annotated[int, Field(ge=0)]
    """How long the step took."""
    detail: str | None
    """One line about the step, or null."""


class ResultTrust(ContractModel):
    """What this execution means for the node's trust."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
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
