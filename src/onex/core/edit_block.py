"""Setting one member of a mapping in YAML's block style: which spans change, and to what."""

from onex.core.spans import Edit, Member, Page
from onex.core.spelling import INDENT, spell_like, spell_lines
from onex.core.values import JSON


def replace(page: Page, member: Member, value: JSON) -> list[Edit]:
    """The edits that give ``member`` the value ``value``."""
    on_key_line = page.line_start(member.start) == page.line_start(member.key_end)
    if isinstance(value, dict) and value:
        return (_line_to_block if on_key_line else _block_to_block)(page, member, value)
    text = spell_like(value, member.style)
    if on_key_line:
        space = "" if page.text[member.start - 1].isspace() else " "
        return [Edit(member.start, member.end, space + text)]
    return _block_to_line(page, member, text)


def append(page: Page, name: str, value: JSON) -> list[Edit]:
    """The edits that put a new member behind all others."""
    last = page.members[-1]
    indent = page.indent(page.members[0].key_start) or ""
    entry = page.eol.join(spell_lines({name: value}, indent))
    if last.tail is None:
        at = page.line_end(last.end)
        return [Edit(at, at, page.eol + entry)]
    # A block scalar owns the blank lines behind it; one that ends with the file stays the last.
    at = last.tail if page.text[last.tail - 1] in "\r\n" else page.line_start(last.key_start)
    return [Edit(at, at, entry + page.eol)]


def _line_to_block(page: Page, member: Member, value: dict[str, JSON]) -> list[Edit]:
    """A value beside its key makes room for lines below it; a comment stays beside the key."""
    start = member.key_end + len(page.text[member.key_end : member.start].rstrip(" \t"))
    at = page.line_end(member.end)
    indent = (page.indent(member.key_start) or "") + INDENT
    lines = "".join(page.eol + line for line in spell_lines(value, indent))
    if start == at:
        return [Edit(at, at, lines)]
    return [Edit(start, member.end, ""), Edit(at, at, lines)]


def _block_to_block(page: Page, member: Member, value: dict[str, JSON]) -> list[Edit]:
    outer = page.indent(member.key_start) or ""
    inner = page.indent(member.start) or ""
    indent = inner if len(inner) > len(outer) else outer + INDENT
    lines = page.eol.join(spell_lines(value, indent))
    return [Edit(page.line_start(member.start), member.end, lines)]


def _block_to_line(page: Page, member: Member, text: str) -> list[Edit]:
    """A value below its key gives up its lines, but not the comment behind the last of them."""
    colon = page.text.index(":", member.key_end) + 1
    start, end = page.line_start(member.start), page.line_end(member.end)
    if page.text[member.end : end].strip(" \t"):
        start, end = member.start, member.end
    elif end < len(page.text):
        end = page.next_line(end)
    else:
        start -= 2 if page.text.startswith("\r\n", start - 2) else 1
    return [Edit(colon, colon, f" {text}"), Edit(start, end, "")]
