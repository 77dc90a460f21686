"""``onex run``: nodes, executed and recorded."""

import json

import click

from onex.cli.common import (
    OK,
    exit_status,
    find_refs,
    load_all,
    nothing_to,
    print_result,
    write_output,
)
from onex.cli.messages import print_error, relative, say, say_json
from onex.cli.policy import policy_options, print_gates
from onex.cli.state import apply_settings, read_input
from onex.core import node
from onex.core.document import JSON
from onex.core.node import Node
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.pipeline.opening import policy_of, terms_of
from onex.pipeline.run import RunReport, Unit, run
from onex.projections import batch
from onex.scaffold.publish import NodePublisher


@click.command("run")
@click.argument("nodes", nargs=-1)
@click.option(
    "--input",
    "source",
    metavar="JSON|@FILE|-",
    help="The input state; `-` reads standard input, `@FILE#/pointer` a part of a file.",
)
@click.option(
    "--set", "settings", metavar="KEY=VALUE", multiple=True, help="One property of the input state."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the batch result to FILE: as JSON, or by its ending .ndjson, .yaml or .yml.",
)
@policy_options
@click.option(
    "--unlocked",
    is_flag=True,
    help="Run although the lock is stale; recorded, never counted, refused when CI is set.",
)
@click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing on standard error unless something went wrong."
)
@click.pass_context
def command(
    ctx: click.Context,
    nodes: tuple[str, ...],
    source: str | None,
    settings: tuple[str, ...],
    output: str | None,
    minimum_coverage: int | None,
    policy: str | None,
    triggered_by: str | None,
    allow_empty: bool,
    unlocked: bool,
    quiet: bool,
) -> None:
    """Run nodes, with their contracts checked before and after.

    NODES are ids or paths. The output state of a single node goes to standard output, as JSON.
    Without NODES, every active node runs with its first case that succeeds. The evidence is in
    reports/runs.
    """
    workspace = Workspace.find()
    given = read_input(source)
    rules = policy_of(
        workspace, minimum_coverage=minimum_coverage, name=policy, triggered_by=triggered_by
    )
    refs = find_refs(workspace, nodes) if nodes else None
    is_wide = refs is None or rules["minimum_coverage_required"] is not None
    everything = load_all(workspace) if is_wide else None
    if refs is not None:
        units = [_unit(ref, given, settings) for ref in refs]
    else:
        units = [_example(found) for found in everything or [] if found.lifecycle == "active"]
    if not units:
        if allow_empty:
            say("nothing to run, which --allow-empty allows", err=True)
            ctx.exit(OK)
        raise nothing_to("run", workspace)
    report = run(
        workspace,
        units,
        # What a case makes is an example: it is recorded, and never published.
        publisher=NodePublisher(workspace) if nodes else None,
        unlocked=unlocked,
        terms=terms_of(workspace, rules, everything),
    )
    if output is not None:
        write_output(output, batch.to_text(report.run, output))
    single = len(units) == 1 and bool(nodes)
    _print(report, single=single, quiet=quiet)
    if report.results and not quiet:
        say(f"recorded in {relative(report.folder)}", err=True)
    ctx.exit(exit_status(report.run["outcome"]))


def _unit(ref: NodeRef, given: JSON, settings: tuple[str, ...]) -> Unit:
    """The execution of a node that was named, with the state that was given."""
    return Unit(
        name=".".join(ref.segments),
        load=lambda: node.load(ref.folder),
        state=lambda found: apply_settings(given, settings, found),
    )


def _example(found: Node) -> Unit:
    """The execution of an active node with its first case that succeeds."""
    return Unit(
        name=found.id,
        load=lambda: found,
        state=lambda subject: _first_case(subject)[1],
        case=lambda subject: _first_case(subject)[0],
    )


def _first_case(found: Node) -> tuple[str, JSON]:
    for case in found.contract.cases:
        if "output" in case:
            return case["name"], case["input"]
    raise OnexError(
        f"{found.id}: the contract has no case that succeeds, so there is no input to run it with",
        help=f"add a case to the contract, or run `onex run {found.id} --input JSON`",
    )


def _print(report: RunReport, *, single: bool, quiet: bool) -> None:
    """Data on standard output, what people should know on standard error."""
    for result in report.results:
        if single and result["status"] in {"success", "partial"}:
            say_json(json.dumps(report.output, ensure_ascii=False) + "\n")
        print_result(result, quiet=quiet)
    for refusal in report.refusals:
        print_error(refusal)
    print_gates(report.run)
