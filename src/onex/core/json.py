"""JSON, strictly (RFC 8259): one meaning for every text.

Python's parser takes more than JSON and hides what it took, so what it lets through is refused
here: repeated keys, NaN and infinities, numbers beyond a double, halves of surrogate pairs, depth.
It does the reading; a text that it or a limit refuses is walked a second time to find the place.
"""

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from onex.core.places import Spot, Step, build, name_keys
from onex.core.scalars import NumberError, to_number
from onex.core.text import (
    BOM,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    Lines,
    decode,
    fault,
    refuse_strangers,
    shorten,
)
from onex.core.values import JSON
from onex.errors import DocumentError

# Possessive: a text that does not match is given up at once, however long it is.
_TOKEN = re.compile(
    r"[ \t\n\r,:]*+(?:(?P<edge>[\[\]{}])|"
    r'(?P<text>"(?:[^"\\]++|\\.)*+")|(?P<word>[^ \t\n\r,:\[\]{}"]++))',
    re.DOTALL,
)
MAX_STATE_BYTES = 64 << 20
"""How large a state may be; what a node hands back is bounded by its own limits besides."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")
_REAL = re.compile(r"[.eE]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_SPACE = " \t\n\r"
_LONE_HALF = "half of a surrogate pair; a character beyond U+FFFF takes two \\u escapes"
_WORDS = {
    "Expecting value": "a value",
    "Expecting ',' delimiter": "a ','",
    "Expecting ':' delimiter": "a ':'",
    "Expecting property name enclosed in double quotes": "a key in double quotes",
    "Extra data": "something stands behind the end of the value",
    "Invalid control character at": "a control character inside quotes; write it as an escape",
    "Invalid \\escape": "no such escape in JSON; double the '\\'",
    "Invalid \\uXXXX escape": "a \\u needs four hexadecimal digits",
    "Unterminated string starting at": "the quotes that open here are never closed",
}


def parse(data: bytes, path: str) -> JSON:
    """The value of the JSON text ``data``, a document.

    Args:
        data: the bytes of the file.
        path: the file's name, for messages.

    Raises:
        DocumentError: not UTF-8, not JSON, ambiguous (see the module), or beyond a limit
            (``MAX_BYTES``, ``MAX_DEPTH``, ``MAX_NODES``, ``MAX_DIGITS``).
    """
    text = decode(data, path)
    # What is one more than a comma or an opening bracket can be is counted, before it is built.
    if text.count("[") + text.count("{") + text.count(",") >= MAX_NODES:
        _judge(text, path, MAX_NODES)
    return _parse(text, path, MAX_NODES)


def parse_state(data: bytes, path: str) -> JSON:
    """The value of the JSON text ``data``, a state: as strict, but as large as states may be.

    Raises:
        DocumentError: not UTF-8, not JSON, ambiguous, deeper than ``MAX_DEPTH``, or more than
            ``MAX_STATE_BYTES``.
    """
    return _parse(decode(data, path, MAX_STATE_BYTES), path, MAX_STATE_BYTES)


def _parse(text: str, path: str, most_nodes: int) -> JSON:
    if text.startswith(BOM):
        problem = "a byte order mark, which JSON does not have; save the file as UTF-8 without it"
        raise DocumentError(path, problem)
    if "\\u" in text and _SURROGATE.search(text):
        _judge(text, path, most_nodes)
    # A text that is shorter than the longest number holds none that is too long.
    decoder = _quick_decoder if len(text) <= MAX_DIGITS else _decoder
    try:
        value: JSON = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise _not_json(text, path, most_nodes, error) from error
    except (_SuspectError, RecursionError):
        _judge(text, path, most_nodes)
        # Nothing to refuse up to where the grammar is broken: what was suspect is no value at all.
        try:
            _grammar.decode(text)
        except json.JSONDecodeError as error:
            raise _not_json(text, path, most_nodes, error) from error
        raise
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deep(value):
        _judge(text, path, most_nodes)
    return value


def _not_json(text: str, path: str, most_nodes: int, error: json.JSONDecodeError) -> DocumentError:
    """What breaks the grammar, as an error; or what stands before it and is refused first.

    Raises:
        DocumentError: it stands before.
    """
    refuse_strangers(text, path)
    _judge(text[: error.pos], path, most_nodes)
    offset, problem = _explain(text, error)
    return fault(path, text, offset, f"not JSON: {problem}")


def _is_deep(value: JSON) -> bool:
    """Whether ``value`` is nested deeper than ``MAX_DEPTH``; a level at a time."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def positions(data: bytes) -> Spot:
    """The places of all values of a document that ``parse`` has read."""
    text = data.decode()
    return build(steps(text), text)


def steps(text: str) -> Iterator[Step]:
    """The keys, values and edges of a JSON text that ``parse`` has read, in their order."""
    return name_keys(_tokens(text))


def _tokens(text: str) -> Iterator[Step]:
    at = 0
    while (token := _TOKEN.match(text, at)) is not None:
        at = token.end()
        kind = token.lastgroup or ""
        start, said = token.start(kind), token[kind]
        if kind == "edge":
            yield Step(said, start, at, "", "flow")
        elif kind == "text":
            try:
                yield Step("scalar", start, at, json.loads(said), '"')
            except json.JSONDecodeError:  # a text that `parse` has not read ends here
                return
        else:
            yield Step("scalar", start, at, said, "")


class _SuspectError(ValueError):
    """The text is refused; the second walk finds out where, and says why."""


def _pairs(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _SuspectError
    return members


def _number(text: str) -> int | float:
    try:
        return to_number(text, is_real=_REAL.search(text) is not None)
    except NumberError as error:
        raise _SuspectError from error


def _constant(_name: str) -> NoReturn:
    raise _SuspectError


_decoder = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_number, parse_float=_number, parse_constant=_constant
)
# Reads whole numbers without a call of ours for each.
_quick_decoder = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_number, parse_constant=_constant
)

# Reads any text that JSON's grammar allows.
_grammar = json.JSONDecoder(parse_int=str, parse_float=str)


def _judge(text: str, path: str, most_nodes: int) -> None:
    """Refuse the first thing in ``text`` that JSON's grammar allows and this module does not.

    Ends quietly where the grammar is broken, because Python's parser says that better.
    """
    open_keys: list[dict[str, int]] = []
    nodes = 0
    for step in steps(text):
        nodes += step.kind not in ("key", "}", "]")
        if step.kind in "}]":
            del open_keys[-1:]
        elif problem := _problem(step) or _excess(step, len(open_keys), is_full=nodes > most_nodes):
            raise fault(path, text, step.start, problem)
        elif step.kind in "{[":
            open_keys.append({})
        elif step.kind == "key" and open_keys[-1].setdefault(step.text, step.start) != step.start:
            place = Lines(text).place
            first, second = place(open_keys[-1][step.text]).line, place(step.start).line
            problem = f"the key {shorten(step.text)} stands twice, on lines {first} and {second}"
            raise fault(path, text, step.start, problem)


def _problem(step: Step) -> str | None:
    """What is wrong with a key or a scalar by itself."""
    if step.style == '"':
        return _LONE_HALF if _HALF.search(step.text) else None
    if step.text.lstrip("-") in ("NaN", "Infinity"):
        return f"{step.text} is no number of JSON; write null, or a text"
    if _NUMBER.fullmatch(step.text):
        try:
            to_number(step.text, is_real=_REAL.search(step.text) is not None)
        except NumberError as error:
            return str(error)
    return None


def _excess(step: Step, depth: int, *, is_full: bool) -> str | None:
    """Which limit a value oversteps that has ``depth`` collections around it."""
    if is_full:
        return f"more than {MAX_NODES} values"
    if depth == MAX_DEPTH and step.kind in "{[":
        return f"nested deeper than {MAX_DEPTH} levels"
    return None


def _explain(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Where Python's parser stopped, and what it expected there, alike in every version of it."""
    before = text[: error.pos].rstrip(_SPACE)
    if not text.strip(_SPACE):
        return error.pos, "the file is empty"
    if before.endswith(",") and text[error.pos : error.pos + 1] in {"]", "}"}:
        return len(before) - 1, f"the ',' before a '{text[error.pos]}' is one too many"
    if error.msg.startswith("Illegal trailing comma"):
        closing = text[error.pos + 1 :].lstrip(_SPACE)[:1]
        return error.pos, f"the ',' before a '{closing}' is one too many"
    wanted = _WORDS.get(error.msg, error.msg)
    if error.msg.startswith("Expecting"):
        found = shorten(text[error.pos : error.pos + 1]) if error.pos < len(text) else "the end"
        return error.pos, f"{wanted} was expected, {found} stands here"
    return error.pos, wanted
