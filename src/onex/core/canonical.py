"""The one spelling of a JSON value, and the digest over it.

Documents are digested over their RFC 8785 bytes, so that any JCS implementation in any language
verifies a lock. States may hold integers of any size, which RFC 8785 cannot spell; they are
digested over the golden encoding, which is also the encoding of golden reports.
"""

import hashlib
import json

from onex.core.document import JSON

MAX_SAFE_INTEGER = 2**53 - 1
"""The greatest integer that every JSON reader reads alike (RFC 8785, section 3.2.2.3)."""


# Made once: `json.dumps` makes an encoder for each call, which costs a third of the time of a line.
_encoder = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,  # a value that holds itself ends as a RecursionError all the same
    sort_keys=True,
    separators=(",", ":"),
    allow_nan=False,
)


def golden_bytes(value: JSON) -> bytes:
    """``value`` as one line of UTF-8 with keys in code-point order, without a line end.

    Raises:
        ValueError: a number is not finite, or a text is not Unicode (a lone surrogate).
    """
    return golden_text(value).encode()


def golden_text(value: JSON) -> str:
    """``value`` as ``golden_bytes`` writes it, as text.

    Raises:
        ValueError: a number is not finite.
    """
    return _encoder.encode(value)


def canonical_bytes(value: JSON) -> bytes:
    """``value`` in the RFC 8785 spelling.

    Raises:
        ValueError: ``value`` holds a number that JSON readers do not agree on (not finite, or an
            integer beyond ``MAX_SAFE_INTEGER``) or text that is not Unicode.
    """
    if _only_plain_numbers(value):
        data = golden_bytes(value)
        # The two encodings differ in floats and in the order of keys beyond the BMP alone.
        if data.isascii():
            return data
    import rfc8785  # noqa: PLC0415 - a pure Python encoder that most documents do without

    return rfc8785.dumps(value)


def digest(value: JSON) -> str:
    """SHA-256 over the RFC 8785 bytes of ``value``, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def state_digest(state: JSON) -> str:
    """SHA-256 over the golden bytes of a state, in hexadecimal."""
    return hashlib.sha256(golden_bytes(state)).hexdigest()


def find_float(value: JSON) -> str | None:
    """The JSON pointer of a float in ``value``, or None."""
    if not _has_float(value):  # as nearly always; without pointers the walk is five times as fast
        return None
    stack: list[tuple[str, JSON]] = [("", value)]
    while stack:
        pointer, item = stack.pop()
        if isinstance(item, float):
            return pointer
        if isinstance(item, dict):
            stack += [(f"{pointer}/{escape(key)}", child) for key, child in item.items()]
        elif isinstance(item, list):
            stack += [(f"{pointer}/{index}", child) for index, child in enumerate(item)]
    return None


def escape(key: str) -> str:
    """``key`` as one reference token of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """A reference token of a JSON pointer as the key that it stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def _has_float(value: JSON) -> bool:
    stack: list[JSON] = [value]
    while stack:
        item = stack.pop()
        kind = item.__class__
        if kind is dict:
            stack += item.values()  # type: ignore[union-attr]
        elif kind is list:
            stack += item  # type: ignore[arg-type]
        elif kind is float:
            return True
    return False


def _only_plain_numbers(value: JSON) -> bool:
    """Whether ``value`` holds no float and no integer beyond ``MAX_SAFE_INTEGER``."""
    stack: list[JSON] = [value]
    while stack:
        item = stack.pop()
        kind = item.__class__
        if kind is dict:
            stack += item.values()  # type: ignore[union-attr]
        elif kind is list:
            stack += item  # type: ignore[arg-type]
        elif kind is float or (kind is int and not -MAX_SAFE_INTEGER <= item <= MAX_SAFE_INTEGER):  # type: ignore[operator]
            return False
    return True
