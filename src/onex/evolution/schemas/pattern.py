"""Patterns as automata: which texts a pattern takes, in a form that can be compared.

A pattern that holds anything beyond what both ECMA-262 and a search in linear time have, or that
would grow too large, has no automaton; then it is not known what it takes.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from onex.evolution.schemas.characters import ANY, ESCAPES, LINE, Ranges, merge, outside

Guard: TypeAlias = Literal["", "^", "$"]

MOST_STATES = 3_000
MOST_NESTING = 40
MOST_REPEATS = 1_000

_Tree: TypeAlias = "tuple[object, ...]"


@dataclass(slots=True)
class Automaton:
    """Where one may go from each state: with a character, or without one if the guard allows.

    The first state is 0. ``^`` lets through before the first character, ``$`` behind the last.
    """

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    jumps: list[list[tuple[Guard, int]]] = field(default_factory=list)
    last: int = 0

    def add(self) -> int:
        """A new state.

        Raises:
            UnknownPatternError: there are too many.
        """
        if len(self.steps) >= MOST_STATES:
            raise UnknownPatternError
        self.steps.append([])
        self.jumps.append([])
        return len(self.steps) - 1

    def closure(self, states: frozenset[int], allowed: str) -> frozenset[int]:
        """``states`` with those that can be had from them without a character."""
        found, pending = set(states), list(states)
        while pending:
            for guard, target in self.jumps[pending.pop()]:
                if guard in allowed and target not in found:
                    found.add(target)
                    pending.append(target)
        return frozenset(found)


class UnknownPatternError(ValueError):
    """The pattern is not one that is understood here."""


@lru_cache(maxsize=256)
def automaton(pattern: str) -> Automaton | None:
    """The texts in which ``pattern`` is found, or None when that is not known."""
    built = Automaton()
    try:
        tree = _Reader(pattern).read()
        begin = built.add()
        first, last = _build(built, tree)
    except UnknownPatternError:
        return None
    # A pattern is sought anywhere: whatever characters before and behind.
    built.steps[begin].append((ANY, begin))
    built.jumps[begin].append(("", first))
    built.steps[last].append((ANY, last))
    built.last = last
    return built


def literal(text: str) -> Automaton:
    """The automaton that takes ``text`` alone; at most ``MOST_STATES`` characters."""
    built = Automaton()
    built.last = built.add()
    for character in text:
        code, before = ord(character), built.last
        built.last = built.add()
        built.steps[before].append((((code, code),), built.last))
    return built


def _build(built: Automaton, tree: _Tree) -> tuple[int, int]:
    """Add ``tree`` to the automaton; its first and its last state."""
    match tree:
        case ("set", tuple() as ranges):
            first, last = built.add(), built.add()
            built.steps[first].append((ranges, last))
        case ("guard", "^" | "$" as guard):
            first, last = built.add(), built.add()
            built.jumps[first].append((guard, last))
        case ("or", list() as branches):
            first, last = built.add(), built.add()
            for begin, end in [_build(built, branch) for branch in branches]:
                built.jumps[first].append(("", begin))
                built.jumps[end].append(("", last))
        case ("seq", list() as parts):
            first = last = built.add()
            for begin, end in [_build(built, part) for part in parts]:
                built.jumps[last].append(("", begin))
                last = end
        case ("repeat", tuple() as part, int() as least, most):
            first, last = _repeat(built, part, least, most if isinstance(most, int) else None)
        case _:
            raise UnknownPatternError
    return first, last


def _repeat(built: Automaton, part: _Tree, least: int, most: int | None) -> tuple[int, int]:
    first = last = built.add()
    for _ in range(least):
        begin, end = _build(built, part)
        built.jumps[last].append(("", begin))
        last = end
    if most is None:
        begin, end = _build(built, part)
        again = built.add()
        built.jumps[last].append(("", again))
        built.jumps[again].append(("", begin))
        built.jumps[end].append(("", again))
        return first, again
    over = built.add()
    for _ in range(most - least):
        built.jumps[last].append(("", over))
        begin, end = _build(built, part)
        built.jumps[last].append(("", begin))
        last = end
    built.jumps[last].append(("", over))
    return first, over


class _Reader:
    """Reads a pattern into a tree of parts."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._depth = pattern, 0, 0

    def read(self) -> _Tree:
        tree = self._choice()
        if self._at < len(self._text):
            raise UnknownPatternError
        return tree

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        character = self._next()
        if not character:
            raise UnknownPatternError
        self._at += 1
        return character

    def _skip(self, text: str) -> bool:
        if self._text.startswith(text, self._at):
            self._at += len(text)
            return True
        return False

    def _choice(self) -> _Tree:
        self._depth += 1
        if self._depth > MOST_NESTING:
            raise UnknownPatternError
        branches = [self._sequence()]
        while self._skip("|"):
            branches.append(self._sequence())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else ("or", branches)

    def _sequence(self) -> _Tree:
        parts = []
        while self._next() not in {"", "|", ")"}:
            parts.append(self._repeated(self._part()))
        return ("seq", parts)

    def _part(self) -> _Tree:
        match character := self._take():
            case "(":
                return self._group()
            case "[":
                return ("set", self._class())
            case ".":
                return ("set", LINE)
            case "^" | "$":
                return ("guard", character)
            case "\\":
                return ("set", self._escape())
            case "*" | "+" | "?" | "{" | "}" | "]":
                raise UnknownPatternError
            case _:
                return ("set", ((ord(character), ord(character)),))

    def _group(self) -> _Tree:
        # Names, flags and looking around are not understood.
        if self._skip("?") and not self._skip(":"):
            raise UnknownPatternError
        tree = self._choice()
        if not self._skip(")"):
            raise UnknownPatternError
        return tree

    def _repeated(self, part: _Tree) -> _Tree:
        bounds = self._bounds()
        if bounds is None:
            return part
        self._skip("?")  # as few as possible: the same texts
        if self._next() in {"*", "+", "?", "{"}:
            raise UnknownPatternError
        return ("repeat", part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._skip(sign):
                return bounds
        if not self._skip("{"):
            return None
        inside, closed, _ = self._text[self._at :].partition("}")
        least, comma, most = inside.partition(",")
        numbers = [number for number in (least, most) if number]
        if not (closed and least) or not all(n.isascii() and n.isdecimal() for n in numbers):
            raise UnknownPatternError
        self._at += len(inside) + 1
        low = _count(least)
        high = _count(most) if most else (None if comma else low)
        if high is not None and high < low:
            raise UnknownPatternError
        return low, high

    def _escape(self) -> Ranges:
        character = self._take()
        if character in ESCAPES:
            return ESCAPES[character]
        if character in {"x", "u"}:
            code = self._code(2 if character == "x" else 4)
        elif character.isascii() and not character.isalnum():
            code = ord(character)
        else:
            raise UnknownPatternError
        return ((code, code),)

    def _code(self, digits: int) -> int:
        if digits == 4 and self._skip("{"):  # noqa: PLR2004 - of \uXXXX
            digits = self._text.find("}", self._at) - self._at
        written = self._text[self._at : self._at + max(digits, 0)]
        self._at += len(written)
        self._skip("}")
        try:
            code = int(written, 16)
        except ValueError as error:
            raise UnknownPatternError from error
        if len(written) != digits or not merge([(code, code)]):
            raise UnknownPatternError
        return code

    def _class(self) -> Ranges:
        negated, ranges = self._skip("^"), list[tuple[int, int]]()
        if self._next() == "]":
            raise UnknownPatternError
        while not self._skip("]"):
            low = self._member()
            if self._next() == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._take()
                high = self._member()
                if not (_is_one(low) and _is_one(high)) or high < low:
                    raise UnknownPatternError
                low = ((low[0][0], high[0][0]),)
            ranges += low
        found = merge(ranges)
        return outside(found) if negated else found

    def _member(self) -> Ranges:
        character = self._take()
        # In the engine, these mean sets within sets, and what sets have in common.
        if character == "[" or (character in "&~-" and self._next() == character):
            raise UnknownPatternError
        return self._escape() if character == "\\" else ((ord(character), ord(character)),)


def _count(digits: str) -> int:
    if len(digits) > len(str(MOST_REPEATS)) or int(digits) > MOST_REPEATS:
        raise UnknownPatternError
    return int(digits)


def _is_one(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]
