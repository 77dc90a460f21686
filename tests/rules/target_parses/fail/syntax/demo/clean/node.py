"""Half written."""


def run(text: str
    return {"text": text}
