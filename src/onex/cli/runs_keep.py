"""``onex runs check | recover | prune``: run folders, kept whole and kept few."""

import os
from collections.abc import Sequence

import click

from onex.cli.common import COULD_NOT, FINDINGS, OK
from onex.cli.messages import print_error, relative, say
from onex.cli.runs_named import MOST, every_folder, folders_cut_off, folders_of, moment, root_of
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.errors import OnexError, RefusedError, UsageError

ALL_OR_SOME = "--all takes every run; name runs, or take them all"


@click.command("check")
@click.argument("runs", metavar="[RUN]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Check every run that is not going on.")
@click.pass_context
def check(ctx: click.Context, runs: tuple[str, ...], every: bool) -> None:
    """Check runs against their journals.

    Every file that follows from the journal of RUN, the digests of what it keeps, and where its
    evidence leads; nothing is written.

    Exit status: 0 when all is well, 1 when something is not, 2 when a run could not be checked.
    """
    from onex.runs.audit import audit  # noqa: PLC0415 - not for --help

    if every and runs:
        raise UsageError(ALL_OR_SOME)
    if not every and not runs:
        raise UsageError("no run is named", help="name runs, or take `--all` of them")
    folders = every_folder() if every else folders_of(runs)
    found, status = 0, OK
    for folder in folders:
        try:
            problems = audit(folder)
        except OnexError as error:
            status = max(status, _status(error, runs))
            print_error(error)
            continue
        for problem in problems:
            place = os.path.join(relative(folder), problem.path)
            say(f"{place}: {problem.message}")
        found += len(problems)
    if not found and status == OK:
        say(f"{plural(len(folders), 'run')}: nothing is wrong")
    ctx.exit(status or (FINDINGS if found else OK))


@click.command("recover")
@click.argument("runs", metavar="[RUN]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Look at every run, also at those that ended.")
@click.pass_context
def recover(ctx: click.Context, runs: tuple[str, ...], every: bool) -> None:
    """Close runs that were cut off.

    The files that follow from the journal of RUN are brought back, too. Without RUN it is every run
    that was cut off. A torn last line is cut off, and said.
    """
    from onex.results.clock import SystemClock  # noqa: PLC0415
    from onex.runs.prune import sweep  # noqa: PLC0415 - not for --help
    from onex.runs.recover import recover as mend  # noqa: PLC0415

    if runs and every:
        raise UsageError(ALL_OR_SOME)
    folders = every_folder() if every else folders_of(runs) if runs else folders_cut_off()
    if not runs:
        sweep(Workspace.find().root, SystemClock().wall_us())
    status, done = OK, 0
    for folder in folders:
        told: list[str] = []
        try:
            mend(folder, told.append, root_of(folder))
        except OnexError as error:
            status = max(status, _status(error, runs))
            print_error(error)
        done += bool(told)
        for line in told:
            say(f"{os.path.basename(folder)}: {line}")
    if status == OK and not done:
        say("nothing to recover")
    ctx.exit(status)


def _status(error: OnexError, named: Sequence[str]) -> int:
    """Which status an error is worth: that a run goes on which nobody named is worth none."""
    return OK if isinstance(error, RefusedError) and not named else COULD_NOT


@click.command("prune")
@click.option("--keep", type=click.IntRange(0, MOST), metavar="N", help="Keep the N newest runs.")
@click.option("--older-than", metavar="WHEN", help="Only runs from before: 30d, 2026-01-17, …")
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
def prune(keep: int | None, older_than: str | None, dry_run: bool) -> None:
    """Remove old run folders.

    The oldest go first; one that is still going on stays. With both --keep and --older-than, a run goes when both say so.
    """
    from onex.results.clock import SystemClock  # noqa: PLC0415 - not for --help
    from onex.runs import prune as pruning  # noqa: PLC0415

    if keep is None and older_than is None:
        raise UsageError(
            "nothing says which runs are to go", help="give --keep N, --older-than WHEN, or both"
        )
    root = Workspace.find().root
    before_us = None if older_than is None else moment(older_than, "--older-than")
    names, going_on = pruning.candidates(root, keep=keep, before_us=before_us)
    for name in going_on:
        say(f"{name}: still going on; it stays", err=True)
    if dry_run:
        for name in names:
            say(f"would remove {name}")
        return
    pruning.sweep(root, SystemClock().wall_us())
    for name in pruning.prune(root, names):
        say(f"removed {name}")
    if not names:
        say("nothing to remove")
