def run(text, limit=None, mode="b", *rest):
    """The text."""
    return {"text": text[:limit]}
