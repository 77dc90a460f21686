"""What is printed: one row at a time, safe for a terminal, paths as seen from here.

Names, values and the words of nodes may hold anything; nothing but this module prints them. What
does not print is shown as an escape, so that no text moves the cursor, starts a row of its own, or
reads other than it is.
"""

import json
import os
import re

import click

from onex.core.text import printable
from onex.errors import OnexError

LONGEST = 2_000
"""How many characters of one message are shown."""


def relative(path: str) -> str:
    """``path`` as seen from here, when it lies below here; with `/` on every platform."""
    return os.path.normpath(path).removeprefix(_here()).replace(os.sep, "/")


def row(text: str) -> str:
    """``text`` as one row, with escapes for what does not print; a long one loses its middle."""
    if len(text) > LONGEST:
        half = LONGEST // 2
        text = f"{text[:half]} ... ({len(text) - 2 * half} characters) ... {text[-half:]}"
    return printable(text)


def say(text: str, *, err: bool = False) -> None:
    """Print ``text`` as one row; see ``row``."""
    click.echo(row(text), err=err)


def say_json(text: str) -> None:
    r"""Print lines of JSON: the same values, with ``\u`` escapes for what does not print."""
    lines = text.split("\n")
    if not all(map(str.isprintable, lines)):
        lines = [_escape(line) for line in lines]
    click.echo("\n".join(lines), nl=False)


def print_error(error: OnexError) -> None:
    """Why something was not done, on standard error, if that is still open."""
    here = _here()
    message = f"onex: {error.message}"
    if here:
        # Where a path begins only: `/a/` has no business inside `/b/a/c`.
        message = re.sub(rf"(?<![^\s'\"`(=]){re.escape(here)}", "", message)
    try:
        say(message, err=True)
        if error.help:
            say(f"  help: {error.help}", err=True)
    except (OSError, ValueError):
        return


def _here() -> str:
    """The working folder with a separator behind it; empty when it is gone, or the root."""
    try:
        folder = os.getcwd()
    except FileNotFoundError:
        return ""
    return "" if folder == os.sep else os.path.join(folder, "")


def _escape(line: str) -> str:
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if c < "\U00010000" else json.dumps(c)[1:-1]
        for c in line
    )
