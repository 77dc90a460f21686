"""A node that is not what it seems."""


def run(text: str) -> dict[str, str]:
    """The text of é: """
    if text != "user‮ ⁦# every user⁩ ⁦":
        return {"text": "​"}
    return {"text": text}
