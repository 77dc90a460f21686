"""What a command would change in files, as a unified diff on standard output."""

import difflib

import click

from onex.cli.messages import relative
from onex.core.text import printable

NO_END = "\\ No newline at end of file"


def print_difference(path: str, before: bytes, after: bytes, new_path: str | None = None) -> None:
    """The difference between two contents of the file ``path``, which may get ``new_path``.

    What does not print is shown as an escape, so a changed line end can be seen.
    """
    names = relative(path), relative(new_path or path)
    for line in difflib.unified_diff(_lines(before), _lines(after), *names):
        shown, end = line.removesuffix("\n"), line.endswith("\n")
        click.echo(printable(shown))
        if not end:
            click.echo(NO_END)


def _lines(data: bytes) -> list[str]:
    """The lines of ``data`` as git has them: they end at LF alone."""
    parts = data.decode(errors="backslashreplace").split("\n")
    whole = [f"{part}\n" for part in parts[:-1]]
    return [*whole, parts[-1]] if parts[-1] else whole
