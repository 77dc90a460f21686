"""``onex badge``: how things stand, as a picture."""

import os

import click

from onex.cli.common import FINDINGS, OK, write_output
from onex.cli.messages import relative, say, say_json
from onex.core.document import read_bytes
from onex.core.words import call
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex.report.badge import UNRATED, Badge, coverage, endpoint, last_run, svg, validation
from onex_types.run import Run

MOST_BYTES = 1 << 20
"""How much of an old badge is read."""


@click.group("badge")
def command() -> None:
    """Make badges for a README: pictures, or JSON for shields.io."""


@command.command("generate")
@click.option("--validate", "validated", is_flag=True, help="What `onex validate` finds.")
@click.option("--coverage", "covered", is_flag=True, help="How much the last run covered.")
@click.option("--last-run", "ran", is_flag=True, help="What the last run came to.")
@click.option("--trust-level", "trusted", is_flag=True, help="The trust in the nodes.")
@click.option("-o", "--output", metavar="FILE", help="Where the badge goes; printed without it.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(["svg", "json"]),
    default="svg",
    help="A picture, or what the endpoint of shields.io takes.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when FILE is missing or stale.")
@click.pass_context
def generate(
    ctx: click.Context,
    validated: bool,
    covered: bool,
    ran: bool,
    trusted: bool,
    output: str | None,
    form: str,
    check: bool,
) -> None:
    """Make a badge.

    Coverage and the last run are unknown until there is a run, and trust is unrated until there
    are scores.
    """
    chosen = {
        "--validate": validated,
        "--coverage": covered,
        "--last-run": ran,
        "--trust-level": trusted,
    }
    subjects = [flag for flag, is_chosen in chosen.items() if is_chosen]
    if len(subjects) != 1:
        raise UsageError(
            f"a badge is about one thing, and here are {len(subjects)}",
            help=f"choose one of {', '.join(chosen)}",
        )
    if check and output is None:
        raise UsageError("--check needs a file to check", help="name it with -o FILE")
    badge = _badge(subjects[0], Workspace.find())
    text = svg(badge) if form == "svg" else endpoint(badge)
    if output is None:
        say_json(text)  # spells nothing anew: a badge holds printable characters alone
    elif not check:
        write_output(output, text)
        say(f"wrote {relative(output)}: {badge.label}: {badge.message}")
    elif _read(output) != text.encode():
        state = "stale" if os.path.lexists(output) else "missing"
        more = [] if form == "svg" else ["--output-format", form]
        again = call("onex", "badge", "generate", subjects[0], "-o", output, *more)
        say(f"{relative(output)}: {state}; run `{again}`")
        ctx.exit(FINDINGS)
    ctx.exit(OK)


def _badge(subject: str, workspace: Workspace) -> Badge:
    if subject == "--trust-level":
        return UNRATED
    if subject == "--validate":
        from onex.validate.engine import validate  # noqa: PLC0415 - wanted for this badge alone

        verdict = validate(workspace)
        return validation(verdict.nodes, verdict.count("error"))
    run = _latest(workspace.root)
    return coverage(run) if subject == "--coverage" else last_run(run)


def _latest(root: str) -> Run | None:
    """The latest run; None when the workspace has none. One that cannot be read is an error."""
    from onex.runs.index import run_ids  # noqa: PLC0415 - wanted for two badges alone
    from onex.runs.load import latest_run  # noqa: PLC0415

    return latest_run(root) if run_ids(root) else None


def _read(path: str) -> bytes | None:
    """What the badge is now; None when there is none."""
    return read_bytes(path, MOST_BYTES) if os.path.lexists(path) else None
