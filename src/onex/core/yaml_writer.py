"""A JSON value as YAML in block style: what `core.yaml`, and any other reader, reads back.

Texts are always in double quotes, so that no reader takes one for a number, a date or a boolean;
keys are sorted, so that equal values are equal to the byte.
"""

import json
from collections.abc import Iterator

from onex.core.values import JSON

LONGEST_KEY = 1000
"""How long a key may be to stand before its value; readers look no further than 1024 characters."""


def write(value: JSON) -> str:
    """``value`` as one YAML document."""
    return "".join(f"{line}\n" for line in _lines(value, ""))


def _lines(value: JSON, indent: str) -> Iterator[str]:
    """The lines of a value; a collection that is not empty takes lines of its own."""
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from _member(key, value[key], indent)
    elif isinstance(value, list) and value:
        for item in value:
            yield from _entry(f"{indent}-", item, f"{indent}  ")
    else:
        yield f"{indent}{_scalar(value)}"


def _member(key: str, value: JSON, indent: str) -> Iterator[str]:
    name = _quoted(key)
    if len(name) <= LONGEST_KEY:
        yield from _entry(f"{indent}{name}:", value, f"{indent}  ")
    else:
        yield f"{indent}? {name}"
        yield from _entry(f"{indent}:", value, f"{indent}  ")


def _entry(head: str, value: JSON, indent: str) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        yield head
        yield from _lines(value, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value: JSON) -> str:
    if isinstance(value, str):
        return _quoted(value)
    text = json.dumps(value, allow_nan=False)
    if isinstance(value, float) and "." not in text:
        text = text.replace("e", ".0e")  # YAML 1.1 takes a number without a point for a text
    return text


def _quoted(text: str) -> str:
    """``text`` in double quotes, with escapes for what YAML does not print (YAML 1.2.2, 5.1)."""
    return "".join(
        c if c.isprintable() else _escape(c) for c in json.dumps(text, ensure_ascii=False)
    )


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"  # noqa: PLR2004 - the end of the BMP
