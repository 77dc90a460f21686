"""``onex scaffold``: a node that builds a node."""

import os
import tempfile
from typing import TYPE_CHECKING

import click

from onex.cli.common import COULD_NOT, FINDINGS, OK, print_result, refuse
from onex.cli.messages import print_error, say
from onex.cli.state import parse_settings
from onex.core.files import write_atomic
from onex.core.workspace import Workspace
from onex.pipeline.run import Unit, run
from onex.scaffold import template as templates
from onex.scaffold.publish import NodePublisher
from onex.scaffold.request import DEFAULT_TEMPLATE, SHIPPED, Request, prepare

if TYPE_CHECKING:
    from onex.infer.handover import Handover


@click.command("scaffold")
@click.argument("node_id", metavar="ID")
@click.option(
    "--type",
    "template",
    help="The template: python (when it is left out), cli, noop, scaffold, or one of your own scaffold node.",
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
@click.option(
    "--from-function",
    metavar="PATH.PY:NAME",
    help="Make it around a Python function that exists, also given as package.module:name.",
)
@click.option("--from-script", metavar="FILE", help="Make it around a script that exists.")
@click.pass_context
def command(
    ctx: click.Context,
    node_id: str,
    template: str | None,
    using: str,
    settings: tuple[str, ...],
    from_function: str | None,
    from_script: str | None,
) -> None:
    """Make the node ID: its id is its namespace and name, and its place in the tree.

    A scaffold node is executed; what it makes is locked, checked and put into the tree as a whole,
    or not at all. With `--type scaffold` the new node makes nodes in turn (`--using`).

    With `--from-function` or `--from-script` the contract, the arguments and the description come
    from code, which is read and copied, and neither imported nor executed.
    """
    workspace = Workspace.find()
    maker = workspace.node(using)
    handover = _read(workspace, template, from_function, from_script)
    name = handover.template if handover else template
    name = DEFAULT_TEMPLATE if name is None else name
    asked = templates.questions(maker, name) if settings and templates.names(maker) else {}
    answers = parse_settings(settings, asked)
    if handover is None:
        request = prepare(workspace, node_id, template=name, using=using, answers=answers)
        ctx.exit(_next(node_id, _make(workspace, node_id, using, request)))
    answers = {**handover.answers, **answers}
    with tempfile.TemporaryDirectory(prefix="onex-") as folder:
        copy = os.path.join(folder, handover.file)
        write_atomic(copy, handover.data, durable=False)
        request = prepare(
            workspace, node_id, template=name, using=using, answers=answers, source=copy
        )
        status = _make(workspace, node_id, using, request)
    if status == OK:
        _tell(node_id, handover)
    ctx.exit(_next(node_id, status))


def _read(
    workspace: Workspace, template: str | None, function: str | None, script: str | None
) -> "Handover | None":
    """What was read out of the code that the options name; None when they name none."""
    if function is None and script is None:
        return None
    refuse(
        "scaffold",
        (
            function is not None and script is not None,
            "--from-function and --from-script: a node is made around one of them",
        ),
        (
            template not in {None, "function" if script is None else "script"},
            f"--type {template}: what a node is made around tells its template",
        ),
    )
    from onex.infer import handover  # noqa: PLC0415 - most nodes are made from answers alone

    if function is not None:
        return handover.of_function(function, workspace.root)
    path = script or ""
    return handover.of_script(path, handover.origin_of(path, workspace.root))


def _make(workspace: Workspace, node_id: str, using: str, request: Request) -> int:
    """Have the node made, and say how that went; the exit status."""
    unit = Unit(using, lambda: request.node, lambda _: request.state)
    report = run(workspace, [unit], publisher=NodePublisher(workspace))
    for refusal in report.refusals:
        print_error(refusal)
    for result in report.results:
        print_result(result, quiet=True)
    if report.run["outcome"] == "success":
        say(f"made {node_id} in {'/'.join(node_id.split('.'))}")
    return {"success": OK, "error": COULD_NOT}.get(report.run["outcome"], FINDINGS)


def _next(node_id: str, status: int) -> int:
    """Say what comes next, where the node was made; the exit status."""
    if status == OK:
        say(f"next: onex validate {node_id}")
    return status


def _tell(node_id: str, handover: "Handover") -> None:
    """Say what was changed in the copy, and what the code leaves open."""
    from onex.infer.text import remark_lines  # noqa: PLC0415 - see above

    for change in handover.changed:
        say(f"{node_id}: in the copy {handover.file}, {change}")
    for line in remark_lines(handover.proposal, handover.proposal.path):
        say(line)
