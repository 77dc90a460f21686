"""``onex tree``: the index of the nodes."""

import click

from onex.cli.common import FINDINGS, OK, nothing_to, print_gaps, require_whole
from onex.cli.messages import relative, say
from onex.core import node, scan
from onex.core.files import tree_lock
from onex.core.text import plural
from onex.core.tree import tree_digest
from onex.core.workspace import Workspace


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
            say(f"wrote {relative(path)}")
        say(f"{plural(len(written), 'file')} written")
    elif action == "check":
        ctx.exit(_check(workspace))
    elif action == "digest":
        say(_digest(workspace))
    else:
        _print(workspace)
        ctx.exit(print_gaps(workspace))


def _check(workspace: Workspace) -> int:
    found = workspace.tree.problems + scan.check(workspace.tree)
    if not workspace.tree.nodes and not found:
        raise nothing_to("check", workspace)
    for problem in sorted(found, key=lambda p: (p.path, p.line)):
        say(f"{relative(problem.path)}:{problem.line}:{problem.column}: {problem.message}")
        if problem.help:
            say(f"  help: {problem.help}")
    say(f"{plural(len(workspace.tree.nodes), 'node')} listed: {plural(len(found), 'problem')}")
    return FINDINGS if found else OK


def _digest(workspace: Workspace) -> str:
    require_whole(workspace)
    hashes = {ref.folder: node.load(ref.folder).value.get("hash") for ref in workspace.refs()}
    return tree_digest(workspace.tree, hashes)


def _print(workspace: Workspace) -> None:
    """Each folder and node, two spaces a level."""
    shown: set[tuple[str, ...]] = set()
    for ref in workspace.refs():
        for depth in range(1, len(ref.segments)):
            if ref.segments[:depth] not in shown:
                shown.add(ref.segments[:depth])
                say(f"{'  ' * (depth - 1)}{ref.segments[depth - 1]}/")
        say(f"{'  ' * (len(ref.segments) - 1)}{ref.segments[-1]}")
