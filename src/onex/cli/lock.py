"""``onex lock``: digests into node.onex, entries into `.tree`."""

import os

import click

from onex.cli.common import COULD_NOT, FINDINGS, OK, find_refs, nothing_to
from onex.cli.messages import print_error, relative, say
from onex.core import lock, node, scan, snapshot
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import ConflictError, DocumentError


@click.command("lock")
@click.argument("nodes", nargs=-1)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 when a node is not what its lock says."
)
@click.option(
    "--allow-marks", is_flag=True, help="Lock files although they hold marks of a merge conflict."
)
@click.pass_context
def command(ctx: click.Context, nodes: tuple[str, ...], check: bool, allow_marks: bool) -> None:
    """Record the digests of nodes and refresh the tree.

    NODES are ids or paths; without any, every node of the workspace is locked and every `.tree` is
    made to list what is there. A merge conflict that is confined to `files` and `hash`, or to the
    entries of a `.tree`, is resolved by that; a node with another one is left as it is.
    """
    workspace = Workspace.find(nodes[0] if nodes and os.path.isdir(nodes[0]) else ".")
    if check:
        ctx.exit(_check(workspace, nodes))
    with tree_lock(workspace.root):
        if not nodes:
            for path in scan.write(workspace.root):
                say(f"wrote {relative(path)}")
        refs = _refs(workspace, nodes)
        changed, left = _write(refs, allow_marks=allow_marks)
    for ref in changed:
        say(f"locked {'.'.join(ref.segments)}")
    for error in left:
        print_error(error)
    words = f", {len(left)} left with a merge conflict" if left else ""
    say(f"{plural(len(refs) - len(left), 'node')} locked, {len(changed)} changed{words}")
    ctx.exit(COULD_NOT if left else OK)


def _write(refs: list[NodeRef], *, allow_marks: bool) -> tuple[list[NodeRef], list[ConflictError]]:
    """Lock nodes; those whose document changed, and why others were left as they are."""
    changed, left = [], []
    for ref in refs:
        try:
            if lock.write(node.load(ref.folder, settle=True), allow_marks=allow_marks):
                changed.append(ref)
        except ConflictError as error:
            left.append(error)
    return changed, left


def _refs(workspace: Workspace, nodes: tuple[str, ...]) -> list[NodeRef]:
    refs = find_refs(workspace, nodes) if nodes else list(workspace.refs())
    if not refs:
        raise nothing_to("lock", workspace)
    return refs


def _check(workspace: Workspace, nodes: tuple[str, ...]) -> int:
    """Say where nodes or tree are not what they should be; the exit status."""
    refs = _refs(workspace, nodes)
    found = 0
    for ref in refs:
        try:
            subject = node.load(ref.folder)
            problems = lock.compare(subject, snapshot.take(subject))
        except DocumentError as error:
            _say_fault(error)
            found += 1
            continue
        for problem in problems:
            line, column = subject.document.locate(problem.pointer)
            say(f"{relative(subject.document.path)}:{line}:{column}: {problem.message}")
        found += len(problems)
    for fault in [] if nodes else workspace.tree.problems + scan.check(workspace.tree):
        say(f"{relative(fault.path)}:{fault.line}:{fault.column}: {fault.message}")
        found += 1
    words = (
        f"{plural(found, 'difference')}; run `onex lock` if they are intended"
        if found
        else "all as locked"
    )
    say(f"{plural(len(refs), 'node')} checked: {words}")
    return FINDINGS if found else OK


def _say_fault(error: DocumentError) -> None:
    """Say why a node cannot be compared with its lock, and what to do."""
    say(f"{relative(error.path)}:{error.line}:{error.column}: {error.problem}")
    if error.help:
        say(f"  help: {error.help}")
