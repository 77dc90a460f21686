"""``onex runs``: the runs of a workspace, listed, shown, checked, mended, removed and compared."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

import click

from onex.cli.common import FINDINGS, OK, print_json
from onex.cli.messages import say
from onex.cli.runs_keep import check, prune, recover
from onex.cli.runs_named import MOST, folders_of, moment, state
from onex.core.workspace import Workspace, find_root
from onex_types.index_entry import IndexEntry

STATES = ("success", "partial", "failure", "error", "cut-off", "going-on")
ROWS_AT_ONCE = 1_000


@click.group("runs")
def command() -> None:
    """List, show, check, recover, remove and compare runs."""


command.add_command(check)
command.add_command(recover)
command.add_command(prune)


@command.command("list")
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, MOST),
    default=20,
    show_default=True,
    help="How many runs are listed.",
)
@click.option("--all", "every", is_flag=True, help="List every run.")
@click.option("--status", type=click.Choice(STATES), help="Only runs that ended like this.")
@click.option("--pipeline", metavar="ID", help="Only runs of this pipeline.")
@click.option(
    "--since", metavar="WHEN", help="Only runs since then: 12h, 7d, 2026-01-17, or RFC 3339."
)
@click.option("--rebuild-index", "again", is_flag=True, help="Read every run folder again first.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "ndjson"]),
    default="text",
    help="How the list is printed.",
)
def list_command(
    number: int,
    every: bool,
    status: str | None,
    pipeline: str | None,
    since: str | None,
    again: bool,
    output_format: str,
) -> None:
    """List runs, the newest first.

    How each ended, how long it took, and its units by status. A run that did not end is `going
    on`, or was `cut off`; `onex runs recover` closes it then.
    """
    from onex.runs import index  # noqa: PLC0415 - not for --help

    root = Workspace.find().root
    if again:
        say(f"{index.rebuild(root)} finished runs are in the index", err=True)
    found = index.newest(root)
    if since is not None:
        from_us = moment(since, "--since")
        # The seconds of run ids do not go up; a run that began earlier in the same one is left out.
        found = takewhile(lambda entry: entry["started_us"] >= from_us, found)
    chosen = (
        entry
        for entry in found
        if pipeline in {None, entry["pipeline_id"]}
        and (status is None or status.replace("-", " ") == state(root, entry))
    )
    rows = chosen if every else islice(chosen, number)
    if output_format == "json":
        print_json(list(rows))  # type: ignore[arg-type]
    elif output_format == "ndjson":
        _print_lines(json.dumps(entry, sort_keys=True, separators=(",", ":")) for entry in rows)
    else:
        _print_lines(_table(root, list(rows)))


def _table(root: str, entries: Sequence[IndexEntry]) -> Iterator[str]:
    """A row for each run. Nothing in it can move a cursor: see ``onex.runs.index``."""
    from onex.report.figures import duration  # noqa: PLC0415 - wanted for text alone
    from onex.report.verdict import STATUSES  # noqa: PLC0415

    width = max((len(entry["run_id"]) for entry in entries), default=0)
    for entry in entries:
        units = entry["units"]
        counts = ", ".join([f"{units[name]} {name}" for name in STATUSES if name in units])
        took = duration(entry["duration_us"]) if entry["finished"] else ""
        name, ended = entry["run_id"], state(root, entry)
        yield f"{name:<{width}}  {ended:<8}  {took:>10}  {counts}".rstrip()


def _print_lines(lines: Iterator[str]) -> None:
    """Print many lines with few writes."""
    while block := list(islice(lines, ROWS_AT_ONCE)):
        click.echo("\n".join(block))


@command.command("show")
@click.argument("run", metavar="RUN")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the run is printed.",
)
def show(run: str, output_format: str) -> None:
    """Show what RUN was, its units and its files."""
    from onex.cli.runs_show import document, rows  # noqa: PLC0415 - wanted for this alone

    folder = folders_of([run])[0]
    if output_format == "json":
        print_json(document(folder))
        return
    for line in rows(folder):
        say(line)


@command.command("diff")
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="OTHER")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the differences are printed.",
)
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, output_format: str) -> None:
    """Compare two runs.

    What is not in OTHER as it was in RUN: units, verdicts, outputs, and how long it took. Exit status: 1 when a verdict changed or a unit came or went, else 0.
    """
    from onex.report.compare import differences  # noqa: PLC0415 - not for --help
    from onex.report.text import statuses  # noqa: PLC0415
    from onex.report.view import tally  # noqa: PLC0415
    from onex.runs.load import load_run  # noqa: PLC0415

    root = find_root()
    old, new = load_run(before, root), load_run(after, root)
    found = differences(old, new)
    if output_format == "json":
        print_json(
            {
                "before": old["run_id"],
                "after": new["run_id"],
                "duration_ratio": found.ratio,
                "changes": [change._asdict() for change in found.changes],
            }
        )
    else:
        took = "" if found.ratio is None else f"; {found.ratio:g} times as long"
        words = tally(found.changes) if found.changes else "no unit differs"
        say(f"{new['run_id']}, compared with {old['run_id']}: {words}{took}")
        for change in found.changes:
            say(f"  {change.change:<11}  {change.unit_id}: {statuses(change)}")
    ctx.exit(FINDINGS if any(change.change != "drift" for change in found.changes) else OK)
