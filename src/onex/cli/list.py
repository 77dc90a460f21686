"""``onex list``: the nodes of the workspace."""

import click

from onex.cli.common import print_gaps, print_json
from onex.cli.messages import relative, say
from onex.core import node
from onex.core.document import JSON
from onex.core.workspace import Workspace, shipped
from onex.errors import DocumentError


@click.command("list")
@click.option("--lifecycle", help="Only nodes at this stage of their life.")
@click.option("--shipped", "with_shipped", is_flag=True, help="The nodes that onex ships, too.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the list is printed.",
)
@click.pass_context
def command(
    ctx: click.Context, lifecycle: str | None, with_shipped: bool, output_format: str
) -> None:
    """List the nodes of the workspace, in tree order."""
    workspaces = [Workspace.find(), *([shipped()] if with_shipped else [])]
    _print(_rows(workspaces, lifecycle), output_format)
    ctx.exit(print_gaps(workspaces[0]))


def _rows(workspaces: list[Workspace], lifecycle: str | None) -> list[dict[str, JSON]]:
    """What is told of each node; of one that cannot be read, why."""
    rows: list[dict[str, JSON]] = []
    for workspace in workspaces:
        for ref in workspace.refs():
            try:
                value = node.load(ref.folder).value
            except DocumentError as error:
                rows.append(
                    {
                        "id": ".".join(ref.segments),
                        "error": relative(error.path)
                        + f":{error.line}:{error.column}: {error.problem}",
                    }
                )
                continue
            if lifecycle in {None, value["lifecycle"]}:
                rows.append(
                    {
                        "id": f"{value['namespace']}.{value['name']}",
                        "version": value["version"],
                        "lifecycle": value["lifecycle"],
                        "type": value["entrypoint"]["type"],
                        "owner": value["owner"],
                        "description": value["description"],
                    }
                )
    return rows


def _print(rows: list[dict[str, JSON]], output_format: str) -> None:
    if output_format == "json":
        print_json(list(rows))
        return
    width = max((len(str(row["id"])) for row in rows), default=0)
    for row in rows:
        if "error" in row:
            say(f"{row['id']:<{width}}  cannot be read: {row['error']}")
        else:
            say(
                f"{row['id']:<{width}}  {row['version']:<8} {row['lifecycle']:<10} {row['type']:<7} {row['description']}"
            )
