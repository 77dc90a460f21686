# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Common: TypeAlias = Any
"""The values that more than one onex document uses."""


class Failing(TypedDict):
    """Why something failed."""

    kind: str
    """A stable name for this kind of failure."""
    msg: str
    """What went wrong, in one sentence."""
    code: NotRequired[str | int]
    """A code that a program or a protocol gave, such as an exit status."""


class Trigger(TypedDict):
    """What started a run."""

    type: Literal["github_schedule", "github_dispatch", "local_cli", "worker_http", "worker_cron"]
    """The kind of trigger: `github_schedule` for a scheduled workflow, `github_dispatch` for any other GitHub event, `local_cli` for a person or another service, `worker_http` and `worker_cron` for a worker."""
    source: str | None
    """Where it came from, for example the name of the event; null when nobody said."""
    actor: str | None
    """Who or what was behind it; null when nobody said."""


class Git(TypedDict):
    """The commit that was checked out."""

    sha: str | None
    """The commit; null when it is not known."""
    sha7: str
    """The first seven digits of the commit, zeros where there is none."""
    ref: str | None
    """The branch or tag, or null."""


class Environment(TypedDict):
    """The environment variables that a run needs: their names, never their values."""

    present: list[str]
    """Those that were set, sorted."""
    missing: list[str]
    """Those that were not set, sorted."""


class Resource(TypedDict):
    """Something that a run read or made."""

    type: str
    """What kind of thing it is, for example `file` or `table`."""
    ref: str
    """Which one it is: a path, an address, a name."""


class RunPolicy(TypedDict):
    """The rules that a run is held to."""

    name: str
    """The name of the policy."""
    triggered_by: str | None
    """What asked for the run, in the words of whoever configured it; null when nobody said."""
    trust_enforced: bool
    """Whether too little trust fails the run."""
    minimum_coverage_required: int | float | None
    """The coverage in percent below which the run fails, or null."""
    criticality: str
    """Which units are critical: `all`, unless the plan says otherwise for a unit."""


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
    blob: NotRequired[str | None]
    """The digest, and the name, of the file in the run's `blobs/` that keeps more of the end, at most 256 KiB of it; null, or left out, where `text` is all that is kept."""


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
