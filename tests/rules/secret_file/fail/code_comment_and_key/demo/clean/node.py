"""A node that keeps its key at hand."""

KEY = """-----BEGIN RSA PRIVATE KEY-----
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
-----END RSA PRIVATE KEY-----"""


def run(text: str) -> dict[str, str]:
    """The text, signed."""
    return {"text": text + KEY}
