"""ONX901: the names in a node's folder are safe on every system."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from onex.core.canonical import escape
from onex.core.text import printable
from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows keeps for devices, whatever their ending."""

PLAIN = re.compile(r"[A-Za-z0-9_-]{5,100}").fullmatch
"""Nearly all names of folders; one that is reserved has four characters at most."""

MOST_BYTES = 255

FILES_HELP = "a node's folder holds plain files that you may read; mend it, then run `onex lock`"


def check(subject: Subject) -> Iterator[Finding]:
    """Each name that some system refuses or confuses, and what is no plain file at all."""
    if not subject.document:
        return
    fault = subject.files_fault
    if fault:
        yield RULE.finding(
            fault.path, fault.problem, node_id=subject.node_id, help=fault.help or FILES_HELP
        )
    for path, why in (*_folder_faults(subject.segments), *_file_faults(subject.files)):
        yield RULE.finding(
            subject.document,
            f"the name {printable(path)} {why}",
            pointer=f"/files/{escape(path)}",
            key=True,
            node_id=subject.node_id,
        )


def _folder_faults(segments: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The folder names above the node that some system refuses."""
    for segment in segments:
        if why := _fault(segment):
            yield "/".join(segments), why


def _file_faults(paths: list[str]) -> Iterator[tuple[str, str]]:
    """The paths with a name that some system refuses, or that two systems do not tell apart."""
    first: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        why = next((why for part in parts if (why := _fault(part))), None)
        for end in range(1, len(parts) + 1):
            place = "/".join(parts[:end])
            twin = first.setdefault(_fold(place), place)
            if twin != place and not why:
                why = f"is the same as {printable(twin)} where a system folds case or accents"
        if why:
            yield path, why


def _fold(path: str) -> str:
    """What ``path`` is to a system that folds case and accents."""
    return path if path.isascii() and path.islower() else _fold_fully(path)


def _fold_fully(path: str) -> str:
    folded = unicodedata.normalize("NFD", path).casefold()
    return unicodedata.normalize("NFC", folded)


def _fault(name: str) -> str | None:
    """Why a file should not have this name."""
    return None if PLAIN(name) else _fault_of(name)


@lru_cache(maxsize=1024)  # most nodes hold files of the same names
def _fault_of(name: str) -> str | None:
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "is not UTF-8"
    if any(unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in name):
        return "holds a character that cannot be seen"
    if set(name) & set('\\:*?"<>|'):
        return "holds a character that Windows refuses"
    if name.endswith((".", " ")) or name.startswith((" ", "~")):
        return "begins or ends with a character that systems strip or expand"
    if name.partition(".")[0].casefold() in RESERVED:
        return "is one that Windows keeps for a device"
    return "is longer than 255 bytes" if size > MOST_BYTES else None


RULE = Rule(
    code="ONX901",
    name="safe-path",
    purpose="Every name in a node's folder is plain text that each file system keeps apart from the others.",
    why="A name that one system refuses, folds or hides makes a node that cannot be checked out, or whose files replace each other.",
    bad="""\
demo/aux/node.onex
Readme.md and README.md in one folder
""",
    good="demo/auxiliary/node.onex",
    fix="rename the file, then run `onex lock`",
    node=check,
)
