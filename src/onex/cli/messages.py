"""How errors are told: one line for people, the next step, paths as seen from here."""

import os

import click

from onex.errors import OnexError


def relative(path: str) -> str:
    """``path`` as seen from here, when it lies below here."""
    return os.path.normpath(path).removeprefix(_here())


def print_error(error: OnexError) -> None:
    """Why something was not done, on standard error, if that is still open."""
    text = f"onex: {error.message}" + (f"\n  help: {error.help}" if error.help else "")
    try:
        click.echo(text.replace(_here(), ""), err=True)
    except (OSError, ValueError):
        return


def _here() -> str:
    """The working folder with a separator behind it; just that when the folder is gone."""
    try:
        return os.path.join(os.getcwd(), "")
    except FileNotFoundError:
        return os.sep
