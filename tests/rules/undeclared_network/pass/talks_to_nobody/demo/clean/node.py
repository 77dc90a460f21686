"""A node that has names of others, and talks to nobody."""

import socket
from http.client import responses
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import pathname2url

if TYPE_CHECKING:
    import requests


def run(text: str) -> dict[str, str]:
    """The text with what a name is made of."""
    session: requests.Session | None = None
    return {"text": pathname2url(urlsplit(text).path + responses[200] + socket.gethostname())}


if __name__ == "__main__":
    import httpx

    httpx.get("https://example.invalid")
