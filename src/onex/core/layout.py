"""JSON over several lines, as people read it, with keys in code-point order.

The standard library writes it too, but with a generator for each value, so that a run of ten
thousand units takes seconds. The bytes are the same.
"""

import json
from collections.abc import Callable
from json.encoder import encode_basestring, encode_basestring_ascii

from onex.core.values import JSON

_WORDS = {None: "null", True: "true", False: "false"}


def indented(value: JSON, *, ascii_only: bool = False) -> str:
    """``value`` with two spaces a level, without a line end.

    Args:
        value: what to write.
        ascii_only: whether to write escapes for all that is beyond ASCII.

    Raises:
        ValueError: a number is not finite.
    """
    return _Layout(encode_basestring_ascii if ascii_only else encode_basestring).write(value, "\n")


def pretty(value: JSON) -> str:
    """``value`` as a file holds it: indented, with a line end."""
    return f"{indented(value)}\n"


class _Layout:
    """Writes values; ``line`` is how a line begins that is as deep as the value itself."""

    def __init__(self, quote: Callable[[str], str]) -> None:
        self._quote = quote
        self._heads: dict[str, dict[str, str]] = {}  # the same few keys stand in every unit

    def write(self, value: JSON, line: str) -> str:
        if isinstance(value, str):
            return self._quote(value)
        if isinstance(value, dict):
            return self._object(value, line) if value else "{}"
        if isinstance(value, list):
            return self._array(value, line) if value else "[]"
        if value.__class__ is int:
            return str(value)
        if value is None or value.__class__ is bool:
            return _WORDS[value]
        return json.dumps(value, allow_nan=False)

    def _object(self, value: dict[str, JSON], line: str) -> str:
        quote, write, below = self._quote, self.write, f"{line}  "
        heads = self._heads.setdefault(below, {})
        # One list and one join: text that is put together twice is held twice.
        parts = []
        for key in sorted(value):
            head = heads.get(key)
            if head is None:
                head = heads[key] = f",{below}{quote(key)}: "
            child = value[key]
            parts.append(head)
            # Most members are texts; a call for each would cost as much as all the rest.
            parts.append(quote(child) if isinstance(child, str) else write(child, below))
        parts[0] = f"{{{parts[0][1:]}"
        parts.append(f"{line}}}")
        return "".join(parts)

    def _array(self, value: list[JSON], line: str) -> str:
        below = f"{line}  "
        separator = f",{below}"
        parts = []
        for item in value:
            parts.append(separator)
            parts.append(self.write(item, below))
        parts[0] = f"[{below}"
        parts.append(f"{line}]")
        return "".join(parts)
