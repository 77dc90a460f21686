"""``onex test``: the cases of nodes."""

import click

from onex.cli.common import OK, exit_status, find_refs, load_all
from onex.cli.messages import print_error, relative, say
from onex.cli.policy import policy_options, print_gates
from onex.core import node
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.pipeline.cases import run_cases
from onex.pipeline.opening import policy_of, terms_of
from onex.proof.cases import CaseVerdict


@click.command("test")
@click.argument("nodes", nargs=-1)
@policy_options
@click.option("-q", "--quiet", is_flag=True, help="Print failures and the count only.")
@click.pass_context
def command(
    ctx: click.Context,
    nodes: tuple[str, ...],
    minimum_coverage: int | None,
    policy: str | None,
    triggered_by: str | None,
    allow_empty: bool,
    quiet: bool,
) -> None:
    """Run the cases of nodes and compare what comes out.

    NODES are ids or paths, drafts too; without any, every active node is tested.
    """
    workspace = Workspace.find()
    rules = policy_of(
        workspace, minimum_coverage=minimum_coverage, name=policy, triggered_by=triggered_by
    )
    is_wide = not nodes or rules["minimum_coverage_required"] is not None
    everything = load_all(workspace) if is_wide else None
    if nodes:
        subjects = [node.load(ref.folder) for ref in find_refs(workspace, nodes)]
    else:
        subjects = [found for found in everything or [] if found.lifecycle == "active"]
    if not subjects:
        if allow_empty:
            say("0 cases of 0 nodes: nothing to test, which --allow-empty allows")
            ctx.exit(OK)
        raise _nothing(workspace)
    report = run_cases(workspace, subjects, terms_of(workspace, rules, everything))
    for verdict in report.verdicts:
        _print(verdict, quiet=quiet)
    for refusal in report.refusals:
        print_error(refusal)
    failed = sum(not verdict.passed for verdict in report.verdicts)
    print_gates(report.run)
    say(
        f"{plural(len(report.verdicts), 'case')} of {plural(len(subjects), 'node')}: "
        f"{len(report.verdicts) - failed} passed, {failed} failed; recorded in {relative(report.folder)}"
    )
    ctx.exit(exit_status(report.run["outcome"]))


def _nothing(workspace: Workspace) -> OnexError:
    return OnexError(
        f"{workspace.root}: no active nodes to test; a gate that looked at nothing does not pass",
        help="name drafts to test them, or run `onex lifecycle NODE active`",
    )


def _print(verdict: CaseVerdict, *, quiet: bool) -> None:
    if verdict.passed and not quiet:
        say(f"pass  {verdict.node_id}  {verdict.case}")
    elif not verdict.passed:
        say(f"FAIL  {verdict.node_id}  {verdict.case}: {verdict.message}")
