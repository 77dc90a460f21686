"""Secrets, hidden at the one place through which everything passes that a run leaves behind (OVC-14).

A value is hidden as it is, in Base64, URL-encoded, and escaped as JSON writes it.
"""

import base64
import json
import re
from collections.abc import Iterable
from typing import TypeVar, cast
from urllib.parse import quote, quote_plus

from onex.core.values import JSON

HIDDEN = "***"
SHORTEST = 4
"""How long a value must be to be hidden: a shorter one stands in half of all words."""

SHORTEST_LINE = 8
"""How long a line of a value must be to be hidden alone."""

Value = TypeVar("Value")


class Mask:
    """Hides values; without any it does nothing.

    Args:
        secrets: the values.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {
            form
            for secret in secrets
            for part in _parts(secret)
            if len(part) >= SHORTEST
            for form in _forms(part)
        }
        # The longest first, so that no part of one is left over.
        self._forms = sorted(spellings, key=lambda form: (-len(form), form))
        pattern = "|".join(map(re.escape, self._forms))
        self._search = re.compile(pattern) if pattern else None

    def text(self, text: str) -> str:
        """``text`` without the values."""
        return text if self._search is None else self._search.sub(HIDDEN, text)

    def whole(self, text: str, end: int) -> int:
        """The last place up to ``end`` where ``text``, which goes on, can be cut in two.

        No value is cut there, neither one that stands in ``text`` nor one of which only the
        beginning has come.
        """
        if self._search is None:
            return end
        last = len(text) - max(_overlap(text, form[:-1]) for form in self._forms)
        place = min(end, last)
        for found in self._search.finditer(text):
            if found.start() < place < found.end():
                return found.start()
        return place

    def without_torn(self, text: str) -> str:
        """``text``, of which the beginning is gone, without what may be the end of a value."""
        return text[max((_overlap(form[1:], text) for form in self._forms), default=0) :]

    def value(self, value: Value) -> Value:
        """A JSON value without the values, in texts and in keys."""
        return value if self._search is None else cast("Value", self._value(cast("JSON", value)))

    def _value(self, value: JSON) -> JSON:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, dict):
            return {self.text(key): self._value(item) for key, item in value.items()}
        return value


def _parts(secret: str) -> set[str]:
    """The value, without spaces around it, and its lines: a program may show them one by one."""
    lines = {line.strip() for line in secret.splitlines()}
    return {secret, secret.strip(), *(line for line in lines if len(line) >= SHORTEST_LINE)}


def _forms(secret: str) -> set[str]:
    """The spellings of a secret that are looked for."""
    data = secret.encode(errors="surrogateescape")
    encoded = base64.b64encode(data).decode()
    # Within a longer text in Base64, a secret begins at one of three places of a group; looked for
    # is what it alone decides of the characters.
    inner = {
        base64.b64encode(bytes(shift) + data).decode()[-(-8 * shift // 6) : bits // 6]
        for shift in range(3)
        for bits in [8 * (shift + len(data))]
    }
    standard = {encoded, encoded.rstrip("="), *inner}
    url_safe = {form.translate(_URL_SAFE) for form in standard}
    quoted = {quote(data, safe=safe) for safe in _KEPT} | {quote_plus(data, safe="")}
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    # What is not UTF-8 is shown in one of these ways: as an argument, in a log, or escaped.
    shown = {data.decode(errors=how) for how in ("backslashreplace", "replace", "surrogateescape")}
    forms = {secret, *shown, *standard, *url_safe, *quoted, *escaped}
    return {form for form in forms if len(form) >= SHORTEST}


_KEPT = ("", "/", "!'()*")
"""What some encoders of URLs leave as it is, and others do not."""

_URL_SAFE = str.maketrans("+/", "-_")


def _overlap(before: str, after: str) -> int:
    """How many characters the longest end of ``before`` has that is a beginning of ``after``."""
    last, end = before[-1:], len(before)
    while last and (place := after.rfind(last, 0, end)) >= 0:
        if before.endswith(after[: place + 1]):
            return place + 1
        end = place
    return 0
