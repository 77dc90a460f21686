"""Plain YAML, as nearly all documents are written: read in one pass over the lines, without PyYAML.

A line is a key with a scalar, with brackets that close on the line, or with a block below it; or an
item of a list of such values; or a comment. All else is left to ``onex.core.yaml``, above all what
is wrong. What is read here is what it reads (tests/property/test_plain.py), in a third of the time.
"""

import json
import re
from functools import lru_cache
from typing import TypeAlias

from onex.core.scalars import resolve
from onex.core.values import JSON

_Block: TypeAlias = dict[str, JSON] | list[JSON]

# What the C parser cannot take or editors see otherwise: controls, the line breaks of YAML 1.1 that
# no editor breaks at, and marks that nobody sees.
FORBIDDEN = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
ALLOWED = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
"""The bytes of nearly all files, found five times as fast as what is forbidden."""

MOST_BYTES = 1 << 16
"""How long a document may be: none so short has too many values."""

DEEPEST = 16
"""How many blocks may lie in each other, and how many brackets may stand on a line."""

_QUOTED = r'"[^"\\\n]{0,900}+"'
_KEY = rf"(?:[A-Za-z_$][A-Za-z0-9_.$/-]{{0,99}}+|{_QUOTED}):"
_START = r"(?:[A-Za-z0-9_/.]|-(?=[A-Za-z0-9-]))"
_WORD = rf"{_START}[A-Za-z0-9_./+-]*+"
_TEXT = rf"{_START}(?:[^ \n:#]++|:(?=[^ \n])| ++(?=[^ \n#]))*+"
_BRACKETS = r"[{\[][^\n#]{0,900}+"

# Possessive: a line that does not match is given up at once, and is the last group then.
_LINE = re.compile(
    rf"^( *+)(?:({_KEY}|-)(?: ++(?:({_QUOTED})|({_TEXT})|({_BRACKETS})))?+(?: ++\#[^\n]*+)?+|\#[^\n]*+)?+ *+$"
    r"|^([^\n]++)$",
    re.MULTILINE,
)
_WORDS = rf"{_WORD}(?: ++{_WORD})*+"
_ENTRIES = re.compile(rf"(?:{_QUOTED}|{_WORDS}|: |[][{{}}, ])++").fullmatch
_ENTRY = re.compile(rf"{_QUOTED}|{_WORDS}")


class _NotPlainError(ValueError):
    """The document is for another reader."""


def read(data: bytes) -> JSON:
    """The value of ``data``, a mapping in plain YAML; None when it is anything else."""
    if len(data) > MOST_BYTES or b"\t" in data or b"\r" in data:
        return None
    try:
        text = data.decode()
        if data.translate(None, ALLOWED) and (data.isascii() or FORBIDDEN.search(text)):
            return None
        return _read(text) or None
    except ValueError:  # not plain, no JSON, a number to some readers only, or not UTF-8
        return None


def _read(text: str) -> dict[str, JSON]:
    """The value of the lines of ``text``.

    Raises:
        ValueError: a line is not plain, or not where it belongs.
    """
    root: dict[str, JSON] = {}
    place = _Place(root)
    block: _Block = root
    for space, head, quoted, word, brackets, strange in _LINE.findall(text):
        if head:
            if len(space) != place.indent or place.waiting is not None or block is not root:
                block = place.move(len(space), is_item=head == "-")
            value = resolve(word) if word else _value(quoted, brackets)
            if isinstance(block, list):
                block.append(value)
            elif (key := _key(head)) in block:
                raise _NotPlainError
            else:
                block[key] = value
            if value is None and not word:
                place.waiting = head
        elif strange:
            raise _NotPlainError
    return root


class _Place:
    """Where the next line stands: the open block, its indent, and the blocks around it.

    Attributes:
        block: the open block.
        indent: its indent.
        around: the others, each with its indent.
        waiting: the key, with its colon, whose block has to follow.
    """

    __slots__ = ("around", "block", "indent", "waiting")

    def __init__(self, root: _Block) -> None:
        self.block = root
        self.indent = 0
        self.around: list[tuple[_Block, int]] = []
        self.waiting: str | None = None

    def move(self, indent: int, *, is_item: bool) -> _Block:
        """The block that a line with this indent belongs to.

        Raises:
            ValueError: to none.
        """
        # A list may stand as far in as its key; what nothing follows is null.
        if self.waiting is not None and indent >= self.indent + (not is_item):
            self._open(indent, [] if is_item else {})
        self.waiting = None
        while indent < self.indent or (not is_item and isinstance(self.block, list)):
            self.block, self.indent = self.around.pop()
        if indent > self.indent:
            raise _NotPlainError
        return self.block

    def _open(self, indent: int, inner: _Block) -> None:
        if isinstance(self.block, list) or len(self.around) == DEEPEST:
            raise _NotPlainError
        self.around.append((self.block, self.indent))
        self.block[_key(self.waiting or "")] = inner
        self.block, self.indent = inner, indent


def _value(quoted: str, brackets: str) -> JSON:
    """What stands behind a key or a dash, None where nothing does."""
    if quoted:
        return quoted[1:-1]
    return _decoder.decode(_to_json(brackets)) if brackets else None


@lru_cache(maxsize=256)
def _key(head: str) -> str:
    """The key that stands before a value, its colon included; nodes have most of them in common."""
    if head[0] == '"':
        return head[1:-2]
    key = head[:-1]  # nothing, which is null, of the dash of an item
    if resolve(key) != key:
        raise _NotPlainError
    return key


def _pairs(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _NotPlainError
    return members


_decoder = json.JSONDecoder(object_pairs_hook=_pairs)


@lru_cache(maxsize=256)
def _to_json(brackets: str) -> str:
    """What brackets of YAML say, in JSON; nodes have many of them in common.

    Raises:
        ValueError: they are not plain. What is JSON then, and was not refused, is YAML, too.
    """
    is_deep = brackets.count("{") + brackets.count("[") > DEEPEST
    if is_deep or not _ENTRIES(brackets):
        raise _NotPlainError
    return _ENTRY.sub(_entry_to_json, brackets)


def _entry_to_json(entry: re.Match[str]) -> str:
    text = entry[0]
    return text if text[0] == '"' else json.dumps(resolve(text))
