def run(text, ää, limit):
    """The text."""
    return {"text": text[:limit], "ä": ää}
