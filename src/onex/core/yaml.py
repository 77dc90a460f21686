"""YAML, strictly: the JSON model only, and one meaning for every text.

Anchors, aliases, tags, directives, merge keys, second documents and repeated keys are refused by
name. PyYAML's loaders are never used, only the event stream of its C parser: the loaders recurse,
follow aliases and keep the last of two equal keys. This loader does not recurse, and stops at
``MAX_DEPTH``, so the C parser never gets deep either.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, cast

from yaml import events
from yaml._yaml import CParser
from yaml.error import Mark, MarkedYAMLError

from onex.core.places import Spot, Step, build, name_keys
from onex.core.plain import ALLOWED, FORBIDDEN
from onex.core.scalars import NumberError, resolve
from onex.core.syntax import explain
from onex.core.text import (
    BOM,
    MAX_DEPTH,
    MAX_NODES,
    Lines,
    decode,
    fault,
    refuse_characters,
    refuse_strangers,
    shorten,
)
from onex.core.values import JSON
from onex.errors import DocumentError

# Refused before the parser sees them: it takes time quadratic in their number.
_DIRECTIVE = re.compile(r"(?<![^\r\n])%")
_EMPTY = "the file is empty"
_QUOTES = frozenset({'"', "'"})

# No scalar that begins so says anything but its text: no constant does, and no number.
_LETTERS = frozenset("abcdeghijklmopqrsuvwxyzABCDEGHIJKLMOPQRSUVWXYZ_/")
_SCALAR: type = events.ScalarEvent
_ALIAS: type = events.AliasEvent
_MAPPING: type = events.MappingStartEvent
_DOCUMENT_END: type = events.DocumentEndEvent
_STREAM_END: type = events.StreamEndEvent
_OPENINGS: dict[type, str] = {_MAPPING: "{", events.SequenceStartEvent: "["}
_CLOSINGS: dict[type, str] = {events.MappingEndEvent: "}", events.SequenceEndEvent: "]"}


def parse(data: bytes, path: str) -> JSON:
    """The value of the YAML document ``data``.

    Args:
        data: the bytes of the file; a UTF-8 byte order mark is skipped.
        path: the file's name, for messages.

    Raises:
        DocumentError: not UTF-8, not YAML, outside the subset (see the module), beyond a limit
            (``MAX_BYTES``, ``MAX_DEPTH``, ``MAX_NODES``, ``MAX_DIGITS``), or empty.
    """
    text = decode(data, path).removeprefix(BOM)
    if not text.isascii() or data.translate(None, ALLOWED):
        refuse_characters(text, path, FORBIDDEN)
    refuse_strangers(text, path)
    if "%" in text and (directive := _DIRECTIVE.search(text)) is not None:
        problem = "directives ('%' begins a line) are not read; remove the line, or indent it"
        raise fault(path, text, directive.start(), problem)
    try:
        return _Loader(text).load()
    except _EventError as error:
        line, column = error.mark.line + 1, error.mark.column + 1
        raise DocumentError(path, error.problem, line=line, column=column) from None
    except MarkedYAMLError as error:
        if (quoted := _swallower(text, error)) is not None:
            problem = f"not YAML: the quotes that open here close only on line {quoted.last}; is one missing?"
            raise fault(path, text, quoted.start, problem) from error
        problem, line, column = explain(error)
        raise DocumentError(path, f"not YAML: {problem}", line=line, column=column) from error


def positions(data: bytes) -> Spot:
    """The places of all values of a document that ``parse`` has read."""
    text = data.decode().removeprefix(BOM)
    return build(steps(text), text)


def steps(text: str) -> Iterator[Step]:
    """The keys, values and edges of a YAML document that ``parse`` has read, in their order.

    The end edge of a block collection is where the next thing starts. ``text`` comes without a
    byte order mark.
    """
    return name_keys(_events(text))


def _events(text: str) -> Iterator[Step]:
    next_event = _parser(text)
    styles: list[str] = []
    while (kind := (event := next_event()).__class__) is not _DOCUMENT_END:
        start, end = event.start_mark.index, event.end_mark.index
        if kind is _SCALAR:
            yield Step("scalar", start, end, event.value, event.style)
        elif kind in _OPENINGS:
            styles.append("flow" if event.flow_style else "block")
            yield Step(_OPENINGS[kind], start, end, "", styles[-1])
        elif kind in _CLOSINGS:
            yield Step(_CLOSINGS[kind], start, end, "", styles.pop())


class _Quoted(NamedTuple):
    """A quoted text of several lines: where it starts, and the line that it ends on."""

    start: int
    last: int


def _swallower(text: str, error: MarkedYAMLError) -> _Quoted | None:
    """The quoted text behind which the parser stumbles on the line that it ends on.

    Where a quote is missing, the text goes on to the next one, and only what follows is wrong.
    """
    mark, found = error.problem_mark, None
    try:
        for step in _events(text):
            if step.style in _QUOTES and "\n" in text[step.start : step.end]:
                found = step
    except MarkedYAMLError:
        pass  # it is the error that is looked into
    if mark is None or found is None or "\n" in text[found.end : mark.index]:
        return None
    return _Quoted(found.start, Lines(text).place(found.end)[0])


class _Event(Protocol):
    """What the C parser gives; its class says which of the fields below the marks it has."""

    start_mark: Mark
    end_mark: Mark
    value: str
    style: str
    implicit: tuple[bool, bool]
    flow_style: bool
    anchor: str | None
    tag: str | None


def _parser(text: str) -> Callable[[], _Event]:
    return cast("Callable[[], _Event]", CParser(text).get_event)


class _EventError(Exception):
    """With ``event`` came what ``problem`` says."""

    def __init__(self, event: _Event, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mark = event.start_mark


class _Loader:
    """Builds the value of one document; a mapping's key waits here until its value comes."""

    __slots__ = ("_container", "_has_marks", "_key", "_key_marks", "_nodes", "_stack", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._has_marks = "&" in text or "!" in text or "?" in text
        self._nodes = 1
        self._container: list[JSON] | dict[str, JSON] = []
        self._key: str | None = None
        self._key_marks: list[Mark] = []
        self._stack: list[tuple[list[JSON] | dict[str, JSON], list[Mark]]] = []

    def load(self) -> JSON:
        self._container = root = list[JSON]()
        next_event = _parser(self._text)
        next_event()  # the stream starts
        if (event := next_event()).__class__ is _STREAM_END:
            raise _EventError(event, _EMPTY)
        event = next_event()
        if event.__class__ is _SCALAR and event.value == "" and event.implicit[0]:
            raise _EventError(event, _EMPTY)
        while (kind := event.__class__) is not _DOCUMENT_END:
            if kind is _SCALAR:
                event = self._take_scalars(event, next_event)
                continue
            if kind in _OPENINGS:
                self._open(event, {} if kind is _MAPPING else [])
            elif kind is _ALIAS:
                raise _EventError(event, "aliases ('*name') are not read; write the value out")
            else:
                self._close(event)
            event = next_event()
        if (event := next_event()).__class__ is not _STREAM_END:
            raise _EventError(event, "a second document starts here; a file holds one")
        return root[0]

    def _take_scalars(self, event: _Event, next_event: Callable[[], _Event]) -> _Event:
        """Take ``event`` and the scalars behind it into the open collection, up to an edge."""
        container, key = self._container, self._key
        try:
            while event.__class__ is _SCALAR:
                if self._has_marks:
                    self._refuse_marks(event)
                text = event.value
                is_text = not event.implicit[0] or text[:1] in _LETTERS
                value = text if is_text else resolve(text)
                if key is not None:  # lists have no keys
                    container[key] = value  # type: ignore[call-overload]
                    key = None
                elif isinstance(container, list):
                    container.append(value)
                elif value.__class__ is str and value != "<<" and value not in container:
                    self._key_marks.append(event.start_mark)
                    key = text
                else:
                    key = self._name(container, value, event)
                event = next_event()
        except NumberError as error:
            raise _EventError(event, str(error)) from None
        self._key = key
        return event

    def _name(self, mapping: dict[str, JSON], key: JSON, event: _Event) -> str:
        """Check that ``key`` can name the next value of ``mapping``."""
        if not isinstance(key, str):
            shown = f"the key {event.value} is not text" if event.value else "a key is missing here"
            raise _EventError(event, f"{shown}; quote it")
        if key == "<<" and event.implicit[0]:
            raise _EventError(event, "merge keys ('<<') are not read; write the members out")
        if key in mapping:
            first = self._key_marks[list(mapping).index(key)].line + 1
            lines = f"lines {first} and {event.start_mark.line + 1}"
            raise _EventError(event, f"the key {shorten(key)} stands twice, on {lines}")
        self._key_marks.append(event.start_mark)
        return key

    def _open(self, event: _Event, inner: list[JSON] | dict[str, JSON]) -> None:
        self._refuse_marks(event)
        if len(self._stack) == MAX_DEPTH:
            raise _EventError(event, f"nested deeper than {MAX_DEPTH} levels")
        container = self._container
        if isinstance(container, list):
            container.append(inner)
        elif self._key is None:
            raise _EventError(event, "a key must be text, not a list or a mapping")
        else:
            container[self._key] = inner
            self._key = None
        self._stack.append((container, self._key_marks))
        self._container, self._key_marks = inner, []

    def _close(self, event: _Event) -> None:
        # Counted per collection: within one, the size of the file is bound enough.
        self._nodes += len(self._container)
        if self._nodes > MAX_NODES:
            raise _EventError(event, f"more than {MAX_NODES} values")
        self._container, self._key_marks = self._stack.pop()

    def _refuse_marks(self, event: _Event) -> None:
        if event.anchor is not None:
            raise _EventError(event, "anchors ('&name') are not read; remove it")
        if event.tag is not None:
            raise _EventError(event, f"tags (here {shorten(event.tag)}) are not read; remove it")
        start = event.start_mark.index
        # The C parser takes the `?` of `[?a]` for the mark of a key; YAML 1.2, for a part of the text.
        if self._text[max(start - 1, 0) : start] == "?" and event.end_mark.index > start:
            raise _EventError(
                event, "a '?' right before a value is read in two ways; quote the text"
            )
