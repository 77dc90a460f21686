"""Setting one member of a mapping in braces, JSON or YAML: which spans change, and to what."""

import re

from onex.core.spans import Edit, Member, Page
from onex.core.spelling import spell, spell_key, spell_like, spell_spread
from onex.core.values import JSON

_REST = re.compile(r"[ \t]*+(?:#.*+)?+")


def replace(page: Page, member: Member, value: JSON) -> list[Edit]:
    """The edits that give ``member`` the value ``value``."""
    text = _spell(page, value, page.indent(member.key_start), member.style)
    if member.start < member.end:
        return [Edit(member.start, member.end, text)]
    has_colon = member.start > member.key_end
    return [Edit(member.start, member.start, f" {text}" if has_colon else f": {text}")]


def append(page: Page, name: str, value: JSON) -> list[Edit]:
    """The edits that put a new member behind all others: on a line of its own if they have one."""
    is_quoted = page.is_json or page.text[page.start + 1 :].lstrip().startswith('"')
    key = spell(name) if is_quoted else spell_key(name)
    if not page.members:
        return [Edit(page.start + 1, page.start + 1, f"{key}: {_spell(page, value, None)}")]
    last = page.members[-1]
    indent = page.indent(last.key_start)
    entry = f"{key}: {_spell(page, value, indent)}"
    if indent is None:
        return [Edit(last.end, last.end, f", {entry}")]
    entry = f"{page.eol}{indent}{entry}"
    at = page.line_end(last.end)
    if not _REST.fullmatch(page.text, last.end, at):
        return [Edit(last.end, last.end, f",{entry}")]
    # A comment behind the last member stays behind it.
    return [Edit(last.end, last.end, ","), Edit(at, at, entry)]


def _spell(page: Page, value: JSON, indent: str | None, style: str = '"') -> str:
    """``value`` in one line, or with an entry a line if the members have lines of their own."""
    if isinstance(value, dict) and indent is not None:
        return page.eol.join(spell_spread(value, indent))
    return spell(value) if page.is_json else spell_like(value, style)
