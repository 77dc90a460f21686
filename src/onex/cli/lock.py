"""``onex lock``: digests into node.onex, entries into `.tree`."""

import os

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to
from onex.cli.messages import relative, say
from onex.core import lock, node, scan, snapshot
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace


@click.command("lock")
@click.argument("nodes", nargs=-1)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 when a node is not what its lock says."
)
@click.pass_context
def command(ctx: click.Context, nodes: tuple[str, ...], check: bool) -> None:
    """Record the digests of nodes and refresh the tree.

    NODES are ids or paths; without any, every node of the workspace is locked and every `.tree` is
    made to list what is there.
    """
    workspace = Workspace.find(nodes[0] if nodes and os.path.isdir(nodes[0]) else ".")
    if check:
        ctx.exit(_check(workspace, nodes))
    with tree_lock(workspace.root):
        if not nodes:
            for path in scan.write(workspace.root):
                say(f"wrote {relative(path)}")
        refs = _refs(workspace, nodes)
        written = [ref for ref in refs if lock.write(node.load(ref.folder))]
    for ref in written:
        say(f"locked {'.'.join(ref.segments)}")
    say(f"{plural(len(refs), 'node')} locked, {len(written)} changed")


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
        subject = node.load(ref.folder)
        for problem in lock.compare(subject, snapshot.take(subject)):
            line, column = subject.document.locate(problem.pointer)
            say(f"{relative(subject.document.path)}:{line}:{column}: {problem.message}")
            found += 1
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
