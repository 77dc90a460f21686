def run(text):
    """The text, piece by piece."""
    for piece in text:
        yield piece
