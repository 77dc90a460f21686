"""The options by which a run is held to rules, and what the rules found."""

from collections.abc import Callable
from typing import Any

import click

from onex.cli.common import say_error
from onex_types.run import Run

Command = Callable[..., Any]


def policy_options(command: Command) -> Command:
    """Add the options of a policy to a command; they go before the table `ci` of the settings."""
    for option in reversed(
        (
            click.option(
                "--minimum-coverage",
                type=click.IntRange(0, 100),
                metavar="PERCENT",
                help="Fail unless as many of the active nodes were really executed.",
            ),
            click.option("--policy", metavar="NAME", help="The name of the policy, for reports."),
            click.option("--triggered-by", metavar="TEXT", help="What asked for it, for reports."),
            click.option(
                "--allow-empty", is_flag=True, help="Pass although there is nothing to look at."
            ),
        )
    ):
        command = option(command)
    return command


def print_gates(run: Run) -> None:
    """Say on standard error which gates are shut."""
    for unit in run["units"]:
        if unit["kind"] == "gate" and unit["status"] != "success":
            for error in unit["errors"]:
                say_error(f"{unit['unit_id']}: {unit['status']}", error)
