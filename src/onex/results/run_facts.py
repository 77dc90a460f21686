"""The facts of a run as a whole: that it began, what it is to do, what it read, made and said."""

from typing import Literal

from onex.core.text import printable
from onex.results.facts import VERSION
from onex.results.status import Outcome
from onex.results.suite import EMPTY_SHA256
from onex_types.common import Artifact, Environment, Git, Resource, RunPolicy, Trigger
from onex_types.fact import (
    Logged,
    PlanItem,
    RunFinished,
    RunInput,
    RunOutput,
    RunPlanned,
    RunStarted,
)

MOST_CHARACTERS = 1024
"""How long the name of a unit may be."""


def run_started(  # noqa: PLR0913 - one argument for each thing that the fact says
    at_us: int,
    *,
    run_id: str,
    pipeline_id: str,
    onex_version: str,
    git: Git,
    pipeline_version: str | None = None,
    trigger: Trigger | None = None,
    env: Environment | None = None,
    policy: RunPolicy | None = None,
    config_hash: str | None = None,
) -> RunStarted:
    """A run began."""
    return {
        "v": VERSION,
        "kind": "run_started",
        "at_us": at_us,
        "run_id": run_id,
        "pipeline_id": pipeline_id,
        "pipeline_version": pipeline_version,
        "onex_version": onex_version,
        "git_sha7": git["sha7"],
        "git": git,
        "trigger": trigger,
        "env": env,
        "policy": policy,
        "config_hash": config_hash,
    }


def run_planned(
    at_us: int,
    items: list[PlanItem],
    *,
    active: list[str] | None = None,
    inventory_sha256: str = EMPTY_SHA256,
    tree_digest: str | None = None,
) -> RunPlanned:
    """It was decided what to execute and check."""
    return {
        "v": VERSION,
        "kind": "run_planned",
        "at_us": at_us,
        "items": items,
        "active": active,
        "inventory_sha256": inventory_sha256,
        "tree_digest": tree_digest,
    }


def run_input(at_us: int, resource: Resource) -> RunInput:
    """A run said what it reads."""
    return {"v": VERSION, "kind": "run_input", "at_us": at_us, "resource": resource}


def run_output(at_us: int, resource: Resource, artifact: Artifact | None) -> RunOutput:
    """A run said what it made; ``artifact`` is the copy that its folder keeps."""
    return {
        "v": VERSION,
        "kind": "run_output",
        "at_us": at_us,
        "resource": resource,
        "artifact": artifact,
    }


def logged(at_us: int, source: Literal["run", "stdout", "stderr"], text: str) -> Logged:
    """Something was said that belongs into the log."""
    return {"v": VERSION, "kind": "logged", "at_us": at_us, "source": source, "text": text}


def run_finished(
    at_us: int, *, outcome: Outcome, duration_us: int, reason: str | None = None
) -> RunFinished:
    """A run ended."""
    return {
        "v": VERSION,
        "kind": "run_finished",
        "at_us": at_us,
        "outcome": outcome,
        "duration_us": duration_us,
        "reason": reason,
    }


def plan_item(  # noqa: PLR0913 - one argument for each thing that an item says
    item_id: str,
    case_key: str,
    kind: str,
    *,
    critical: bool = True,
    needs: list[int] | None = None,
    expects: bool = False,
) -> PlanItem:
    """An item of a plan; characters that no name has are replaced."""
    return {
        "item_id": plain_text(item_id),
        "case_key": plain_text(case_key),
        "kind": kind,
        "critical": critical,
        "needs": needs or [],
        "expects": expects,
    }


def plain_text(text: str) -> str:
    """``text`` as a name: escapes for what does not print, and not longer than a name may be."""
    return (printable(text) or "?")[:MOST_CHARACTERS]
