"""A node that leaves things everywhere."""

import os
import shutil
from os import path
from pathlib import Path

FOLDER = Path("/srv/out")
NAME = f"/srv/{os.sep}"


def run(text: str) -> dict[str, str]:
    """The text, left everywhere."""
    open("/var/log/clean.log", "a")
    open(path.join("/var/log", text), mode="wb")
    (FOLDER / text / "a").write_text(text)
    FOLDER.joinpath(text).open("x")
    Path.home().joinpath(".clean").touch()
    os.makedirs(os.path.expanduser("~/.cache/clean"))
    shutil.copy(text, NAME + text)
    os.replace(text, "/data/in/a")
    return {"text": text}
