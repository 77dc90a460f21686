"""``onex tree``: the index of the nodes."""

import click

from onex.cli.common import FINDINGS, OK, nothing_to
from onex.cli.messages import relative
from onex.core import node, scan
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.tree import tree_digest
from onex.core.workspace import Workspace
from onex.errors import UsageError


@click.command("tree")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option(
    "--check",
    "action",
    flag_value="check",
    help="Exit 1 where the `.tree` files are not what the folders hold.",
)
@click.option(
    "--write", "action", flag_value="write", help="Make every `.tree` list what is there."
)
@click.option(
    "--digest",
    "action",
    flag_value="digest",
    help="Print the Merkle digest over entries and node hashes.",
)
@click.pass_context
def command(ctx: click.Context, folder: str, action: str | None) -> None:
    """Check, write or digest the `.tree` files of the workspace that FOLDER lies in.

    Without an option, the tree is printed.
    """
    workspace = Workspace.find(folder)
    if action == "write":
        with tree_lock(workspace.root):
            written = scan.write(workspace.root)
        for path in written:
            click.echo(f"wrote {relative(path)}")
        click.echo(f"{plural(len(written), 'file')} written")
    elif action == "check":
        ctx.exit(_check(workspace))
    elif action == "digest":
        click.echo(_digest(workspace))
    else:
        _print(workspace)


def _check(workspace: Workspace) -> int:
    found = workspace.tree.problems + scan.check(workspace.tree)
    if not workspace.tree.nodes and not found:
        raise nothing_to("check", workspace)
    for problem in sorted(found, key=lambda p: (p.path, p.line)):
        click.echo(f"{relative(problem.path)}:{problem.line}:{problem.column}: {problem.message}")
        if problem.help:
            click.echo(f"  help: {problem.help}")
    click.echo(
        f"{plural(len(workspace.tree.nodes), 'node')} listed: {plural(len(found), 'problem')}"
    )
    return FINDINGS if found else OK


def _digest(workspace: Workspace) -> str:
    if workspace.tree.problems:
        problem = workspace.tree.problems[0]
        raise UsageError(
            f"{problem.path}:{problem.line}:{problem.column}: {problem.message}",
            help="run `onex tree --check` to see all of it",
        )
    hashes = {ref.folder: node.load(ref.folder).value.get("hash") for ref in workspace.refs()}
    return tree_digest(workspace.tree, hashes)


def _print(workspace: Workspace) -> None:
    """Each folder and node, two spaces a level."""
    shown: set[tuple[str, ...]] = set()
    for ref in workspace.refs():
        for depth in range(1, len(ref.segments)):
            if ref.segments[:depth] not in shown:
                shown.add(ref.segments[:depth])
                click.echo(f"{'  ' * (depth - 1)}{ref.segments[depth - 1]}/")
        click.echo(f"{'  ' * (len(ref.segments) - 1)}{ref.segments[-1]}")
