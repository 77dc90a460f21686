"""The house form of a document: one way to write it, with every value and every comment kept.

What is decided here:

- UTF-8 without a byte order mark, LF, one line end at the end, no white space before a line end
  except inside a block scalar, where it is part of the text; at most one empty line in a row; no
  document marks (``---``), since a file holds one document.
- Two spaces a level, lists below a key indented too.
- The keys of the top level in the order of the schema, ``x-`` keys behind them, ``files`` and
  ``hash`` last. A comment above a key goes with it; comments at the very top stay there if an empty
  line sets them apart.
- Block and flow style are the author's. Brackets stand on one line; those that the author spread,
  that hold a comment or reach beyond column ``WIDTH`` become a block. A document that is written in
  brackets as a whole, such as one in JSON, stays in brackets and is spread instead.
- Quotes are the author's too, but what YAML 1.1 reads as something else than text (``no``,
  ``12:30``, ``2026-01-31``) gets double quotes.
- A comment beside a value keeps its distance, so columns of comments stay columns.
"""

from collections.abc import Iterable, Sequence

from yaml.resolver import Resolver

from onex.core import document, outline_reader
from onex.core.canonical import golden_bytes
from onex.core.outline import Entry, Group, Outline, Part, Scalar
from onex.core.scalars import resolve
from onex.core.spelling import INDENT, NO_TEXT, spell
from onex.core.values import JSON
from onex.errors import DocumentError

WIDTH = 100
"""How long a line with brackets may be."""

LAST = ("files", "hash")
"""Keys that `onex lock` writes."""

LONGEST_KEY = 1000
"""How long a key may be to stand before its value; readers look no further than 1024 characters."""


def house_form(
    data: bytes, path: str, order: Sequence[str], *, indents_lists: bool = True
) -> bytes:
    """``data`` in house form.

    Args:
        data: the bytes of the file.
        path: its name, which also tells JSON from YAML.
        order: the keys of the top level, in their order.
        indents_lists: whether a list below a key is indented.

    Raises:
        DocumentError: it cannot be read, is no mapping, or cannot be written in house form.
    """
    value = document.parse(data, path).value
    if not isinstance(value, dict):
        raise DocumentError(path, "a mapping was expected at the top level")
    is_json = path.endswith(".json")
    found = outline_reader.read(data, is_json=is_json)
    arrange(found, order)
    new = write(found, is_json=is_json, indents_lists=indents_lists)
    _verify(new, value, path)
    return new


def arrange(found: Outline, order: Sequence[str]) -> None:
    """Put the members of the top level into ``order``, in place."""
    if isinstance(found.root, Group):
        ranks = {name: rank for rank, name in enumerate(name for name in order if name not in LAST)}
        ranks |= {name: len(order) + rank for rank, name in enumerate(LAST, start=1)}
        found.root.entries.sort(key=lambda entry: ranks.get(entry.name, len(order)))


def write(found: Outline, *, is_json: bool = False, indents_lists: bool = True) -> bytes:
    """``found`` in house form; its entries may be changed by it."""
    writer = _Writer(is_json=is_json, step=INDENT if indents_lists else "")
    lines = _remarks(found.head, "")
    lines += writer.document(found.root)
    lines += _remarks(_closing(lines, found.tail), "")
    while lines and not lines[0]:
        del lines[0]
    return "".join(f"{line}\n" for line in lines).encode()


def _verify(data: bytes, expected: JSON, path: str) -> None:
    problem = "this file is written in a way that cannot be brought into house form"
    hint = "write what is unusual in it in a plainer way; the file was left as it is"
    try:
        found = document.parse(data, path).value
    except DocumentError as error:
        raise DocumentError(path, problem, help=hint) from error
    if golden_bytes(found) != golden_bytes(expected):
        raise DocumentError(path, problem, help=hint)


def _remarks(remarks: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}{remark}" if remark else "" for remark in remarks]


def _after(lines: list[str], remarks: list[str]) -> list[str]:
    """``remarks`` without an empty line at the top of a block, or behind another one."""
    kept: list[str] = []
    for remark in remarks:
        before = kept[-1:] or lines[-1:]
        if remark or before not in ([], [""]):
            kept.append(remark)
    return kept


def _closing(lines: list[str], remarks: list[str]) -> list[str]:
    """``remarks`` as the end of a block: the same, and without an empty line at the bottom."""
    kept = _after(lines, remarks)
    return kept[:-1] if kept[-1:] == [""] else kept


class _Writer:
    """Writes an outline; ``step`` is how far a list stands behind its key."""

    def __init__(self, *, is_json: bool, step: str) -> None:
        self._is_json = is_json
        self._step = step

    def document(self, root: Part) -> list[str]:
        if isinstance(root, Scalar):
            return self._folded(root, "")
        if root.is_flow:
            return self._spread(root, "") if root.entries or root.below else [_brackets(root)]
        return self._block(root, "")

    def _block(self, group: Group, indent: str) -> list[str]:
        """The lines of a group in block style."""
        lines: list[str] = []
        for entry in group.entries:
            self._settle(entry, indent)
            lines += _remarks(_after(lines, entry.above), indent)
            lines += self._entry(entry, indent)
        return lines + _remarks(_closing(lines, group.below), indent)

    def _settle(self, entry: Entry, indent: str) -> None:
        """Decide whether brackets become a block, and find a place for each comment."""
        group = entry.value
        if isinstance(group, Group) and group.is_flow and not group.entries:
            entry.above += filter(None, group.below)
            group.below = []
        if isinstance(group, Group) and group.is_flow and group.entries:
            head = f"{self._head(entry, indent)} "
            line = self._inline(group)
            group.is_flow = not group.is_spread and line is not None and len(head + line) <= WIDTH
        if isinstance(group, Group) and not group.is_flow:
            group.below += filter(None, [entry.beside.lstrip()])
            entry.beside = ""
            if entry.key is None:
                self._hoist(entry, group, indent)
        elif entry.beside_key:
            entry.beside, entry.beside_key = f"{entry.beside_key}{entry.beside}", ""

    def _hoist(self, entry: Entry, group: Group, indent: str) -> None:
        """What stands above the first entry of an item goes above the item."""
        first = group.entries[0]
        if first.key is None:
            self._settle(first, f"{indent}{INDENT}")
        entry.above += filter(None, first.above)
        first.above = []

    def _entry(self, entry: Entry, indent: str) -> list[str]:
        value, head = entry.value, self._head(entry, indent)
        if isinstance(value, Scalar):
            first, *rest = self._scalar(value, head, f"{indent}{INDENT}")
            is_marked = value.style in ("|", ">")
            if is_marked or not rest:
                return [f"{first}{entry.beside}", *rest]
            return [first, *rest[:-1], f"{rest[-1]}{entry.beside}"]
        if value.is_flow:
            return [f"{head} {self._inline(value)}{entry.beside}"]
        if entry.key is not None:
            inner = f"{indent}{INDENT if value.is_map else self._step}"
            return [f"{head}{entry.beside_key}", *self._block(value, inner)]
        first, *rest = self._block(value, f"{indent}{INDENT}")
        return [f"{indent}- {first[len(indent) + len(INDENT) :]}", *rest]

    def _head(self, entry: Entry, indent: str) -> str:
        if entry.key is None:
            return f"{indent}-"
        key = self._short(entry.key)
        return f"{indent}{key}:" if len(key) <= LONGEST_KEY else f"{indent}? {key}\n{indent}:"

    def _scalar(self, value: Scalar, head: str, indent: str) -> list[str]:
        """The lines of a scalar behind ``head``."""
        if value.style in ("|", ">") and value.said.strip("\n"):
            return [f"{head} {_mark(value)}", *_content(value, indent)]
        first, *rest = self._folded(value, indent)
        return [f"{head} {first}" if first else head, *rest]

    def _folded(self, value: Scalar, indent: str) -> list[str]:
        """A scalar over as many lines as its author gave it."""
        if len(value.lines) == 1 or value.style in ("|", ">"):
            return [self._short(value)]
        first, *rest = value.lines
        return [first, *(f"{indent}{line}" if line else "" for line in rest)]

    def _short(self, value: Scalar) -> str:
        """A scalar on one line."""
        if len(value.lines) > 1 or value.style in ("|", ">"):
            is_plain = value.style == "" and "\n" not in value.said
            return " ".join(value.lines) if is_plain else spell(value.said)
        text = value.lines[0] if value.lines else ""
        return spell(text) if not self._is_json and value.style == "" and _misleads(text) else text

    def _inline(self, group: Group) -> str | None:
        """A group in brackets on one line; None where comments or its width do not let it."""
        if group.below:
            return None
        parts, width = list[str](), 0
        for entry in group.entries:
            has_words = any(entry.above) or entry.beside or entry.beside_key
            value = None if has_words else self._within(entry.value)
            if value is None:
                return None
            parts.append(value if entry.key is None else f"{self._short(entry.key)}: {value}")
            width += len(parts[-1]) + len(", ")
            if width > WIDTH:
                return None
        return _brackets(group, ", ".join(parts))

    def _within(self, value: Part) -> str | None:
        """A value as it stands inside brackets on one line."""
        return self._inline(value) if isinstance(value, Group) else self._short(value) or "null"

    def _spread(self, group: Group, indent: str) -> list[str]:
        """A group in brackets, an entry a line."""
        inner = f"{indent}{INDENT}"
        lines = [_brackets(group)[0]]
        for index, entry in enumerate(group.entries):
            is_last = index == len(group.entries) - 1
            lines += _remarks(_after(lines if index else [], entry.above), inner)
            first, *rest = self._bracketed(entry, inner)
            whole = [first, *rest]
            whole[-1] += f"{'' if is_last else ','}{entry.beside_key}{entry.beside}"
            lines += whole
        return [
            *lines,
            *_remarks(_closing(lines, group.below), inner),
            f"{indent}{_brackets(group)[1]}",
        ]

    def _bracketed(self, entry: Entry, indent: str) -> list[str]:
        """The lines of an entry of a group that is spread."""
        head = indent if entry.key is None else f"{indent}{self._short(entry.key)}: "
        value = entry.value
        line = self._within(value)
        is_spread = isinstance(value, Group) and bool(value.entries) and value.is_spread
        if isinstance(value, Scalar) or (
            line is not None and not is_spread and (len(head + line) <= WIDTH or not value.entries)
        ):
            return [f"{head}{line}"]
        first, *rest = self._spread(value, indent)
        return [f"{head}{first}", *rest]


def _brackets(group: Group, inside: str = "") -> str:
    return f"{{{inside}}}" if group.is_map else f"[{inside}]"


def _mark(value: Scalar) -> str:
    """The mark of a block scalar: style, indentation if it cannot be seen, and what ends it."""
    first = next((line for line in value.lines if line), "")
    digit = (
        str(len(INDENT)) if first.startswith((" ", "\t")) or not value.lines[0].strip(" ") else ""
    )
    ends = len(value.said) - len(value.said.rstrip("\n"))
    return f"{value.style}{digit}{('-', '', '+')[min(ends, 2)]}"


def _content(value: Scalar, indent: str) -> list[str]:
    """The lines of a block scalar, with the empty ones at its end that are part of it."""
    ends = len(value.said) - len(value.said.rstrip("\n"))
    return [*(f"{indent}{line}" if line else "" for line in value.lines), *[""] * (ends - 1)]


def _misleads(text: str) -> bool:
    """Whether the plain scalar ``text`` is text here, and something else to readers of YAML 1.1."""
    if not text or not isinstance(resolve(text), str):
        return False
    if text.lower() in NO_TEXT:
        return True
    resolvers = Resolver.yaml_implicit_resolvers.get(text[0], [])
    return any(pattern.match(text) for _, pattern in resolvers)
