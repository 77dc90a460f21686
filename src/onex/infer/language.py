"""Which language a script is written in, and how a system is to start it."""

import os
import re
from typing import NamedTuple

PYTHON, SHELL = "python", "shell"

PROGRAMS: dict[str, str] = {
    "python": PYTHON, "pypy": PYTHON, "sh": SHELL, "bash": SHELL, "dash": SHELL, "ksh": SHELL,
    "zsh": SHELL, "ash": SHELL, "perl": "perl", "ruby": "ruby", "node": "javascript",
    "nodejs": "javascript", "deno": "javascript", "bun": "javascript", "rscript": "r", "r": "r",
    "php": "php", "lua": "lua", "awk": "awk", "gawk": "awk", "mawk": "awk", "tclsh": "tcl",
    "wish": "tcl", "make": "make", "sed": "sed", "fish": "fish", "julia": "julia", "pwsh": "powershell",
}  # fmt: skip
"""Programs that execute scripts, and the language of those."""

SUFFIXES: dict[str, tuple[str, str]] = {
    ".py": (PYTHON, "#!/usr/bin/env python3"),
    ".sh": (SHELL, "#!/usr/bin/env bash"),
    ".bash": (SHELL, "#!/usr/bin/env bash"),
    ".zsh": (SHELL, "#!/usr/bin/env zsh"),
    ".ksh": (SHELL, "#!/usr/bin/env ksh"),
    ".pl": ("perl", "#!/usr/bin/env perl"),
    ".rb": ("ruby", "#!/usr/bin/env ruby"),
    ".js": ("javascript", "#!/usr/bin/env node"),
    ".mjs": ("javascript", "#!/usr/bin/env node"),
    ".cjs": ("javascript", "#!/usr/bin/env node"),
    ".r": ("r", "#!/usr/bin/env Rscript"),
    ".php": ("php", "#!/usr/bin/env php"),
    ".lua": ("lua", "#!/usr/bin/env lua"),
}
"""The language that a file's name tells, and the first line of one that has none."""

_PROGRAM = re.compile(r"[a-z][a-z0-9_+-]{0,30}").fullmatch
_VERSION = re.compile(r"[\d.]+$")


class Start(NamedTuple):
    """How a script begins: its language, and the first line that it has, or should have."""

    language: str
    first_line: str
    has_line: bool


def start_of(path: str, data: bytes) -> Start | None:
    """How the script ``path``, which holds ``data``, begins; None when it is no script that is known."""
    suffix = os.path.splitext(path)[1].lower()
    named = SUFFIXES.get(suffix)
    if data.removeprefix(b"\xef\xbb\xbf").startswith(b"#!"):
        line = (
            data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode(errors="replace").strip()
        )
        language = _language(line)
        if language is None and named:
            language = named[0]
        return Start(language, line, has_line=True) if language else None
    return Start(named[0], named[1], has_line=False) if named else None


def _language(line: str) -> str | None:
    """The language of what a first line names; a program that is not known is one of its own."""
    words = line[2:].split()
    if words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    program = os.path.basename(words[0]).lower() if words else ""
    known = PROGRAMS.get(program) or PROGRAMS.get(_VERSION.sub("", program))
    return known or (program if _PROGRAM(program) else None)


def startable(path: str, data: bytes) -> tuple[bytes, list[str]]:
    """``data`` such that a system can start it, and what was changed for that."""
    changed: list[str] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        changed.append("a byte order mark was taken away")
    start = start_of(path, data)
    if start is None:
        return data, changed
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
        changed.append("CR LF line ends became LF")
    if not start.has_line:
        data = start.first_line.encode() + b"\n" + data
        changed.append(f"the first line `{start.first_line}` was added")
    elif not start.first_line[2:].lstrip().startswith("/"):
        named = SUFFIXES.get(os.path.splitext(path)[1].lower(), ("", ""))[1]
        words = start.first_line[2:].split()
        first = named or f"#!/usr/bin/env {words[0] if words else start.language}"
        data = first.encode() + b"\n" + data.partition(b"\n")[2]
        changed.append(f"the first line became `{first}`")
    return data, changed
