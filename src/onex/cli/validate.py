"""``onex validate``: the gate."""

import os

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to, write_output
from onex.cli.messages import relative, row, say, say_json
from onex.core import index
from onex.core.workspace import Workspace
from onex.errors import WorkspaceError
from onex.validate.engine import Verdict, merge, validate, validate_document
from onex.validate.text import count_line, render_json, render_ndjson, render_text


@click.command("validate")
@click.argument("nodes", nargs=-1)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "ndjson"]),
    default="text",
    help="How findings are printed.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write the findings to FILE and print only the count."
)
@click.option("--export", metavar="FILE.ndjson", help="Write one result record per node to FILE.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing when there is nothing to find.")
@click.pass_context
def command(
    ctx: click.Context,
    nodes: tuple[str, ...],
    output_format: str,
    output: str | None,
    export: str | None,
    quiet: bool,
) -> None:
    """Check nodes against schema, lock, tree and contract.

    NODES are ids or paths; without any, the whole workspace is checked with its tree. The file of a
    node that stands in no tree is judged by its schema alone. Nothing is imported, run or written.
    """
    verdict = _judge(nodes)
    for finding in verdict.findings:
        finding["path"] = relative(finding["path"])
    if export is not None:
        from onex.validate.export import node_records  # noqa: PLC0415 - most calls export nothing

        write_output(export, "".join(f"{line}\n" for line in node_records(verdict)))
    _print(verdict, output_format, output, quiet=quiet)
    ctx.exit(FINDINGS if verdict.count("error") else OK)


def _judge(names: tuple[str, ...]) -> Verdict:
    """The verdict over what ``names`` mean: nodes of the workspace, and files outside any tree."""
    if not names:
        return _judge_workspace(Workspace.find())
    if len(names) == 1 and os.path.isdir(names[0]) and _has_index(names[0]):
        workspace = Workspace.find(names[0])
        if workspace.root == os.path.abspath(names[0]):
            return _judge_workspace(workspace)
    loose = [name for name in names if _stands_alone(name)]
    verdicts = [validate_document(name) for name in loose]
    listed = [name for name in names if name not in loose]
    if listed:
        workspace = Workspace.find(listed[0] if os.path.isdir(listed[0]) else ".")
        verdicts.append(validate(workspace, find_refs(workspace, listed)))
    return merge(verdicts)


def _judge_workspace(workspace: Workspace) -> Verdict:
    verdict = validate(workspace)
    if not verdict.subjects and not verdict.count("error"):
        raise nothing_to("check", workspace)
    return verdict


def _has_index(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, index.FILE_NAME))


def _stands_alone(name: str) -> bool:
    """Whether ``name`` is a file that no node of a tree holds."""
    if not os.path.lexists(name) or os.path.isdir(name):
        return False
    try:
        workspace = Workspace.find(os.path.dirname(os.path.abspath(name)))
    except WorkspaceError:
        return True
    place = os.path.abspath(name)
    return not any(place.startswith(ref.folder + os.sep) for ref in workspace.refs())


def _print(verdict: Verdict, output_format: str, output: str | None, *, quiet: bool) -> None:
    """Print the verdict, or write it and print the count."""
    if output_format == "json":
        text = render_json(verdict) + "\n"
    elif output_format == "ndjson":
        text = "".join(f"{line}\n" for line in render_ndjson(verdict.findings))
    else:
        text = "".join(f"{row(line)}\n" for line in render_text(verdict))
    if output is not None:
        write_output(output, text)
        say(count_line(verdict))
    elif output_format != "text":
        say_json(text)
    elif verdict.findings or not quiet:
        click.echo(text, nl=False)
