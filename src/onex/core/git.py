"""What git has recorded, asked of git itself in such a way that it runs nothing.

A repository names programs in its configuration and attributes: hooks, monitors of the file system,
filters of contents, differs, pagers, transports. Only plumbing is called that looks at objects and
at the names in the index; contents of the work tree are compared by onex itself, so that no filter
is ever asked. Nothing is written and nothing is fetched.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from typing import NamedTuple

from onex.core import document
from onex.core.opening import HAS_MODES
from onex.core.text import is_unicode, printable
from onex.errors import DocumentError, OnexError, UsageError

SECONDS = 120
"""How long git may take."""

MOST_BYTES = 64 * 1024 * 1024
"""How large a file may be that is compared; a larger one counts as changed."""

SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
)
"""Options before the command: no program that the repository names, no lock, no transport."""

SHALLOW_HELP = "name one that is there; a shallow clone has few: `git fetch --depth=100 origin NAME` brings more"

LINK = "120000"
EXECUTABLE = "100755"
PLAIN = frozenset({"100644", "100664"})

SHA256_DIGITS = 64


class Entry(NamedTuple):
    """A file in a commit: its mode, as git writes it, and the name of its object."""

    mode: str
    object: str


def top(folder: str) -> str | None:
    """The folder of the work tree around ``folder``, found without asking git; None outside any."""
    place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    return place


def commit_of(root: str, revision: str) -> str:
    """The commit that ``revision`` names in the repository around ``root``.

    Raises:
        OnexError: there is none, or git cannot be asked.
    """
    if not is_unicode(revision) or "\0" in revision:
        raise UsageError(f"{printable(revision)}: this is no name of a commit")
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    status, out, said = _run(root, asked)
    if status:
        raise UsageError(
            f"{printable(revision)}: git knows no such commit at {root}"
            + (f": {printable(said)}" if said else ""),
            help=SHALLOW_HELP,
        )
    return out.decode("ascii", "replace").strip()


def files_of(root: str, commit: str) -> dict[str, Entry]:
    """The files of ``commit`` at or below ``root``, by their paths from there."""
    found = {}
    out = _asked(root, ["ls-tree", "-r", "-z", "--end-of-options", commit])
    for row in out.split(b"\0")[:-1]:
        about, _, path = row.partition(b"\t")
        mode, _, name = about.decode("ascii", "replace").split(" ", 2)
        found[os.fsdecode(path)] = Entry(mode, name)
    return found


def names(root: str, *, tracked: bool = False) -> set[str]:
    """The files at or below ``root`` that git tracks, or would take in; not what it ignores.

    Args:
        root: a folder.
        tracked: whether only those are meant that git tracks.
    """
    others = [] if tracked else ["--others", "--exclude-standard"]
    asked = ["ls-files", "-z", "--cached", *others]
    return set(map(os.fsdecode, _asked(root, asked).split(b"\0")[:-1]))


def is_unborn(root: str) -> bool:
    """Whether the repository around ``root`` has no commit yet.

    Raises:
        OnexError: there is no repository, or git cannot be asked.
    """
    _asked(root, ["rev-parse", "--git-dir"])
    return _run(root, ["rev-parse", "--verify", "--quiet", "HEAD"])[0] != 0


def is_same(path: str, entry: Entry | None) -> bool:
    """Whether the file at ``path`` is what ``entry`` records; no file and no entry are the same.

    Contents are compared as they are: where git converts line ends or keeps a pointer, they differ.
    """
    try:
        mode = os.lstat(path).st_mode
        if entry is None or entry.mode not in _modes(mode):
            return False
        if stat.S_ISLNK(mode):
            data = os.fsencode(os.readlink(path))
        else:
            data = document.read_bytes(path, MOST_BYTES, follow=False)
    except (FileNotFoundError, NotADirectoryError):
        return entry is None
    except (OSError, DocumentError):
        return False
    return _name(data, entry) == entry.object


def _modes(mode: int) -> frozenset[str]:
    """How git may write the mode of such a file; of what it does not record, nothing."""
    if stat.S_ISLNK(mode):
        return frozenset({LINK})
    if not stat.S_ISREG(mode):
        return frozenset()
    if not HAS_MODES:
        return PLAIN | {EXECUTABLE}
    return frozenset({EXECUTABLE}) if mode & stat.S_IXUSR else PLAIN


def _name(data: bytes, entry: Entry) -> str:
    """The name that git gives to a file with that content."""
    kind = hashlib.sha256 if len(entry.object) == SHA256_DIGITS else hashlib.sha1
    return kind(b"blob %d\0" % len(data) + data).hexdigest()


def _asked(root: str, arguments: list[str]) -> bytes:
    status, out, said = _run(root, arguments)
    if status:
        raise OnexError(
            f"{root}: git cannot be read: {printable(said) or f'exit status {status}'}",
            help=f"see what `git {arguments[0]}` says there",
        )
    return out


def _run(root: str, arguments: list[str]) -> tuple[int, bytes, str]:
    """The exit status of git, what it wrote, and the first row of what it said.

    Raises:
        OnexError: there is no git, or it does not come to an end.
    """
    import shutil  # noqa: PLC0415 - as below
    import subprocess  # noqa: PLC0415 - slow to import, and few calls ask git

    program = shutil.which("git")
    # A search path with the working folder in it would let the repository name the program.
    if program is None or not os.path.isabs(program):
        raise OnexError("git was not found on the search path", help="install git")
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed program and options; see the module's head
            [program, *SAFE, *arguments],
            cwd=root,
            env=_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OnexError(f"{root}: git did not answer within {SECONDS} s") from error
    rows = ended.stderr.decode(errors="replace").strip().splitlines()
    return ended.returncode, ended.stdout, rows[0] if rows else ""


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment without what points git elsewhere: a hook's `GIT_DIR`, programs, traces."""
    kept = {key: value for key, value in given.items() if not key.startswith("GIT_")}
    return kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
