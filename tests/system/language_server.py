"""The YAML language server that editors run, driven over its standard streams.

No library: messages of the protocol are JSON behind a header that says how long they are.
"""

import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path

PATIENCE = 60.0
"""How many seconds an answer may take."""

PROGRAM = (
    Path(__file__).parents[2]
    / ".venv/editor/node_modules/yaml-language-server/bin/yaml-language-server"
)

CLIENT = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "publishDiagnostics": {},
        "completion": {"completionItem": {"snippetSupport": False}},
        "hover": {"contentFormat": ["markdown"]},
    },
}
"""What an editor says that it can do."""


class LanguageServer:
    """A server for one workspace.

    Attributes:
        problems: what it published of each document, the newest last.
    """

    def __init__(self, folder: Path, settings: dict[str, object]):
        node = shutil.which("node")
        assert node, "Node.js is not installed; run `apt-get install nodejs npm`"
        assert PROGRAM.exists(), "the server is not installed; run `make editor`"
        self._settings = settings
        self._process = subprocess.Popen(
            [node, PROGRAM, "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._rest, self._count = b"", 0
        self.problems: dict[str, list[list[dict[str, object]]]] = {}
        uri = folder.as_uri()
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "capabilities": CLIENT,
                "workspaceFolders": [{"uri": uri, "name": "workspace"}],
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def open(self, path: Path):
        """Show the document at ``path``; what the server finds wrong with it."""
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self.problems:
            self._take(self._read())
        return self.problems[uri][-1]

    def at(self, path: Path, method: str, line: int, character: int):
        """What the server answers for a place of a document, both from 0."""
        place = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": place}
        )

    def ask(self, method: str, parameters: dict[str, object]):
        """The result of a request."""
        self._count += 1
        self._send({"id": self._count, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == self._count and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._take(message)

    def tell(self, method: str, parameters: dict[str, object]):
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def _take(self, message):
        """Note what was published, and answer what an editor is asked."""
        if message.get("method") == "textDocument/publishDiagnostics":
            published = message["params"]
            self.problems.setdefault(published["uri"], []).append(published["diagnostics"])
        elif message.get("method") == "workspace/configuration":
            asked = [item.get("section") for item in message["params"]["items"]]
            answer = [self._settings.get(section) for section in asked]
            self._send({"id": message["id"], "result": answer})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self):
        """The next message."""
        end = time.monotonic() + PATIENCE
        while True:
            head, found, rest = self._rest.partition(b"\r\n\r\n")
            size = int(head.partition(b":")[2]) if found else 0
            if found and len(rest) >= size:
                self._rest = rest[size:]
                return json.loads(rest[:size])
            pipe = self._process.stdout
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the server did not answer"
            more = os.read(pipe.fileno(), 1 << 20)
            assert more, "the server ended"
            self._rest += more
