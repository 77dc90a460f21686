"""A node that reads elsewhere, writes what it may, and writes its own folder."""

import shutil
from pathlib import Path

PLACE = "/var/log/clean.log"


def run(text: str) -> dict[str, str]:
    """The text of a file."""
    open("/etc/hostname")
    open("/etc/hostname", "rb")
    open(text, "w")
    open("out.txt", "w")
    open("/dev/null", "w")
    open(PLACE, "a")
    (Path("out") / "a").write_text(text)
    (Path(text) / "/etc").mkdir()
    shutil.copy("/etc/hostname", "hostname")
    text.replace("/a", "/b")
    return {"text": Path("/etc/hostname").read_text()}


def open_all(open, shutil):
    """Names of its own."""
    open("/etc/hostname", "w")
    shutil.rmtree("/srv")
