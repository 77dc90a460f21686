"""``onex scaffold``: a node that builds a node."""

import click

from onex.cli.common import COULD_NOT, FINDINGS, OK, print_result
from onex.cli.messages import print_error, say
from onex.cli.state import parse_settings
from onex.core.workspace import Workspace
from onex.pipeline.run import Unit, run
from onex.scaffold import template as templates
from onex.scaffold.publish import NodePublisher
from onex.scaffold.request import DEFAULT_TEMPLATE, SHIPPED, prepare


@click.command("scaffold")
@click.argument("node_id", metavar="ID")
@click.option(
    "--type",
    "template",
    default=DEFAULT_TEMPLATE,
    show_default=True,
    help="The template: python, cli, noop, scaffold, or one of your own scaffold node.",
)
@click.option(
    "--using",
    metavar="NODE",
    default=SHIPPED,
    show_default=True,
    help="The scaffold node that makes it.",
)
@click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    help="An answer that the template asks for.",
)
@click.pass_context
def command(
    ctx: click.Context, node_id: str, template: str, using: str, settings: tuple[str, ...]
) -> None:
    """Make the node ID: its id is its namespace and name, and its place in the tree.

    A scaffold node is executed; what it makes is locked, checked and put into the tree as a whole,
    or not at all. With `--type scaffold` the new node makes nodes in turn (`--using`).
    """
    workspace = Workspace.find()
    maker = workspace.node(using)
    asked = templates.questions(maker, template) if settings and templates.names(maker) else {}
    answers = parse_settings(settings, asked)
    request = prepare(workspace, node_id, template=template, using=using, answers=answers)
    unit = Unit(using, lambda: request.node, lambda _: request.state)
    report = run(workspace, [unit], publisher=NodePublisher(workspace))
    for refusal in report.refusals:
        print_error(refusal)
    for result in report.results:
        print_result(result, quiet=True)
    if report.run["outcome"] == "success":
        say(f"made {node_id} in {'/'.join(node_id.split('.'))}")
        say(f"next: onex validate {node_id}")
    ctx.exit({"success": OK, "error": COULD_NOT}.get(report.run["outcome"], FINDINGS))
