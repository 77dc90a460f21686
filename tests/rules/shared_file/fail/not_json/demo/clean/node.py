"""The node that the cases of the rules differ from."""


def run(text: str, home: object = None) -> dict[str, str]:
    """The text without white space around it."""
    return {"text": text.strip()}
