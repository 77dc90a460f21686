"""A node that asks others."""

import json
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor

try:
    import httpx as client
except ImportError:
    client = None


def run(text: str) -> dict[str, str]:
    """The text as others spell it."""
    import requests.adapters

    with socket.create_connection(("example.invalid", 80)) as line, ThreadPoolExecutor():
        line.sendall(text.encode())
    urllib.request.urlopen("https://example.invalid")
    return {"text": json.dumps(requests.get("https://example.invalid").text)}
