def run(text, size):
    """The text."""
    return {"text": text[:size]}
