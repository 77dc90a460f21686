"""``onex test``: the cases of nodes."""

import click

from onex.cli.common import COULD_NOT, FINDINGS, OK, find_refs, require_whole
from onex.cli.messages import print_error, relative, say
from onex.core import node
from onex.core.node import Node
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.proof.cases import CaseVerdict, run_case
from onex.results.clock import SystemClock
from onex.runs.folder import RunFolder
from onex.runtime.runtime import ONEXRuntime
from onex_types.state_contract import Case


@click.command("test")
@click.argument("nodes", nargs=-1)
@click.option("-q", "--quiet", is_flag=True, help="Print failures and the count only.")
@click.pass_context
def command(ctx: click.Context, nodes: tuple[str, ...], quiet: bool) -> None:
    """Run the cases of nodes and compare what comes out.

    NODES are ids or paths, drafts too; without any, every active node is tested.
    """
    workspace = Workspace.find()
    subjects = _subjects(workspace, nodes)
    verdicts, refusals, folder = _run(workspace, subjects)
    for verdict in verdicts:
        _print(verdict, quiet=quiet)
    for refusal in refusals:
        print_error(refusal)
    failed = sum(not verdict.passed for verdict in verdicts)
    say(
        f"{plural(len(verdicts), 'case')} of {plural(len(subjects), 'node')}: "
        f"{len(verdicts) - failed} passed, {failed} failed; recorded in {relative(folder)}"
    )
    ctx.exit(COULD_NOT if refusals else FINDINGS if failed else OK)


def _subjects(workspace: Workspace, nodes: tuple[str, ...]) -> list[Node]:
    """The nodes that were named, else the active ones."""
    if nodes:
        return [node.load(ref.folder) for ref in find_refs(workspace, nodes)]
    require_whole(workspace)
    found = [node.load(ref.folder) for ref in workspace.refs()]
    active = [subject for subject in found if subject.lifecycle == "active"]
    if not active:
        raise OnexError(
            f"{workspace.root}: no active nodes to test; a gate that looked at nothing does not pass",
            help="name drafts to test them, or run `onex lifecycle NODE active`",
        )
    return active


def _run(
    workspace: Workspace, subjects: list[Node]
) -> tuple[list[CaseVerdict], list[OnexError], str]:
    """Execute every case; what a case makes is compared, and never published."""
    clock = SystemClock()
    verdicts: list[CaseVerdict] = []
    refusals: list[OnexError] = []
    with (
        RunFolder(workspace.root, "test", clock) as folder,
        ONEXRuntime(folder.append, clock, run=folder.opening) as runtime,
    ):
        for subject in subjects:
            try:
                for case in _cases(subject):
                    verdict = run_case(runtime, subject, case)
                    folder.write_result(verdict.result)
                    verdicts.append(verdict)
            except OnexError as error:
                refusals.append(error)
        passed = not refusals and all(verdict.passed for verdict in verdicts)
        folder.finish("success" if passed else "error" if refusals else "failure")
    return verdicts, refusals, folder.path


def _cases(subject: Node) -> list[Case]:
    """The cases of a node; none would mean that nothing is tested."""
    if not subject.contract.cases:
        raise OnexError(
            f"{subject.id}: the contract has no cases, so nothing was tested",
            help="add a case to the contract, then run `onex lock`",
        )
    return subject.contract.cases


def _print(verdict: CaseVerdict, *, quiet: bool) -> None:
    if verdict.passed and not quiet:
        say(f"pass  {verdict.node_id}  {verdict.case}")
    elif not verdict.passed:
        say(f"FAIL  {verdict.node_id}  {verdict.case}: {verdict.message}")
