"""What a docstring says of parameters and of what is returned: Google's, NumPy's and Sphinx' style."""

import ast
import inspect
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from onex.core.text import unicode_text

_PARAMETERS = frozenset(
    {
        "args",
        "arguments",
        "parameters",
        "params",
        "other parameters",
        "keyword args",
        "keyword arguments",
    }
)
_RETURNS = frozenset({"returns", "return", "yields"})
_SECTION = re.compile(r"([A-Z][A-Za-z ]{2,24}):\s*").fullmatch
_RULE = re.compile(r"-{3,}\s*").fullmatch
_GOOGLE = re.compile(r"\*{0,2}([A-Za-z_]\w*)\s*(?:\(([^)]*)\))?\s*:\s*(.*)").fullmatch
_NUMPY = re.compile(r"\*{0,2}([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?::\s*(.+))?").fullmatch
_TYPED = re.compile(r"([A-Za-z_][\w.\[\], |]*):\s+(.*)").fullmatch
_SPHINX = re.compile(r":(param|parameter|arg|type|returns?|rtype)\s*([^:]*):\s*(.*)").fullmatch
MOST = 2000
"""How much of a description is taken."""


class Told(NamedTuple):
    """What a docstring says of one thing: its type and its meaning, each empty when it does not."""

    kind: str = ""
    text: str = ""


@dataclass(slots=True)
class Docstring:
    """What a docstring says.

    Attributes:
        summary: its first paragraph on one line.
        parameters: what it says of each parameter.
        returns: what it says of what is returned.
    """

    summary: str = ""
    parameters: dict[str, Told] = field(default_factory=dict)
    returns: Told = field(default_factory=Told)


def of(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Docstring:
    """What the docstring of ``node`` says; nothing when it has none."""
    text = ast.get_docstring(node, clean=False)
    return read(unicode_text(text)) if text else Docstring()


def read(text: str) -> Docstring:
    """What the docstring ``text`` says."""
    lines = inspect.cleandoc(text).expandtabs().split("\n")
    found = Docstring(summary=_joined(_paragraph(lines)))
    section, body = "", list[str]()
    for index, line in enumerate([*lines, "End:"]):
        heading = _heading(lines, index) if index < len(lines) else "end"
        if not heading:
            body.append(line)
            continue
        _take(found, section, body)
        section, body = heading, []
    _sphinx(found, lines)
    return found


def _heading(lines: list[str], index: int) -> str:
    """The section that begins at a line, in lower case; empty when none does."""
    line = lines[index]
    if match := _SECTION(line):
        return match[1].lower()
    if index + 1 < len(lines) and line[:1].isalpha() and _RULE(lines[index + 1]):
        return f"{line.strip().lower()}-"
    return ""


def _take(found: Docstring, section: str, body: list[str]) -> None:
    is_numpy = section.endswith("-")
    name = section.removesuffix("-")
    if name in _PARAMETERS:
        (_numpy if is_numpy else _google)(found, body)
    elif name in _RETURNS:
        found.returns = _returned(body[1:] if is_numpy else body, is_numpy=is_numpy)


def _google(found: Docstring, body: list[str]) -> None:
    for head, below in _entries(body):
        if match := _GOOGLE(head):
            told = _joined([match[3], *below])
            found.parameters[match[1]] = Told((match[2] or "").strip(), told)


def _numpy(found: Docstring, body: list[str]) -> None:
    for head, below in _entries(body[1:]):
        if match := _NUMPY(head):
            for name in match[1].split(","):
                found.parameters[name.strip()] = Told((match[2] or "").strip(), _joined(below))


def _returned(body: list[str], *, is_numpy: bool) -> Told:
    entries = _entries(body)
    if not entries:
        return Told()
    end = next((n for n, entry in enumerate(entries) if entry[0].startswith(">>>")), len(entries))
    if not end:
        return Told()
    head, below = entries[0]
    entries = entries[:end]
    if is_numpy:
        return Told(head.rpartition(":")[2].strip(), _joined(below))
    rest = [text for entry in entries[1:] for text in (entry[0], *entry[1])]
    if match := _TYPED(head):
        return Told(match[1].strip(), _joined([match[2], *below, *rest]))
    return Told("", _joined([head, *below, *rest]))


def _sphinx(found: Docstring, lines: list[str]) -> None:
    for head, below in _entries([line for line in lines if line]):
        match = _SPHINX(head)
        if not match:
            continue
        field_name, about, text = match[1], match[2].strip(), _joined([match[3], *below])
        kind, _, name = about.rpartition(" ")
        before = found.parameters.get(name, Told())
        if field_name in {"param", "parameter", "arg"}:
            found.parameters[name] = Told(kind.strip() or before.kind, text)
        elif field_name == "type":
            found.parameters[name] = Told(text, before.text)
        elif field_name == "rtype":
            found.returns = Told(text, found.returns.text)
        else:
            found.returns = Told(found.returns.kind, text)


def _entries(body: list[str]) -> list[tuple[str, list[str]]]:
    """Each line that is as deep as the first one, with the deeper lines behind it."""
    filled = [line for line in body if line.strip()]
    if not filled:
        return []
    depth = len(filled[0]) - len(filled[0].lstrip())
    found: list[tuple[str, list[str]]] = []
    for line in filled:
        if len(line) - len(line.lstrip()) <= depth or not found:
            found.append((line.strip(), []))
        else:
            found[-1][1].append(line)
    return found


def _paragraph(lines: list[str]) -> list[str]:
    """The lines up to the first empty one, or to the first section."""
    end = next(
        (
            index
            for index, line in enumerate(lines)
            if not line.strip()
            or _heading(lines, index)
            or line.lstrip().startswith((":param", ">>>"))
        ),
        len(lines),
    )
    return lines[:end]


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())[:MOST]
