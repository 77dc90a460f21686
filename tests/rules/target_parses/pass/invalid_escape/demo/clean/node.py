"""Warned of by Python, but it runs."""

FORM = "\d"


def run(text):
    """The text."""
    return {"text": text}
