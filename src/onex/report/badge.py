"""A badge: a label and a message, as an SVG picture and for the endpoint of shields.io.

The picture has no ids, so that two on one page never clash; it is drawn without a font's measures,
so the width of its text is estimated, and the text is fitted into it.
"""

import json
from html import escape
from typing import Literal, NamedTuple, TypeAlias

from onex.core.words import cut
from onex.report.figures import percent
from onex.report.verdict import score
from onex.results.status import Outcome
from onex_types.run import Run

Colour: TypeAlias = Literal["brightgreen", "green", "yellow", "orange", "red", "lightgrey"]

LONGEST = 60
"""How many characters of a text a badge shows."""

HEIGHT, PADDING, SIZE = 20, 6, 11
LABEL_COLOUR = "#444"

COLOURS: dict[Colour, str] = {
    "brightgreen": "#2a7a12",
    "green": "#476f05",
    "yellow": "#7d6200",
    "orange": "#a34700",
    "red": "#b3261e",
    "lightgrey": "#666",
}
"""How the colours are drawn: darker than their names say, so that white text on them can be read."""

OUTCOMES: dict[Outcome, Colour] = {
    "success": "brightgreen",
    "partial": "yellow",
    "failure": "red",
    "error": "red",
}

STEPS: tuple[tuple[int, Colour], ...] = (
    (100, "brightgreen"),
    (90, "green"),
    (75, "yellow"),
    (50, "orange"),
    (0, "red"),
)
"""From which coverage on which colour is shown."""

# Advance widths of the usual sans-serif face of badges, in thousandths of the size.
_WIDTHS = {
    270: "'ijl",
    360: " ,.f",
    395: "!t",
    425: "Ir",
    455: "()-/:;[\\]|J",
    525: "cszx?",
    595: "aekvxyFLT",
    635: "$*0123456789_`bdghnopqu{}EPSYZ",
    690: "&ABCKRVXU",
    770: "DGHNOQ",
    820: "#+<=>~^w",
    980: "@mMW",
    1080: "%",
}
_WIDTH = {character: width for width, text in _WIDTHS.items() for character in text}
_UNKNOWN_WIDTH = 1000


class Badge(NamedTuple):
    """What a badge says.

    Attributes:
        label: what it is about.
        message: how it stands.
        colour: how good that is.
    """

    label: str
    message: str
    colour: Colour


UNRATED = Badge("trust", "unrated", "lightgrey")
"""The trust in nodes, until there are scores."""


def coverage(run: Run | None) -> Badge:
    """How many active nodes the last run executed, in whole percent, rounded down."""
    known = run["coverage"]["percent"] if run is not None and run["coverage"] else None
    if known is None:
        return Badge("coverage", "unknown", "lightgrey")
    colour = next(colour for least, colour in STEPS if known >= least)
    return Badge("coverage", f"{percent(known, 0)}%", colour)


def last_run(run: Run | None) -> Badge:
    """What the last run came to: `1 of 2, partial`."""
    if run is None:
        return Badge("last run", "unknown", "lightgrey")
    return Badge("last run", score(run), OUTCOMES[run["outcome"]])


def validation(nodes: int, errors: int) -> Badge:
    """What a validation found; one that looked at nothing is no success."""
    if errors:
        return Badge("contracts", "1 error" if errors == 1 else f"{errors} errors", "red")
    if not nodes:
        return Badge("contracts", "no nodes", "lightgrey")
    return Badge("contracts", f"{nodes} valid", "brightgreen")


def endpoint(badge: Badge) -> str:
    """The badge as the JSON that the endpoint of shields.io takes."""
    label, message, colour = badge
    value = {"schemaVersion": 1, "label": label, "message": message, "color": colour}
    return json.dumps(value, ensure_ascii=True, indent=2) + "\n"


def svg(badge: Badge) -> str:
    """The badge as a picture that reads itself out: a role, a name and a title."""
    label, message = cut(badge.label, LONGEST), cut(badge.message, LONGEST)
    left, right = width(label) + 2 * PADDING, width(message) + 2 * PADDING
    whole = left + right
    name = escape(f"{label}: {message}")
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{HEIGHT}" viewBox="0 0 {whole} {HEIGHT}" role="img" aria-label="{name}">
<title>{name}</title>
<path fill="{LABEL_COLOUR}" d="M3 0H{left}V20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>
<path fill="{COLOURS[badge.colour]}" d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z"/>
<g fill="#fff" aria-hidden="true" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="{SIZE}">
{_text(label, PADDING)}
{_text(message, left + PADDING)}
</g>
</svg>
"""


def width(text: str) -> int:
    """About how many pixels ``text`` takes."""
    return -(-sum(_WIDTH.get(character, _UNKNOWN_WIDTH) for character in text) * SIZE // 1000)


def _text(text: str, x: int) -> str:
    return f'<text x="{x}" y="14" textLength="{width(text)}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
