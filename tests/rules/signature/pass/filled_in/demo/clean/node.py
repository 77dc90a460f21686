def run(text, limit):
    """The text."""
    return {"text": text[:limit]}
