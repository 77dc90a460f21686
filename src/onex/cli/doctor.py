"""``onex doctor``: what onex finds around it, and what to do about it."""

import os

import click

from onex.cli.common import FINDINGS, OK, print_json
from onex.cli.messages import relative, say
from onex.core.text import plural
from onex.doctor.examine import examine
from onex_types.doctor import Doctor

SIGNS = {"ok": "ok", "warning": "warning", "problem": "PROBLEM"}


@click.command("doctor")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How it is printed.",
)
@click.pass_context
def command(ctx: click.Context, output_format: str) -> None:
    """Look at Python, the workspace, git, the editor and the settings, and say what is wrong.

    Nothing is changed. Exit status 1 when something stops work; a warning does not.
    """
    found = examine(os.environ, _flags(ctx.find_root().command))
    if output_format == "json":
        print_json(found)  # type: ignore[arg-type]
    else:
        _print(found)
    ctx.exit(FINDINGS if any(c["state"] == "problem" for c in found["checks"]) else OK)


def _flags(root: click.Command) -> dict[str, tuple[str, bool]]:
    """For each variable the flag that bears its name, and whether its value is no free text."""
    found: dict[str, tuple[str, bool]] = {}
    pending = [("onex", root)]
    while pending:
        words, command = pending.pop()
        if isinstance(command, click.Group):
            context = click.Context(command)
            children = (
                (name, command.get_command(context, name))
                for name in command.list_commands(context)
            )
            pending += [(f"{words} {name}", child) for name, child in children if child]
        for option in command.params:
            if isinstance(option, click.Option) and isinstance(option.envvar, str):
                is_plain = option.is_flag or not isinstance(
                    option.type, (click.types.StringParamType, click.types.UnprocessedParamType)
                )
                found[option.envvar] = (f"{words} {max(option.opts, key=len)}", is_plain)
    return found


def _print(found: Doctor) -> None:
    area = ""
    for one in found["checks"]:
        if one["area"] != area:
            area = one["area"]
            say(area)
        say(f"  {SIGNS[one['state']]:<8} {one['name']:<18} {one['found']}")
        if one["help"] and one["state"] != "ok":
            say(f"{'':<11}help: {one['help']}")
    say("settings")
    for setting in found["settings"]:
        place = setting["place"] or "default"
        hidden = "(not set)" if setting["origin"] == "default" else "(set, not shown)"
        value = hidden if setting["value"] is None else setting["value"]
        where = relative(place) if setting["origin"] == "file" else place
        say(f"  {setting['name']:<34} {value}  [{where}]")
    counts = {state: sum(c["state"] == state for c in found["checks"]) for state in SIGNS}
    say(
        f"{plural(len(found['checks']), 'thing')} looked at: {plural(counts['problem'], 'problem')}, "
        f"{plural(counts['warning'], 'warning')}"
    )
