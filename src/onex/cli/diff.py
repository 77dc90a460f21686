"""``onex diff``: what a change means for those who rely on nodes."""

import os

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to, print_json, write_output
from onex.cli.messages import relative, row, say
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex.evolution.compare import FailOn, compare
from onex.evolution.contracts import Mode
from onex.evolution.sides import open_one, read_against, shelves
from onex.evolution.survey import Survey, survey
from onex.evolution.text import count_line, render_markdown, render_text
from onex_types.contract_change import ContractChanges, NodeChange


@click.command("diff")
@click.argument("nodes", nargs=-1)
@click.option(
    "--against",
    metavar="REF|DIR|.git#tag=v1",
    help="What to compare with: a revision of git, the root of another tree, or a repository with a tag, branch or ref. HEAD when it is left out.",
)
@click.option(
    "--mode",
    type=click.Choice(["backward", "forward", "full"]),
    default="backward",
    help="Who must still be served: those who rely on the old one, on the new one, or both.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "escalating", "any", "never"]),
    default="breaking",
    help="What does not pass.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    help="How the changes are printed.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write the changes to FILE and print only the count."
)
@click.pass_context
def command(
    ctx: click.Context,
    nodes: tuple[str, ...],
    against: str | None,
    mode: Mode,
    fail_on: FailOn,
    output_format: str,
    output: str | None,
) -> None:
    """Say what changed in nodes, and who is let down by it.

    Without NODES, every node of the workspace is compared with what git has of it. Two NODES and no
    `--against` are compared with each other: folders, node documents or contract files. A breaking
    change of a node that others rely on does not pass unless its version says so: a draft is free to
    change, and one under review is only warned of.
    """
    if len(nodes) == 2 and against is None:  # noqa: PLR2004 - one and the other
        found = _compare_two(nodes[0], nodes[1], mode, fail_on)
    else:
        found = _compare_workspace(nodes, against or "HEAD", mode, fail_on)
    _print(found, output_format, output)
    ctx.exit(OK if found["passed"] else FINDINGS)


def _compare_two(before: str, after: str, mode: Mode, fail_on: FailOn) -> ContractChanges:
    old, new = open_one(before), open_one(after)
    if (old.node is None) != (new.node is None):
        raise UsageError(
            f"{before} and {after}: a node and a contract by itself cannot be compared",
            help="name two nodes, or two contract files",
        )
    found = Survey(compared=1, pairs=[(old, new)])
    return _record(found, (before, after), mode, fail_on)


def _compare_workspace(
    names: tuple[str, ...], against: str, mode: Mode, fail_on: FailOn
) -> ContractChanges:
    workspace = Workspace.find(names[0] if names and os.path.isdir(names[0]) else ".")
    only = None
    if names:
        refs = find_refs(workspace, names)
        only = [os.path.relpath(ref.folder, workspace.root).replace(os.sep, "/") for ref in refs]
    other = read_against(against, workspace.root)
    # Git is done with before anything is reasoned about.
    with shelves(other, workspace.root, only) as (before, after):
        found = survey(before, after)
    if not found.compared:
        raise nothing_to("compare", workspace)
    return _record(found, (other.label, workspace.root), mode, fail_on)


def _record(found: Survey, sides: tuple[str, str], mode: Mode, fail_on: FailOn) -> ContractChanges:
    changed = [compare(before, after, mode, fail_on) for before, after in found.pairs]
    nodes = sorted(filter(_has_changed, changed), key=lambda node: node["node_id"])
    for node in nodes:
        for change in node["changes"]:
            change["path"] = relative(change["path"])
    return {
        "schema_version": "1.0",
        "before": sides[0],
        "after": relative(sides[1]) or ".",
        "mode": mode,
        "fail_on": fail_on,
        "compared": found.compared,
        "unchanged": found.compared - len(nodes),
        "passed": not any(node["fails"] for node in nodes),
        "nodes": nodes,
    }


def _has_changed(node: NodeChange) -> bool:
    return bool(node["changes"])


def _print(found: ContractChanges, output_format: str, output: str | None) -> None:
    if output_format == "json" and output is None:
        print_json(found)  # type: ignore[arg-type]
        return
    if output_format == "json":
        import json  # noqa: PLC0415 - wanted for this form alone

        text = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    else:
        render = render_text if output_format == "text" else render_markdown
        text = "".join(f"{row(line)}\n" for line in render(found))
    if output is not None:
        write_output(output, text)
        say(count_line(found))
    else:
        click.echo(text, nl=False)
