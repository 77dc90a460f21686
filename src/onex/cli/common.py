"""What several commands share: the workspace, the nodes that arguments name, and output."""

import json
import os
from collections.abc import Sequence

import click

from onex.core.document import JSON
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import OnexError, UsageError
from onex_types.execution_result import ExecutionResult

OK = 0
FINDINGS = 1
COULD_NOT = 2


def find_refs(workspace: Workspace, names: Sequence[str]) -> list[NodeRef]:
    """The nodes that ``names`` mean, each an id or a path; a folder of nodes means all below it.

    Raises:
        OnexError: a name means no node.
    """
    found: list[NodeRef] = []
    for name in names:
        refs = _refs_below(workspace, name) if os.path.lexists(name) else [workspace.ref(name)]
        found += [ref for ref in refs if ref not in found]
    return found


def _refs_below(workspace: Workspace, path: str) -> list[NodeRef]:
    """The nodes at or below ``path``; a file means the node that it belongs to."""
    place = os.path.abspath(path)
    below = [
        ref for ref in workspace.refs() if f"{ref.folder}{os.sep}".startswith(f"{place}{os.sep}")
    ]
    around = [ref for ref in workspace.refs() if place.startswith(f"{ref.folder}{os.sep}")]
    if not below and not around:
        raise UsageError(
            f"{path}: no node of the tree of {workspace.root} is here",
            help="run `onex tree --write` to list new nodes, or `onex list` to see those that are",
        )
    return below or around


def write_output(path: str, text: str) -> None:
    """Write a report to ``path``, as a whole or not at all.

    Raises:
        OnexError: it could not be written.
    """
    from onex.core.files import write_atomic  # noqa: PLC0415 - most calls print

    write_atomic(path, text.encode())


def print_json(value: JSON) -> None:
    """``value`` on standard output, with two spaces a level."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def nothing_to(verb: str, workspace: Workspace) -> OnexError:
    """The error of a gate that found nothing to look at: that is not a success."""
    return OnexError(
        f"{workspace.root}: no nodes to {verb}; a gate that looked at nothing does not pass",
        help="run `onex scaffold demo.text.clean` to make one, or `onex tree --write` to list those that exist",
    )


def print_result(result: ExecutionResult, *, quiet: bool) -> None:
    """What an execution came to, on standard error; a plain success only when not ``quiet``."""
    name, error = result["node_id"], result["error"]
    for warning in result["warnings"]:
        click.echo(f"{name}: warning: {warning}", err=True)
    if error:
        click.echo(f"{name}: {result['status']}: {error['code']}: {error['message']}", err=True)
        if error["hint"]:
            click.echo(f"  help: {error['hint']}", err=True)
    elif not quiet:
        click.echo(f"{name}: {result['status']} in {result['duration_us'] // 1000} ms", err=True)
