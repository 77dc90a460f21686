"""What is printed: one row at a time, safe for a terminal, paths as seen from here.

Names, values and the words of nodes may hold anything; nothing but this module prints them. What
does not print is shown as an escape, so that no text moves the cursor, starts a row of its own, or
reads other than it is.
"""

import json
import os
import re
from itertools import chain

import click

from onex.core.text import printable
from onex.errors import OnexError

LONGEST = 2_000
"""How many characters of one message are shown."""


def relative(path: str) -> str:
    """``path`` as seen from here, when it lies below here."""
    return os.path.normpath(path).removeprefix(_here() or "\n")


def say(text: str, *, err: bool = False) -> None:
    """Print ``text`` as one row, with escapes for what does not print; what is very long is cut."""
    more = len(text) - LONGEST
    row = printable(text[:LONGEST]) + (f"... ({more} more characters)" if more > 0 else "")
    click.echo(row, err=err)


def say_json(text: str) -> None:
    r"""Print JSON, the same value with ``\u`` escapes for what does not print."""
    rows = text.removesuffix("\n").split("\n")
    if not all(map(str.isprintable, rows)):
        rows = [_escape(row) for row in rows]
    for part in chain.from_iterable((row, "\n") for row in rows):
        click.echo(part, nl=False)


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


def _escape(row: str) -> str:
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if c < "\U00010000" else json.dumps(c)[1:-1]
        for c in row
    )
