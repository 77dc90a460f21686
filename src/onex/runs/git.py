"""The commit that is checked out, read from git's own files.

Nothing is executed: a repository may name programs that git would run.
"""

import os
import re

from onex.core import document
from onex.errors import DocumentError
from onex_types.common import Git

NO_COMMIT = "0000000"
"""The first seven digits of the commit of a run outside git."""

MOST_BYTES = 16 * 1024 * 1024
"""How much of a file of git is read; a list of packed refs may be long."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?").fullmatch


def find_git(root: str) -> Git:
    """The commit that is checked out at ``root``, and its branch; zeros where there is none."""
    git = git_folder(root)
    if git is None:
        return _git("", None)
    head = _line(os.path.join(git, "HEAD"))
    if not head.startswith("ref: "):
        return _git(head, None)
    common = os.path.join(git, _line(os.path.join(git, "commondir")))
    name = head.removeprefix("ref: ")
    ref = name.removeprefix("refs/heads/")
    for folder in (git, common):
        commit = _line(os.path.join(folder, name))
        if commit:
            return _git(commit, ref)
    return _git(_packed(os.path.join(common, "packed-refs"), name), ref)


def _git(commit: str, ref: str | None) -> Git:
    if _COMMIT(commit):
        return {"sha": commit, "sha7": commit[:7], "ref": ref}
    return {"sha": None, "sha7": NO_COMMIT, "ref": None}


def git_folder(root: str) -> str | None:
    """What git keeps of the repository around ``root``; None where there is none."""
    place = root
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    return _git_folder(os.path.join(place, ".git"))


def _git_folder(path: str) -> str:
    """The folder behind `.git`, which is a file in a work tree of its own."""
    if os.path.isdir(path):
        return path
    target = _line(path).removeprefix("gitdir: ")
    return os.path.join(os.path.dirname(path), target)


def _packed(path: str, name: str) -> str:
    for line in _text(path).splitlines():
        commit, _, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def _line(path: str) -> str:
    return _text(path).partition("\n")[0].strip()


def _text(path: str) -> str:
    """What ``path`` holds; nothing when it is no file that can be read."""
    try:
        return document.read_bytes(path, MOST_BYTES).decode(errors="replace")
    except DocumentError:
        return ""
