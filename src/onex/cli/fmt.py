"""``onex fmt``: one form for all documents."""

import os
from collections.abc import Iterator

import click

from onex.cli.common import FINDINGS, OK, find_refs, gaps, nothing_to, say_finding
from onex.cli.differences import print_difference
from onex.cli.messages import relative, say
from onex.core.files import tree_lock
from onex.core.index import FILE_NAME
from onex.core.text import plural
from onex.core.tidy import Plan, plan_node, plan_tree
from onex.core.workspace import Workspace


@click.command("fmt")
@click.argument("nodes", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Like --check, and print what would change.")
@click.pass_context
def command(ctx: click.Context, nodes: tuple[str, ...], check: bool, diff: bool) -> None:
    """Bring documents into house form, with every value and comment kept.

    NODES are ids or paths, of a `.tree` too; without any, every node of the workspace with its
    contract, and every `.tree`. A node whose contract changes is locked again if its lock was true.
    """
    workspace = Workspace.find(nodes[0] if nodes and os.path.isdir(nodes[0]) else ".")
    with tree_lock(workspace.root):
        plans = dict(_plans(workspace, nodes))
        for plan in [] if check or diff else plans.values():
            for file in plan.files:
                file.write()
    if not plans:
        raise nothing_to("format", workspace)
    if diff:
        _print_differences(plans)
    is_clean = _report(plans, writes=not (check or diff), is_bare=diff)
    ctx.exit(OK if is_clean else FINDINGS)


def _plans(workspace: Workspace, names: tuple[str, ...]) -> Iterator[tuple[str, Plan]]:
    """A plan for each node and each `.tree` that is meant, by its name."""
    trees = [name for name in names if os.path.basename(name) == FILE_NAME]
    others = [name for name in names if name not in trees]
    refs = find_refs(workspace, others) if names else list(workspace.refs())
    places = [os.path.abspath(name) for name in others if os.path.isdir(name)]
    if not names:
        if not refs:
            raise nothing_to("format", workspace)
        places = [workspace.root]
        for gap in gaps(workspace):
            yield gap.message, Plan(faults=[gap])
    for ref in refs:
        yield ".".join(ref.segments), plan_node(ref)
    containers = [os.path.join(workspace.root, *key.split("/")) for key in workspace.tree.entries]
    trees += [
        os.path.join(container, FILE_NAME)
        for container in containers
        if any(os.path.join(container, "").startswith(os.path.join(place, "")) for place in places)
    ]
    for path in dict.fromkeys(map(os.path.abspath, trees)):
        yield path, plan_tree(path)


def _print_differences(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for file in plan.files:
            if file.changes:
                print_difference(file.path, file.before, file.after)


def _report(plans: dict[str, Plan], *, writes: bool, is_bare: bool) -> bool:
    """Say what became of the files; whether all is well.

    Args:
        plans: the plans.
        writes: whether they were carried out.
        is_bare: whether standard output belongs to something else.
    """
    files = [file for plan in plans.values() for file in plan.files]
    changed = [file for file in files if file.changes]
    faults = [fault for plan in plans.values() for fault in plan.faults]
    for file in [] if is_bare else changed:
        say(f"{'formatted' if writes else 'would format'} {relative(file.path)}")
    for name in [name for name, plan in plans.items() if plan.locks and not is_bare]:
        say(f"{'locked' if writes else 'would lock'} {name}")
    for fault in faults:
        say_finding(fault, err=is_bare)
    would = f"{len(changed)} {'formatted' if writes else 'would change'}"
    words = [would, *([f"{len(faults)} left alone"] if faults else [])]
    hint = "; run `onex fmt`" if changed and not writes else ""
    say(
        f"{plural(len(files) + len(faults), 'file')} checked: {', '.join(words)}{hint}", err=is_bare
    )
    return not faults and (writes or not changed)
