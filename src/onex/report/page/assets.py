"""The files that a page is made of, and the policy that lets nothing else run.

The style and the script stand in the page itself; the policy names both by their digests, so that
a browser refuses any other, whatever a node wrote.
"""

import base64
import hashlib
import html
import os
from functools import cache
from typing import TYPE_CHECKING

from onex.core.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_FOLDER = os.path.dirname(__file__)


@cache
def read(name: str) -> str:
    """The text of a file beside this module, with the line ends that a browser digests."""
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


@cache
def environment() -> "Environment":
    """The templates; whatever they show is printable and escaped, and nothing may be missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - for pages alone

    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["rows"] = _rows
    return made


def policy() -> str:
    """The content security policy of a page."""
    style, script = digest(read("page.css")), digest(read("page.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The digest of an inline block, as a content security policy spells it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """A value as it is put into a page: a text that is not markup yet is made printable."""
    if isinstance(value, str) and not hasattr(value, "__html__") and not value.isprintable():
        return printable(value)
    return value


def _rows(text: str) -> "Markup":
    """Printable text in several rows, escaped for the inside of an element."""
    from markupsafe import Markup  # noqa: PLC0415 - for pages alone

    return Markup(html.escape(text, quote=False))  # noqa: S704 - it was escaped just now
