"""What an unquoted scalar of YAML says: one value for every reader, or no value.

The core schema of YAML 1.2 without the numbers that JSON does not have. What YAML 1.1 read as
something else (``no``, ``12:30:45``, ``1_000``, dates) is text.
"""

import re
from math import isinf

from onex.core.text import MAX_DIGITS, shorten
from onex.core.values import JSON

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC_START = frozenset("-+.0123456789")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<real>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)")
# Numbers of the core schema that are no numbers in JSON.
_LOOK_ALIKE = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


class NumberError(ValueError):
    """A number that readers do not agree on, or that is too large to read."""


def resolve(text: str) -> JSON:
    """The value of the plain scalar ``text``.

    Raises:
        NumberError: a number to some readers and not to others, or too large a number.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMERIC_START:
        return text
    if (number := _NUMBER.fullmatch(text)) is not None:
        return to_number(text, is_real=number["real"] != "")
    if _LOOK_ALIKE.fullmatch(text):
        message = f"{shorten(text)} is a number to some readers only; quote it if it is text"
        raise NumberError(message)
    return text


def to_number(text: str, *, is_real: bool) -> int | float:
    """The number that JSON spells ``text``.

    Raises:
        NumberError: more than ``MAX_DIGITS`` characters, or a real number beyond a double.
    """
    if len(text) > MAX_DIGITS:
        message = f"a number of {len(text)} characters; at most {MAX_DIGITS} are read"
        raise NumberError(message)
    if not is_real:
        return int(text)
    if isinf(value := float(text)):
        message = f"{shorten(text)} is too large for a number; quote it if it is text"
        raise NumberError(message)
    return value
