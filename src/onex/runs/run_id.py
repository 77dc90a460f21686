"""Run ids: `<utc>__<pipeline id>__<sha7>` (OVC-02), which are also the names of run folders."""

import os
import re
from datetime import UTC, datetime

from onex.core import document
from onex.errors import DocumentError

NO_COMMIT = "0000000"
"""The commit of a run outside git."""

MOST_BYTES = 16 * 1024 * 1024
"""How much of a file of git is read; a list of packed refs may be long."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?").fullmatch


def format_run_id(at_us: int, pipeline_id: str, sha7: str) -> str:
    """The id of a run that started ``at_us`` microseconds after the epoch."""
    start = datetime.fromtimestamp(at_us // 1_000_000, UTC)
    return f"{start:%Y%m%dT%H%M%SZ}__{pipeline_id}__{sha7}"


def pipeline_id_of(node_id: str) -> str:
    """A node id as a pipeline id, which knows no dots and no underscores."""
    return re.sub(r"[^A-Za-z0-9]", "-", node_id)


def find_commit(root: str) -> str:
    """The first seven digits of the commit that is checked out at ``root``.

    Git's own files are read, and nothing is executed: a repository may name programs that git
    would run. Where there is no commit, ``NO_COMMIT``.
    """
    place = root
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return NO_COMMIT
        place = above
    git = _git_folder(os.path.join(place, ".git"))
    head = _line(os.path.join(git, "HEAD"))
    if not head.startswith("ref: "):
        return _short(head)
    common = os.path.join(git, _line(os.path.join(git, "commondir")))
    name = head.removeprefix("ref: ")
    for folder in (git, common):
        commit = _line(os.path.join(folder, name))
        if commit:
            return _short(commit)
    return _short(_packed(os.path.join(common, "packed-refs"), name))


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


def _short(commit: str) -> str:
    return commit[:7] if _COMMIT(commit) else NO_COMMIT


def _line(path: str) -> str:
    return _text(path).partition("\n")[0].strip()


def _text(path: str) -> str:
    """What ``path`` holds; nothing when it is no file that can be read."""
    try:
        return document.read_bytes(path, MOST_BYTES).decode(errors="replace")
    except DocumentError:
        return ""
