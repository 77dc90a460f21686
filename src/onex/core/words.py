"""Words for messages: values cut short, their kinds with articles, names for places, near spellings."""

from collections.abc import Iterable, Sequence

from onex.core.text import printable
from onex.core.values import JSON

NEAR = 0.75
"""How much alike a word and what was meant must be; below it, guesses mislead."""

SHOWN = 60
"""How many characters of a wrong value are shown."""

ARTICLES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
"""The JSON types, with articles."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The one of ``choices`` that a misspelt ``word`` comes near to, or None."""
    import difflib  # noqa: PLC0415 - wanted for misspelt words alone

    near = difflib.get_close_matches(word, list(choices), n=1, cutoff=NEAR)
    return near[0] if near else None


def suggest(word: str, choices: Iterable[JSON]) -> str | None:
    """``did you mean '…'?`` for a misspelt ``word``, or None when nothing comes near."""
    return ask(nearest(word, [choice for choice in choices if isinstance(choice, str)]))


def ask(meant: str | None) -> str | None:
    """The question whether a word was meant; None for none."""
    return f"did you mean '{meant}'?" if meant else None


def shorten(value: JSON) -> str:
    """``value`` as people read it, cut to ``SHOWN`` characters."""
    return cut(f"'{value}'" if isinstance(value, str) else to_json(value), SHOWN)


def kind_of(value: JSON) -> str:
    """The JSON type of ``value``, with an article."""
    if value is None:
        return "null"
    kinds: list[tuple[type, str]] = [
        (bool, "a boolean"),
        (str, "a string"),
        (int, "an integer"),
        (float, "a number"),
        (list, "an array"),
    ]
    return next((name for kind, name in kinds if isinstance(value, kind)), "an object")


def call(*words: str) -> str:
    """A command to type, on one row, whatever its words hold: a shell takes each as it is."""
    import shlex  # noqa: PLC0415 - wanted for messages alone

    return printable(shlex.join(words))


def cut(text: str, length: int) -> str:
    """``text`` on one row, cut to ``length`` characters."""
    return printable(text if len(text) <= length else f"{text[: length - 1]}…")


def to_json(value: JSON) -> str:
    """``value`` as JSON; what is not JSON as its text."""
    import json  # noqa: PLC0415 - wanted for messages alone

    return json.dumps(value, ensure_ascii=False, default=str)


def name_of(path: Sequence[str | int]) -> str:
    """What to call the value at ``path``: its key, with the index of an item behind it."""
    index = ""
    for part in reversed(path):
        if isinstance(part, str):
            return printable(f"{part}{index}")
        index = f"[{part}]{index}"
    return f"item {index}" if index else "the document"


def plain(value: JSON) -> str:
    """A text as it is, another value as JSON."""
    return value if isinstance(value, str) else to_json(value)
