try:
    from fast import run
except ImportError:
    def run(text):
        """The text."""
        return {"text": text}
