"""``onex wrap``: any command, with a record of its run."""

import shlex
from typing import Literal

import click

from onex.cli.common import say_error
from onex.cli.messages import relative, say
from onex.errors import UsageError
from onex.runs.wrap import Order, Wrapped, wrap

EPILOG = (
    "Exit status: that of the command (128 and the number of the signal that ended it), 127 when "
    "there is no such command, 126 when it cannot be executed, 1 when it succeeded and a check or an "
    "artifact did not, 2 when a required variable is missing. `--exit-policy observer` makes it 0, "
    "1 and 2."
)


@click.command("wrap", context_settings={"allow_interspersed_args": False}, epilog=EPILOG)
@click.option(
    "--pipeline-id", metavar="ID", required=True, help="What to call it: letters, digits, hyphens."
)
@click.option("--pipeline-version", metavar="VERSION", help="Its version.")
@click.option(
    "--required-env",
    metavar="NAME",
    multiple=True,
    help="A variable without which nothing is run; its value is hidden in the record.",
)
@click.option(
    "--check",
    "checks",
    metavar="NAME=CMD",
    multiple=True,
    help="A command, run after a success, that passes or fails a check; without a shell.",
)
@click.option(
    "--input", "inputs", metavar="REF", multiple=True, help="What it reads; a file is hashed."
)
@click.option(
    "--artifact",
    "artifacts",
    metavar="PATH",
    multiple=True,
    help="A file that it makes: copied as it is into the record, and hashed.",
)
@click.option(
    "--exit-policy",
    type=click.Choice(["passthrough", "observer"]),
    default="passthrough",
    help="The command's own exit status, or 0 passed, 1 failed, 2 could not.",
)
@click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing of onex's own unless something went wrong."
)
@click.argument("argv", metavar="-- CMD...", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(
    ctx: click.Context,
    pipeline_id: str,
    pipeline_version: str | None,
    required_env: tuple[str, ...],
    checks: tuple[str, ...],
    inputs: tuple[str, ...],
    artifacts: tuple[str, ...],
    exit_policy: Literal["passthrough", "observer"],
    quiet: bool,
    argv: tuple[str, ...],
) -> None:
    """Run any command, and record the run.

    The record is in reports/runs. CMD gets folder, environment and standard input as they are, and its output passes through byte
    for byte, secrets too; the log of the run hides the values of --required-env. Its own output
    goes through pipes, so that it sees no terminal.
    """
    if not argv:
        raise UsageError(
            "no command to wrap", help="put it behind `--`: onex wrap --pipeline-id ID -- CMD..."
        )
    order = Order(
        argv=list(argv),
        pipeline_id=pipeline_id,
        pipeline_version=pipeline_version,
        required_env=required_env,
        checks=tuple(map(_check, checks)),
        inputs=inputs,
        artifacts=artifacts,
        exit_policy=exit_policy,
    )
    result = wrap(order, lambda run_id: None if quiet else say(f"RUN_ID={run_id}", err=True))
    _print(result, quiet=quiet)
    ctx.exit(result.status)


def _check(text: str) -> tuple[str, list[str]]:
    """Name and command of a check.

    Raises:
        UsageError: one of them is missing, or a quotation has no end.
    """
    name, _, told = text.partition("=")
    try:
        argv = shlex.split(told)
    except ValueError as error:
        raise UsageError(f"--check {text!r}: {error}") from error
    if not name.strip() or not argv:
        raise UsageError(
            f"--check {text!r}: a name, an equals sign and a command are wanted",
            help="for example --check 'rows=test -s rows.csv'",
        )
    return name, argv


def _print(result: Wrapped, *, quiet: bool) -> None:
    """What was not as it should be, and where the record is; all on standard error."""
    for unit in result.run["units"]:
        # A command that was executed has said what it had to say; what was kept from being so
        # was kept by another.
        said = unit["kind"] == "command" and unit["process"] is not None
        if said or unit["status"] not in {"failure", "error"}:
            continue
        for error in unit["errors"]:
            say_error(f"{unit['unit_id']}: {unit['status']}", error)
    if result.run["reason"]:
        say(f"onex: {result.run['reason']}", err=True)
    if not quiet:
        say(f"{result.run['outcome']}; recorded in {relative(result.folder)}", err=True)
