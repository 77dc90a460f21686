"""A node that asks others."""

from urllib import request


def run(text: str) -> dict[str, str]:
    """The text as others spell it."""
    return {"text": request.urlopen(text).read().decode()}
