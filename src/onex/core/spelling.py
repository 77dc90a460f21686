"""How a value is written into YAML and JSON when a file is edited."""

import json
import re

from onex.core.values import JSON

INDENT = "  "

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z_-]*")
# Words that are no text, or were none in YAML 1.1.
NO_TEXT = frozenset(("null", "true", "false", "y", "n", "yes", "no", "on", "off"))
# What JSON takes as it is and YAML does not. Beyond U+FFFF it is the escapes that YAML cannot take.
_UNSAFE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def is_plain(key: str) -> bool:
    """Whether ``key`` can be a key of YAML without quotes."""
    return _PLAIN_KEY.fullmatch(key) is not None and key.lower() not in NO_TEXT


def spell_key(key: str) -> str:
    """``key`` as a key of YAML, quoted only where it must be."""
    return key if is_plain(key) else spell(key)


def spell(value: JSON) -> str:
    """``value`` on one line, in a form that is JSON and YAML at once."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def spell_like(value: JSON, style: str) -> str:
    """``value`` on one line, quoted as the scalar of ``style`` that it replaces, if that works."""
    if isinstance(value, str):
        if style == "" and _PLAIN_WORD.fullmatch(value) and value.lower() not in NO_TEXT:
            return value
        if style == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
    return spell(value)


def spell_lines(value: dict[str, JSON], indent: str) -> list[str]:
    """The lines of ``value`` in YAML's block style, one sorted entry a line, without line ends."""
    lines = []
    for key, item in sorted(value.items()):
        if isinstance(item, dict) and item:
            lines += [f"{indent}{spell_key(key)}:", *spell_lines(item, indent + INDENT)]
        else:
            lines.append(f"{indent}{spell_key(key)}: {spell(item)}")
    return lines


def spell_spread(value: JSON, indent: str) -> list[str]:
    """The lines of ``value`` as JSON, an entry a line; all but the first begin with ``indent``."""
    if not (isinstance(value, dict) and value):
        return [spell(value)]
    lines = ["{"]
    for key, item in sorted(value.items()):
        first, *rest = spell_spread(item, indent + INDENT)
        lines += [f"{indent}{INDENT}{spell(key)}: {first}", *rest]
        lines[-1] += ","
    lines[-1] = lines[-1].removesuffix(",")
    return [*lines, f"{indent}}}"]
