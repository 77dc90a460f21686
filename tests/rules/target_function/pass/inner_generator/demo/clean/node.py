def run(text):
    """The text."""
    def pieces():
        yield text
    return {"text": "".join(pieces())}
