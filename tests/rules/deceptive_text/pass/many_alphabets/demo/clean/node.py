"""A node with letters of many kinds: сlean, Δt."""


def run(text: str) -> dict[str, str]:
    """The text without what cannot be seen."""
    return {"text": text.replace("\u200b", "").replace("\u202e", "…")}
