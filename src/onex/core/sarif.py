"""What every SARIF 2.1.0 log of onex has in common: the name of its schema, and its messages."""

from onex.core.words import cut

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

LONGEST = 1_000
"""How many characters a message has at most."""


def message(text: str, otherwise: str) -> str:
    """``text`` as a message: never empty, and nothing in it is a placeholder or a link."""
    text = cut(text, LONGEST).strip() or otherwise
    text = text.replace("{", "{{").replace("}", "}}")  # section 3.11.5
    if "](" in text:
        text = text.replace("[", "\\[").replace("]", "\\]")  # section 3.11.6
    return text
