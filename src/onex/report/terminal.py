"""The report in colours and with a table: the same as the text, through ``rich``.

Rich is an optional package; without it the text is printed as it is. Words of nodes reach it as
``Text``, escaped before, and never as markup.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onex.core.words import cut
from onex.report.text import Line, parts, time_of
from onex.report.view import View, told
from onex_types.run import Unit

if TYPE_CHECKING:
    from rich.console import Console

LONGEST = 2_000
"""How many characters of one line are shown."""

COLOURS = {
    "success": "green",
    "partial": "yellow",
    "failure": "red",
    "error": "bold red",
    "blocked": "magenta",
    "skipped": "cyan",
}
"""The colour of each status; its word always stands there, too."""


def coloured(views: Sequence[View], width: int) -> str:
    """The report with the escapes of a terminal that is ``width`` characters wide.

    Raises:
        ImportError: ``rich`` is not installed.
    """
    from rich.text import Text  # noqa: PLC0415 - optional, and most reports do without

    file = io.StringIO()
    console = _console(file, width)
    for part in parts(views):
        if isinstance(part, Line):
            text = Text(cut(part.text, LONGEST), style=COLOURS.get(part.tone, ""))
            # A command that reproduces a failure is copied: no line ends of ours in it.
            console.print(text, soft_wrap=True)
        else:
            _table(console, part)
    return file.getvalue()


def _console(file: io.StringIO, width: int) -> "Console":
    """A console that reads nothing from the environment: all that it would read is said here."""
    from rich.console import Console  # noqa: PLC0415 - optional, and most reports do without

    return Console(
        file=file,
        width=width,
        force_terminal=True,
        force_interactive=False,
        force_jupyter=False,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _table(console: "Console", units: Sequence[Unit]) -> None:
    """Units in a table; warnings stand behind what they tell."""
    from rich.table import Table  # noqa: PLC0415 - optional, and most reports do without
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("status", no_wrap=True)
    table.add_column("unit", overflow="fold")
    table.add_column("time", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for unit in units:
        words = [told(unit), *(f"warning: {warning}" for warning in unit["warnings"])]
        table.add_row(
            Text(unit["status"], style=COLOURS[unit["status"]]),
            Text(cut(unit["unit_id"], LONGEST)),
            Text(time_of(unit)),
            Text("\n".join(cut(word, LONGEST) for word in words if word)),
        )
    console.print(table)
