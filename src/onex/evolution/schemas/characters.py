"""Sets of characters, as ranges of code points, and those that escapes in patterns stand for."""

from collections.abc import Iterable
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""First and last code point of each run of characters, sorted, apart from each other."""

LAST = 0x10FFFF
_SURROGATES = (0xD800, 0xDFFF)
ANY: Ranges = ((0, _SURROGATES[0] - 1), (_SURROGATES[1] + 1, LAST))


def merge(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The characters of all ``ranges``; surrogates, which are none, left out."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(
        (max(low, first), min(high, last))
        for low, high in found
        for first, last in ANY
        if max(low, first) <= min(high, last)
    )


def outside(ranges: Ranges) -> Ranges:
    """Every character that is not in ``ranges``."""
    found, begin = [], 0
    for low, high in ranges:
        if begin < low:
            found.append((begin, low - 1))
        begin = high + 1
    return merge([*found, (begin, LAST)] if begin <= LAST else found)


LINE = outside(((0x0A, 0x0A),))
"""What `.` stands for."""

_DIGIT: Ranges = ((0x30, 0x39),)
_WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)

ESCAPES: dict[str, Ranges] = {
    "d": _DIGIT,
    "D": outside(_DIGIT),
    "w": _WORD,
    "W": outside(_WORD),
    "s": _SPACE,
    "S": outside(_SPACE),
    **{name: ((code, code),) for name, code in zip("tnvfr", range(0x09, 0x0E), strict=True)},
}
"""What a letter behind a backslash stands for, as ECMA-262 has it."""
