"""Patterns of contracts: the regular expressions that ECMA-262 and a search in linear time share.

A pattern is read by browsers, editors and engines of several languages. What stands here is the
part that all of them take for the same thing: ECMA-262 with the flag `u`, without what no search in
linear time can do. Each construct outside it is refused by its name. How much an engine has to
build for a pattern is weighed as well, since a few characters can ask for megabytes.
"""

import re
from dataclasses import dataclass

from onex.core.text import printable

SYNTAX = frozenset("^$\\.*+?()[]{}|/")
"""What may stand behind a backslash for itself; inside a class `-` may as well."""

CLASS_ESCAPES = frozenset("dDsSwW")
CONTROL_ESCAPES = frozenset("fnrtv")

PROPERTY_WEIGHT = 500
WIDE_WEIGHT = 10
"""What a set of characters beyond ASCII weighs, where a character weighs 1 (measured)."""

MOST_WEIGHT = 1_000_000
"""What the patterns of one schema may weigh together; to build them takes about half a second."""

MOST_DIGITS = 7
"""How long a count may be; a longer one is more than any engine builds."""

_GROUPS = (
    ("(?=", "look-ahead"),
    ("(?!", "look-ahead"),
    ("(?<=", "look-behind"),
    ("(?<!", "look-behind"),
    ("(?P=", "reference back"),
    ("(?P>", "call of a group"),
    ("(?P<", "named group of Python"),
    ("(?<", "named group"),
    ("(?'", "named group"),
    ("(?>", "atomic group"),
    ("(?#", "comment"),
    ("(?(", "condition"),
    ("(?|", "branch reset"),
    ("(?&", "call of a group"),
    ("(?R", "recursion"),
)
"""What a group may begin with in some dialect, and what that is called."""

_HINTS = {
    "look-ahead": "say it with keywords such as `allOf` and `not`, each with a pattern of its own",
    "look-behind": "say it with keywords such as `allOf` and `not`, each with a pattern of its own",
    "reference back": "write out what may be repeated",
    "named group of Python": "write '(', since nothing reads the name",
    "named group": "write '(', since nothing reads the name",
    "atomic group": "write '(?:'",
}
_MEANT = {"A": "'^'", "Z": "'$'", "z": "'$'", "h": "'[ \\t]'", "a": "'\\x07'", "e": "'\\x1b'"}
"""What escapes of other dialects are called here."""

_QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\}")
_CODE = re.compile(r"x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|c[A-Za-z]")
_PROPERTY = re.compile(r"[pP]\{(?P<name>[A-Za-z_]+)(?:=(?P<value>[A-Za-z_0-9]+))?\}")
_GENERAL = frozenset(
    "C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So "
    "Z Zl Zp Zs Letter Lowercase_Letter Uppercase_Letter Mark Number Decimal_Number Punctuation "
    "Symbol Separator Space_Separator Other Control".split()
)
_BINARY = frozenset("ASCII Alphabetic Any Emoji ID_Continue ID_Start Lowercase Uppercase".split())
_KEYED = frozenset("General_Category Script Script_Extensions gc sc scx".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one pattern.

    Attributes:
        fault: the first construct that does not belong to the shared part, or None.
        hint: what to write in its place.
        weight: how much an engine builds for it, where a plain character weighs 1.
    """

    fault: str | None
    hint: str | None
    weight: int


def judge(pattern: str) -> Verdict:
    """What is to be said of ``pattern``."""
    reader = _Reader(pattern)
    try:
        return Verdict(None, None, reader.read())
    except _FaultError as fault:
        return Verdict(fault.fault, fault.hint, 0)


class _FaultError(Exception):
    """A construct that does not belong to the shared part."""

    def __init__(self, fault: str, hint: str | None = None) -> None:
        super().__init__(fault)
        self.fault, self.hint = fault, hint


class _Reader:
    """Reads one pattern from left to right; open groups lie on a stack, so depth costs nothing."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._sums = [0]
        self._last: int | None = None  # the weight of what a quantifier would repeat
        self._repeated = False

    def read(self) -> int:
        """The weight of the pattern.

        Raises:
            _FaultError: it is outside the shared part.
        """
        steps = {
            "(": self._open,
            ")": self._close,
            "[": self._class,
            "\\": self._escape,
            **dict.fromkeys("*+?{", self._quantifier),
            **dict.fromkeys("^$|", self._boundary),
            **dict.fromkeys("]}", self._stranger),
        }
        while self._at < len(self._text):
            steps.get(self._text[self._at], self._character)()
        if len(self._sums) > 1:
            raise _FaultError("a '(' that nothing closes", "close it, or write '\\('")
        return self._sums[0]

    def _add(self, weight: int, length: int) -> None:
        """Take in something that can be repeated."""
        self._sums[-1] = min(self._sums[-1] + weight, MOST_WEIGHT + 1)
        self._last, self._repeated = weight, False
        self._at += length

    def _character(self) -> None:
        char = self._text[self._at]
        if "\ud800" <= char <= "\udfff":
            raise _FaultError("half of a character")
        self._add(WIDE_WEIGHT if char == "." else 1, 1)

    def _boundary(self) -> None:
        self._last, self._repeated = None, False
        self._at += 1

    def _stranger(self) -> None:
        char = self._text[self._at]
        raise _FaultError(f"a '{char}' that closes nothing", f"write '\\{char}'")

    def _open(self) -> None:
        length = 1
        if self._text.startswith("(?", self._at):
            if not self._text.startswith("(?:", self._at):
                self._refuse_group()
            length = 3
        self._sums.append(0)
        self._last, self._repeated = None, False
        self._at += length

    def _refuse_group(self) -> None:
        begins = (sign for sign in _GROUPS if self._text.startswith(sign[0], self._at))
        sign, kind = next(begins, ("", "flag inside the pattern"))
        shown = sign or printable(self._text[self._at : self._at + 4])
        article = "an" if kind[0] in "aeio" else "a"
        raise _FaultError(f"{article} {kind}, '{shown}'", _HINTS.get(kind, "write it without"))

    def _close(self) -> None:
        if len(self._sums) == 1:
            raise _FaultError("a ')' that closes nothing", "write '\\)'")
        self._add(self._sums.pop(), 1)

    def _quantifier(self) -> None:
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            raise _FaultError("a '{' that counts nothing", "write '{3}', '{1,3}', '{1,}' or '\\{'")
        sign = found[0]
        if self._repeated and sign == "?":  # as few as possible: the same texts fit
            self._last, self._repeated = None, False
        elif self._repeated and sign == "+":
            raise _FaultError("a possessive quantifier", "write it without the second sign")
        elif self._last is None:
            raise _FaultError(f"'{sign}' with nothing before it to repeat", f"write '\\{sign[0]}'")
        else:
            self._repeat(found, self._last)
        self._at = found.end()

    def _repeat(self, found: re.Match[str], weight: int) -> None:
        """Count what ``found`` repeats as often as it has to be built."""
        least = _number(found["least"] or "")
        most = _number(found["most"] or "")
        if found["most"] and most < least:
            raise _FaultError(f"'{found[0]}', which ends before it begins")
        times = max(most, least) - 1
        self._sums[-1] = min(self._sums[-1] + weight * max(times, 0), MOST_WEIGHT + 1)
        self._last, self._repeated = None, True

    def _escape(self) -> None:
        if self._text[self._at + 1 : self._at + 2] in {"b", "B"}:
            self._at += 1
            self._boundary()
            return
        weight, length, _ = self._escaped(inside=False)
        self._add(weight, length)

    def _escaped(self, *, inside: bool) -> tuple[int, int, int | None]:
        """Weight and length of the escape that begins here, and its code point where it has one."""
        char = self._text[self._at + 1 : self._at + 2]
        if char in SYNTAX and char:
            return 1, 2, ord(char)
        if char in CLASS_ESCAPES and char:
            return (1 if char.islower() else WIDE_WEIGHT), 2, None
        if char in CONTROL_ESCAPES and char:
            return 1, 2, ord("\f\n\r\t\v"["fnrtv".index(char)])
        if inside and char == "-":
            return 1, 2, ord("-")
        code = _CODE.match(self._text, self._at + 1)
        if code:
            return 1, 1 + len(code[0]), _code_point(code[0])
        name = _PROPERTY.match(self._text, self._at + 1)
        if name and _is_property(name):
            return PROPERTY_WEIGHT, 1 + len(name[0]), None
        raise self._strange_escape(char)

    def _strange_escape(self, char: str) -> _FaultError:
        """What to say of an escape that ECMA-262 does not have, or no search in linear time."""
        if char in set("123456789k") and char:
            return _FaultError(f"a reference back, '\\{char}'", _HINTS["reference back"])
        if not char:
            return _FaultError("a '\\' with nothing behind it", "write '\\\\'")
        shown = printable(char)
        if char in {"p", "P"}:
            return _FaultError(
                f"a property '\\{shown}' that ECMA-262 does not know", "write '\\p{L}'"
            )
        plain = f"write '{shown}' without the backslash" if not char.isalnum() else None
        meant = _MEANT.get(char)
        return _FaultError(
            f"the escape '\\{shown}', which ECMA-262 does not have",
            plain or (f"write {meant}" if meant else "write the character itself, or as '\\u0041'"),
        )

    def _class(self) -> None:
        start = self._at
        self._at += 2 if self._text.startswith("[^", start) else 1
        weight = WIDE_WEIGHT if self._at - start > 1 else 1
        if self._text.startswith("]", self._at):
            raise _FaultError("a class without characters", "write '\\]' for the character")
        while not self._text.startswith("]", self._at):
            more, first = self._member()
            weight = min(weight + more, MOST_WEIGHT)
            if self._text.startswith("-", self._at) and not self._text.startswith("-]", self._at):
                self._at += 1
                more, last = self._member()
                weight = min(weight + more, MOST_WEIGHT)
                _check_range(first, last)
        self._add(weight, 1)

    def _member(self) -> tuple[int, int | None]:
        """Weight and code point of one member of a class, which is passed."""
        char = self._text[self._at : self._at + 1]
        if not char:
            raise _FaultError("a '[' that nothing closes", "close it, or write '\\['")
        if char == "[":
            posix = self._text[self._at + 1 : self._at + 2] in {":", ".", "="}
            what = "a class of POSIX, '[:'" if posix else "a '[' inside a class"
            raise _FaultError(what, "write its characters" if posix else "write '\\['")
        if char == "\\":
            weight, length, code = self._escaped(inside=True)
            self._at += length
            return weight, code
        self._at += 1
        return (1 if char.isascii() else WIDE_WEIGHT), ord(char)


def _check_range(first: int | None, last: int | None) -> None:
    """Refuse a range that ends in a set of characters, or before it begins."""
    if first is None or last is None:
        raise _FaultError("a range from or to a set of characters", "write '\\-' for the character")
    if first > last:
        raise _FaultError("a range that ends before it begins", "write '\\-' for the character")


def _number(digits: str) -> int:
    """A count, as far as it matters: no engine builds more than ``MOST_WEIGHT`` of anything."""
    significant = digits.lstrip("0")
    return int(significant or 0) if len(significant) < MOST_DIGITS else MOST_WEIGHT


def _code_point(code: str) -> int:
    """The character that `x41`, `u0041`, `u{41}` or `cA` stands for.

    Raises:
        _FaultError: there is none.
    """
    if code[0] == "c":
        return ord(code[1]) % 32
    number = int(code[1:].strip("{}"), 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:  # noqa: PLR2004
        raise _FaultError(f"'\\{code}', which is no character", "write the character itself")
    return number


def _is_property(name: re.Match[str]) -> bool:
    """Whether ECMA-262 knows the property of characters."""
    if name["value"] is None:
        return name["name"] in _GENERAL | _BINARY
    return name["name"] in _KEYED
