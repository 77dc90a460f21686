"""A headless Chromium, driven over the DevTools protocol through two pipes.

No library and no port: messages are JSON with a zero byte behind each, on descriptors 3 and 4.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import time
from pathlib import Path

PATIENCE = 60.0
"""How many seconds an answer may take."""

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-dev-shm-usage --disable-background-networking --disable-component-update "
    "--remote-debugging-pipe"
).split()


class Browser:
    """A browser with one page, which keeps what the page complains of."""

    def __init__(self, profile: Path):
        program = shutil.which("chromium")
        assert program, "chromium is not installed; run `apt-get install chromium`"
        (theirs_in, self._out), (self._in, theirs_out) = os.pipe(), os.pipe()
        # Above 4, so that one does not cover the other when they become 3 and 4.
        high = [fcntl.fcntl(pipe, fcntl.F_DUPFD_CLOEXEC, 10) for pipe in (theirs_in, theirs_out)]
        null = os.open(os.devnull, os.O_RDWR)
        self._pid = os.posix_spawn(
            program,
            [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            {**os.environ, "HOME": str(profile)},
            file_actions=[
                *((os.POSIX_SPAWN_DUP2, null, standard) for standard in (0, 1, 2)),
                *((os.POSIX_SPAWN_DUP2, pipe, place) for place, pipe in enumerate(high, 3)),
            ],
            setpgroup=0,
        )
        for pipe in (theirs_in, theirs_out, *high, null):
            os.close(pipe)
        self._count, self._rest = 0, b""
        self._session = None
        self.complaints: list[str] = []
        self._loaded = False
        self._attach()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._out)
        os.close(self._in)
        # Without its pipes it ends by itself; its children are of its group.
        for _ in range(100):
            if os.waitpid(self._pid, os.WNOHANG)[0]:
                break
            time.sleep(0.05)
        else:
            os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)

    def call(self, method, **params):
        """The answer to one call."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def open(self, path, *, scripts=True):
        """Show the page at ``path``, which has nothing to complain of yet."""
        self.complaints.clear()
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._loaded = False
        self.call("Page.navigate", url=Path(path).as_uri())
        while not self._loaded:
            self._next()

    def value(self, expression):
        """What ``expression`` comes to in the page; a promise is waited for."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression):
        """Until ``expression`` is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.value(expression):
            assert time.monotonic() < end, f"{expression} did not come true in {PATIENCE} s"
            time.sleep(0.02)

    def click(self, selector):
        """Press the mouse in the middle of what ``selector`` names."""
        place = (
            f"(() => {{ const it = document.querySelector({json.dumps(selector)});"
            "it.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const box = it.getBoundingClientRect();"
            "return [box.x + Math.min(box.width / 2, 30), box.y + box.height / 2]; })()"
        )
        # What comes into view is laid out only then, and may move what was looked for.
        before, (x, y) = None, self.value(place)
        while before != (x, y):
            time.sleep(0.05)
            before, (x, y) = (x, y), self.value(place)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def write(self, text):
        """Type ``text`` where the focus is."""
        for character in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", text=character)
            self.call("Input.dispatchKeyEvent", type="keyUp")

    def look(self, *, scheme="light", width=1280, media=""):
        """How the page is looked at: in which colours, how wide, and on what."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features, media=media)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )

    def _attach(self):
        (target, *_) = [
            info["targetId"]
            for info in self.call("Target.getTargets")["targetInfos"]
            if info["type"] == "page"
        ]
        found = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Audits"):
            self.call(f"{domain}.enable")

    def _next(self):
        """The next message; an event is taken note of."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            assert ready, f"the browser said nothing for {PATIENCE} s"
            data = os.read(self._in, 1 << 20)
            assert data, "the browser ended"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(line)
        self._note(message.get("method"), message.get("params"))
        return message

    def _note(self, method, params):
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"]["text"])
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(json.dumps(params["args"]))
        elif method == "Audits.issueAdded":
            self.complaints.append(params["issue"]["code"])
