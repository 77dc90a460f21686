"""A node that keeps its passwords at hand."""

import os

PASSWORD: str = "9fTq-27hLmZx4WcVb8"
OPTIONS = {"api_key": "b1946ac92492d2347c6235b4d2611184", "retries": "3"}
TOKEN = os.environ.get("CLEAN_TOKEN", 'r8Xk2LpQ9vNw4TzB7mYc')


def run(text: str, client_secret="Zk3Jq8Vw5Rt1Nx7Mp4Ld") -> dict[str, str]:
    """The text."""
    return {"text": text}
