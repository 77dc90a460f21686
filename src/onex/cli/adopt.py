"""``onex adopt``: a folder of scripts becomes nodes."""

import os
from contextlib import nullcontext

import click

from onex.adopt.adopt import adopt
from onex.adopt.inventory import take
from onex.adopt.report import count_line, render_markdown, render_text
from onex.cli.common import FINDINGS, OK, print_json, write_output
from onex.cli.messages import relative, row, say
from onex.core.files import tree_lock
from onex.core.text import unicode_value
from onex.core.workspace import Workspace
from onex.errors import OnexError, UsageError
from onex_types.adoption import Adoption


@click.command("adopt")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--under",
    metavar="NAMESPACE",
    help="The namespace of the nodes; the folder's name when left out.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@click.option(
    "--report", metavar="FILE", help="Write what was found to FILE, which ends in .md or .json."
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How what was found is printed.",
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    under: str | None,
    dry_run: bool,
    report: str | None,
    output_format: str,
) -> None:
    """Make draft nodes of the scripts at and below each PATH.

    Scripts are read, and never executed; originals stay as they are. Each node holds a copy and a
    contract made of what the script says of its arguments, and remembers where it came from: a
    second time, it is skipped, or brought up to date where the script has changed. What a script
    leaves open, and why a file was left alone, stands in the report.
    """
    if report is not None and not report.endswith((".md", ".json")):
        raise UsageError(f"{report}: a report is FILE.md or FILE.json")
    workspace = Workspace.find()
    found = take(list(paths))
    if not found.scripts:
        raise OnexError(
            f"{', '.join(paths)}: no scripts to adopt; {len(found.left)} left alone, {found.others} other files",
            help="name a script itself to adopt it whatever it looks like",
        )
    with nullcontext() if dry_run else tree_lock(workspace.root):
        adoption = adopt(workspace, list(paths), found, under, dry_run=dry_run)
    _shorten(adoption)
    if report is not None:
        write_output(report, _written(adoption, report))
    if output_format == "json":
        print_json(adoption)  # type: ignore[arg-type]
    else:
        for line in [count_line(adoption)] if report is not None else render_text(adoption):
            say(line)
        if report is not None:
            say(f"wrote {relative(report)}")
    ctx.exit(FINDINGS if adoption["counts"]["refused"] else OK)


def _shorten(adoption: Adoption) -> None:
    """Let paths be as seen from here, and text that can be written anywhere."""
    for each in (*adoption["scripts"], *adoption["left"]):
        each["path"] = relative(os.path.abspath(each["path"]))
    adoption.update(unicode_value(adoption))


def _written(adoption: Adoption, report: str) -> str:
    if report.endswith(".md"):
        return "".join(f"{row(line)}\n" for line in render_markdown(adoption))
    from onex.core.layout import pretty  # noqa: PLC0415 - wanted for this form alone

    return pretty(adoption)  # type: ignore[arg-type]
