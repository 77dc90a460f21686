"""How a run of nodes begins: its folder with what is known before, and the runtime for its nodes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from onex.core import scan
from onex.core.canonical import digest
from onex.core.node import Node
from onex.core.tree import tree_digest
from onex.core.values import JSON
from onex.core.workspace import Workspace
from onex.results.blank import DEFAULT_POLICY
from onex.results.clock import Clock
from onex.results.suite import inventory_sha256
from onex.runs.folder import RunFolder
from onex.runs.trigger import detect
from onex.runtime.runtime import ONEXRuntime, Publisher
from onex_types.common import Environment, RunPolicy


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is held to, and measured against.

    Attributes:
        policy: the rules.
        active: the ids of the active nodes that should run; None when nobody asks.
        inventory: the digest of what there was to select from.
        tree_digest: the digest of the tree, when it was verified clean.
    """

    policy: RunPolicy
    active: list[str] | None
    inventory: str
    tree_digest: str | None


def policy_of(
    workspace: Workspace,
    *,
    minimum_coverage: int | None = None,
    name: str | None = None,
    triggered_by: str | None = None,
) -> RunPolicy:
    """The rules that a run is held to: what was asked for, else the table `ci` of the settings."""
    ci = workspace.config.get("ci", {})
    minimum = ci.get("minimum_coverage_required") if minimum_coverage is None else minimum_coverage
    return {
        **DEFAULT_POLICY,
        "name": name or ci.get("policy") or DEFAULT_POLICY["name"],
        "triggered_by": triggered_by or ci.get("triggered_by"),
        "minimum_coverage_required": minimum,
    }


def terms_of(workspace: Workspace, policy: RunPolicy, nodes: Sequence[Node] | None = None) -> Terms:
    """What a run is held to, and measured against.

    Args:
        workspace: where it takes place.
        policy: the rules.
        nodes: every node of the workspace, when all of it is looked at; None when single nodes
            were named, so that the others need not be read.
    """
    inventory = inventory_sha256(".".join(ref.segments) for ref in workspace.refs())
    if nodes is None:
        return Terms(policy, None, inventory, None)
    active = [node.id for node in nodes if node.lifecycle == "active"]
    is_clean = not (workspace.tree.problems or scan.check(workspace.tree))
    hashes = {node.folder: node.value.get("hash") for node in nodes}
    clean = tree_digest(workspace.tree, hashes) if is_clean else None
    return Terms(policy, active, inventory, clean)


@contextmanager
def open_run(  # noqa: PLR0913 - what is known of a run before it begins
    workspace: Workspace,
    pipeline_id: str,
    clock: Clock,
    nodes: Sequence[Node],
    policy: RunPolicy,
    *,
    publisher: Publisher | None = None,
) -> Iterator[tuple[RunFolder, ONEXRuntime]]:
    """A new run folder for the execution of ``nodes``, and the runtime that executes them into it.

    Raises:
        OnexError: the folder cannot be made, or the run cannot be closed.
    """
    with (
        _folder(workspace, pipeline_id, clock, nodes, policy) as folder,
        ONEXRuntime(
            folder.append,
            clock,
            publisher,
            artifacts_dir=folder.artifacts_dir,
            run=folder.opening,
            keep=folder.keep,
        ) as runtime,
    ):
        yield folder, runtime


def _folder(
    workspace: Workspace, pipeline_id: str, clock: Clock, nodes: Sequence[Node], policy: RunPolicy
) -> RunFolder:
    """The folder; nothing in it shows the values of the variables that the nodes require."""
    names = sorted({name for node in nodes for name in node.value.get("required_env", [])})
    return RunFolder(
        workspace.root,
        pipeline_id,
        clock,
        trigger=detect(os.environ),
        env=environment(names, os.environ) if names else None,
        policy=policy,
        config_hash=digest(cast("JSON", workspace.config)),
        secrets=[os.environ[name] for name in names if name in os.environ],
    )


def environment(names: Sequence[str], environ: Mapping[str, str]) -> Environment:
    """Which of the variables are set, by name alone (OVC-14)."""
    return {
        "present": sorted({name for name in names if name in environ}),
        "missing": sorted({name for name in names if name not in environ}),
    }
