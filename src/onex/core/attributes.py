"""What git is told about the files of a workspace, in `.gitattributes`: which lines there must be.

A later line of that file wins over an earlier one, so what is missing goes in front of the lines
that the user has written: they keep their say.
"""

import re

FILE_NAME = ".gitattributes"

LINES = (
    (
        "text",
        "*",
        "# Locks are digests of bytes: git must not convert line ends here.\n* -text\n",
    ),
    (
        "merge",
        ".tree",
        "# Where two branches list new nodes, the lines of both are right.\n.tree merge=union\n",
    ),
    (
        "merge",
        "reports/runs/index.jsonl",
        "# So are those about the runs of both.\nreports/runs/index.jsonl merge=union\n",
    ),
    (
        "linguist-language",
        "*.onex",
        "# Hosts of repositories show these as the YAML that they are.\n*.onex linguist-language=YAML\n",
    ),
    ("linguist-language", ".tree", ".tree linguist-language=YAML\n"),
)
"""For each attribute, the pattern that it is wanted for, and the lines that give it."""

_MARK = b"\xef\xbb\xbf"
_MACROS = {"text": frozenset({"binary"}), "merge": frozenset({"binary"})}


def completed(data: bytes) -> bytes:
    """``data`` with the lines that it lacks in front; where somebody has decided, that holds."""
    text = data.removeprefix(_MARK)
    eol = b"\r\n" if b"\r\n" in text else b"\n"
    missing = [lines for name, pattern, lines in LINES if not _decides(text, name, pattern)]
    added = "".join(missing).encode().replace(b"\n", eol)
    return data[: len(data) - len(text)] + added + text


def _decides(data: bytes, name: str, pattern: str) -> bool:
    """Whether a line of ``data`` says something of the attribute ``name`` for all of ``pattern``."""
    patterns = {spelling.encode() for spelling in (pattern, f"**/{pattern}", f'"{pattern}"')}
    for line in data.splitlines():
        first, *words = line.split() or [b""]
        said = {re.sub(rb"^[-!]|=.*$", b"", word).decode(errors="replace") for word in words}
        if first in patterns and (name in said or not said.isdisjoint(_MACROS.get(name, ()))):
            return True
    return False
