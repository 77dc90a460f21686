# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any, Literal

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field, RootModel


class Common(RootModel[Any]):
    model_config = ConfigDict(
        frozen=True,
    )
    root: Annotated[Any, Field(title="Common")]
    """The values that more than one onex document uses."""


class Failing(ContractModel):
    """Why something failed."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    kind: str
    """A stable name for this kind of failure."""
    msg: str
    """What went wrong, in one sentence."""
    code: str | int | MISSING = MISSING
    """A code that a program or a protocol gave, such as an exit status."""


class Trigger(ContractModel):
    """What started a run."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    type: Literal["github_schedule", "github_dispatch", "local_cli", "worker_http", "worker_cron"]
    """The kind of trigger: `github_schedule` for a scheduled workflow, `github_dispatch` for any other GitHub event, `local_cli` for a person or another service, `worker_http` and `worker_cron` for a worker."""
    source: str | None
    """Where it came from, for example the name of the event; null when nobody said."""
    actor: str | None
    """Who or what was behind it; null when nobody said."""


class Git(ContractModel):
    """The commit that was checked out."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    sha: Annotated[str | None, Field(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$")]
    """The commit; null when it is not known."""
    sha7: Annotated[str, Field(pattern="^[0-9a-f]{7}$")]
    """The first seven digits of the commit, zeros where there is none."""
    ref: str | None
    """The branch or tag, or null."""


class Environment(ContractModel):
    """The environment variables that a run needs: their names, never their values."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    present: list[str]
    """Those that were set, sorted."""
    missing: list[str]
    """Those that were not set, sorted."""


class Resource(ContractModel):
    """Something that a run read or made."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    type: str
    """What kind of thing it is, for example `file` or `table`."""
    ref: str
    """Which one it is: a path, an address, a name."""


class RunPolicy(ContractModel):
    """The rules that a run is held to."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    name: str
    """The name of the policy."""
    triggered_by: str | None
    """What asked for the run, in the words of whoever configured it; null when nobody said."""
    trust_enforced: bool
    """Whether too little trust fails the run."""
    minimum_coverage_required: Annotated[int | float | None, Field(ge=0.0, le=100.0)]
    """The coverage in percent below which the run fails, or null."""
    criticality: str
    """Which units are critical: `all`, unless the plan says otherwise for a unit."""


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
    blob: str | None = None
    """The digest, and the name, of the file in the run's `blobs/` that keeps more of the end, at most 256 KiB of it; null, or left out, where `text` is all that is kept."""


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
