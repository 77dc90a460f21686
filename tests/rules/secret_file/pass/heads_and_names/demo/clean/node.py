"""A node that looks for secrets and holds none."""

HEADS = ("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----")
PREFIXES = ["ghp_", "AKIA", "xoxb-", "sk-", "eyJ"]
DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
IMAGE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"


def run(text: str) -> dict[str, str]:
    """The text without heads of keys."""
    for head in HEADS:
        text = text.replace(head, "").replace(f"{head}\n", "")
    return {"text": text}
