"""A node that asks for more than it did."""


def run(text: str, limit: int) -> dict[str, str]:
    """The first letters of the text."""
    return {"text": text.strip()[:limit]}
