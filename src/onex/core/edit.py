"""Setting members of a document's top-level mapping, and leaving every other byte alone.

Comments, order, line ends, indentation and a byte order mark are the author's. What is written is
read again before it is handed back, so a file is never broken: where the style of a file is beyond
this module, it says so.
"""

from collections.abc import Mapping

from onex.core import edit_block, edit_flow
from onex.core.canonical import golden_bytes
from onex.core.document import parse
from onex.core.spans import apply, open_page
from onex.core.text import BOM, shorten
from onex.core.values import JSON
from onex.errors import DocumentError


def set_members(data: bytes, members: Mapping[str, JSON], path: str) -> bytes:
    """``data`` with each of ``members`` replaced, or appended where it is not there.

    A member that has the value already is left as it is written. A mapping is written with one
    sorted entry a line. Setting the same members again changes nothing.

    Args:
        data: a document of YAML (block or flow style) or JSON whose top level is a mapping.
        members: the values by name.
        path: the file's name, which also tells JSON from YAML.

    Raises:
        DocumentError: ``data`` cannot be read, is no mapping, or is set in a way that this function
            cannot edit.
        ValueError: a value is no JSON value: a number that is not finite, text that is not Unicode.
    """
    for name, value in members.items():
        golden = golden_bytes(value)
        old = parse(data, path).value
        if not isinstance(old, dict):
            raise DocumentError(path, "a mapping was expected at the top level")
        if name not in old or golden_bytes(old[name]) != golden:
            data = _set(data, name, value, path)
            _verify(data, old | {name: value}, name, path)
    return data


def _set(data: bytes, name: str, value: JSON, path: str) -> bytes:
    text = data.decode()
    page = open_page(text.removeprefix(BOM), is_json=path.endswith(".json"))
    member = next((each for each in page.members if each.name == name), None)
    style = edit_flow if page.is_flow else edit_block
    edits = style.replace(page, member, value) if member else style.append(page, name, value)
    mark = text[: len(text) - len(page.text)]
    return (mark + apply(page.text, edits)).encode()


def _verify(data: bytes, expected: dict[str, JSON], name: str, path: str) -> None:
    problem = f"the member {shorten(name)} cannot be set in a file that is written this way"
    hint = f"write `{name}` in the form `key: value`, then run the command again"
    try:
        value = parse(data, path).value
    except DocumentError as error:
        raise DocumentError(path, problem, pointer=error.pointer, help=hint) from error
    if golden_bytes(value) != golden_bytes(expected):
        raise DocumentError(path, problem, help=hint)
