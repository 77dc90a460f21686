"""XML as it is written: tags, text, and the names of JUnit's suites and cases."""

from collections.abc import Iterable, Mapping
from itertools import count

from onex.core.text import printable

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

# Jenkins and GitLab take `[[ATTACHMENT|path]]` in an output for a file that the test attached.
_ATTACHMENT = ("[[ATTACHMENT|", "[[ATTACHMENT\\x7c")

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

Attributes = Mapping[str, str | int | None]


def open_tag(name: str, attributes: Attributes) -> str:
    """A start tag; what is None is left out."""
    written = [
        f' {key}="{str(value).translate(_ESCAPES)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return f"<{name}{''.join(written)}>"


def element(name: str, attributes: Attributes, text: str) -> str:
    """An element that holds nothing but ``text``, which has no control characters in it."""
    start, text = open_tag(name, attributes), text.replace(*_ATTACHMENT)
    return f"{start}{text.translate(_ESCAPES)}</{name}>" if text else f"{start[:-1]}/>"


def unique(names: Iterable[str]) -> list[str]:
    """Names on one row each, with a number behind those that came before; readers merge equal ones."""
    wanted = [printable(name) for name in names]
    taken = set(wanted)
    found: set[str] = set()
    result = []
    for name in wanted:
        own = name
        if name in found:
            own = next(f"{name} ({n})" for n in count(2) if f"{name} ({n})" not in taken)
        taken.add(own)
        found.add(own)
        result.append(own)
    return result
