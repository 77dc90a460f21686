"""What a folder holds: the scripts in it, and why each other file that looks like one was left alone.

Links are not followed, and nothing is opened that is no plain file; ``onex.adopt.kind`` tells what a
script is.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from onex.adopt.kind import reason
from onex.core import document
from onex.core.node import FILE_NAMES
from onex.core.scan import FOREIGN
from onex.errors import DocumentError
from onex.infer.language import SUFFIXES, start_of
from onex.validate.code import MOST_BYTES

MOST_LEVELS = 40
"""How deep folders are looked into."""

VENDORED = FOREIGN | frozenset(
    "vendor vendored third_party thirdparty bower_components site-packages dist build target".split()
)
TESTS = frozenset("test tests __tests__ spec specs testdata fixtures".split())


@dataclass(frozen=True, slots=True)
class Script:
    """A script that may become a node.

    Attributes:
        path: the file.
        within: its path below the folder that was named; its own name where it was named itself.
        base: the folder that was named, or the one that the file lies in.
        language: what it is written in.
        data: its bytes.
    """

    path: str
    within: str
    base: str
    language: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Inventory:
    """What was found.

    Attributes:
        scripts: the scripts, by path.
        left: for each path that was left alone, why.
        notebooks: how many of those are notebooks.
        others: how many files are nothing like a script.
    """

    scripts: list[Script] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    notebooks: int = 0
    others: int = 0


def take(paths: list[str]) -> Inventory:
    """What lies at and below ``paths``, each a file or a folder.

    Raises:
        DocumentError: one of them is neither.
    """
    found = Inventory()
    for path in paths:
        if os.path.isdir(path):
            for file, within in _files(path, found):
                _look(found, file, within, path)
        else:
            with document.opened(path, 1 << 62):
                pass  # whoever names a file wants to be told why it cannot be read
            _look(found, path, os.path.basename(path), os.path.dirname(path) or ".", is_named=True)
    found.scripts = list(
        {os.path.realpath(each.path): each for each in reversed(found.scripts)}.values()
    )
    found.scripts.sort(key=lambda each: each.path)
    return found


def _files(root: str, found: Inventory) -> Iterator[tuple[str, str]]:
    """The files below ``root``, each with its path from there, in order."""
    pending = [""]
    while pending:
        prefix = pending.pop()
        folders: list[str] = []
        try:
            with os.scandir(os.path.join(root, prefix)) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            found.left[os.path.join(root, prefix)] = f"cannot be looked into: {error.strerror}"
            continue
        names = {entry.name for entry in entries}
        why = _foreign(prefix, names)
        if why is not None:
            if why:
                found.left[os.path.join(root, prefix)] = why
            continue
        for entry in entries:
            within = os.path.join(prefix, entry.name)
            if entry.is_symlink():
                _leave_link(found, entry)
            elif entry.is_dir(follow_symlinks=False):
                if entry.name[0] != ".":
                    folders.append(within)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path, within
        pending += reversed(folders)


def _foreign(prefix: str, names: set[str]) -> str | None:
    """Why a folder is not looked into; empty where that needs no words, None when it is."""
    name = os.path.basename(prefix)
    if prefix and not names.isdisjoint(FILE_NAMES):
        return ""
    if "pyvenv.cfg" in names:
        return "a virtual environment"
    if prefix and name in VENDORED:
        return "made elsewhere: vendored or built"
    if prefix and name.casefold() in TESTS:
        return "tests"
    if prefix.count(os.sep) >= MOST_LEVELS:
        return f"lies more than {MOST_LEVELS} folders deep"
    return None


def _leave_link(found: Inventory, entry: os.DirEntry[str]) -> None:
    if os.path.splitext(entry.name)[1].lower() in SUFFIXES or "." not in entry.name:
        found.left[entry.path] = "a symbolic link"


def _look(found: Inventory, path: str, within: str, base: str, *, is_named: bool = False) -> None:
    """Take in one file."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix == ".ipynb":
        found.notebooks += 1
        found.left[path] = "a notebook: export what is to run as a script"
        return
    try:
        data = _read(path)
    except DocumentError as error:
        found.left[path] = error.problem
        return
    start = start_of(path, data)
    if start is None:
        found.others += 1
        return
    why = _fault(path, data) or ("" if is_named else reason(path, data, start))
    if why:
        found.left[path] = why
    else:
        found.scripts.append(Script(path, within, base, start.language, data))


def _read(path: str) -> bytes:
    """The bytes of a file, or its beginning when it is larger than code that is read."""
    with document.opened(path, 1 << 62) as (descriptor, size):
        return os.read(descriptor, MOST_BYTES + 1) if size else b""


def _fault(path: str, data: bytes) -> str:
    """What keeps a script from being read; empty when nothing does."""
    if b"\0" in data:
        return "a binary file"
    if len(data) > MOST_BYTES:
        return f"has more than {MOST_BYTES} bytes"
    if not data.strip():
        return "empty"
    if path.endswith((".min.js", ".min.mjs")):
        return "generated: minified"
    return ""
