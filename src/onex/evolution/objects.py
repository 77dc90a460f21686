"""What git has of a revision, read through one `git cat-file` that can do nothing else.

A repository is hostile: its settings may name programs to call for hooks, file systems, transports
and missing objects. All of these are switched off; nothing is checked out and nothing written. What
is asked for goes through standard input, where nothing is an option.
"""

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from onex.core.git import SAFE, SHALLOW_HELP
from onex.core.text import MAX_BYTES, printable, too_large
from onex.errors import OnexError, UsageError

SECONDS = 60
"""How long git may take for all that it is asked."""

SHA1_DIGITS = 40

MOST_TREE_BYTES = 16 * 1024 * 1024

ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # whatever the settings of the repository allow
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""What git is told besides; a newer one fetches nothing, and an older one has nothing to fetch with."""

_KEPT = frozenset({"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_OBJECT_DIRECTORY"})
"""In a hook, what is pushed lies where these say."""

_REVISION = re.compile(r"[A-Za-z0-9_.@][A-Za-z0-9_./@{}~^+-]{0,255}").fullmatch


class Repository:
    """The objects of a repository."""

    def __init__(self, folder: str, process: "subprocess.Popen[bytes]") -> None:
        self._folder, self._process = folder, process

    def commit(self, revision: str) -> str:
        """The commit that ``revision`` means.

        Raises:
            OnexError: there is none.
        """
        if not _REVISION(revision) or "^{" in revision:
            raise UsageError(
                f"{printable(revision)}: not a revision that is understood here",
                help="name a branch, a tag or a commit, for example HEAD~1 or v1.2.0",
            )
        found = self._ask(f"{revision}^{{commit}}", MAX_BYTES)
        if found is None or found[1] != "commit":
            raise OnexError(
                f"{revision}: no such commit in {self._folder}",
                help=SHALLOW_HELP,
            )
        return found[0]

    def tree(self, spec: str) -> dict[str, tuple[str, str]]:
        """The entries of the folder that ``spec`` means, each with its mode and its object.

        Raises:
            OnexError: git cannot be asked, or does not have it.
        """
        found = self._ask(spec, MOST_TREE_BYTES)
        if found is None or found[1] != "tree":
            raise self._lacks(spec)
        try:
            return dict(_entries(found[2], len(found[0]) // 2))
        except ValueError as error:
            raise OnexError(
                f"{self._folder}: {found[0]} is no folder that git could have made"
            ) from error

    def blob(self, name: str, path: str, limit: int = MAX_BYTES) -> bytes:
        """The content of the file with that object name, which is called ``path`` in errors.

        Raises:
            OnexError: it is too large, or git does not have it: that says nothing of what the file was.
        """
        found = self._ask(name, limit, path)
        if found is None or found[1] != "blob":
            raise self._lacks(path)
        return found[2]

    def _ask(self, spec: str, limit: int, path: str = "") -> tuple[str, str, bytes] | None:
        """Name, kind and content of an object; None when there is none."""
        to_git = cast("IO[bytes]", self._process.stdin)
        from_git = cast("IO[bytes]", self._process.stdout)
        try:
            to_git.write(spec.encode(errors="surrogateescape") + b"\n")
            to_git.flush()
        except OSError:
            raise self._failed() from None
        head = from_git.readline(4096).split()
        if not head:
            raise self._failed()
        if len(head) != 3 or not head[2].isdigit():  # noqa: PLR2004 - name, kind and size
            return None
        name, kind, size = head[0].decode(), head[1].decode(), int(head[2])
        if size > limit:
            raise too_large(path or spec, size, limit)
        data = from_git.read(size + 1)
        if len(data) != size + 1:
            raise self._failed()
        if name != _name(kind, data[:-1], len(name)):
            raise OnexError(f"{self._folder}: the object {name} is damaged", help="run `git fsck`")
        return name, kind, data[:-1]

    def _lacks(self, what: str) -> OnexError:
        """What a clone without all objects, or a damaged one, does not hold."""
        return OnexError(
            f"{self._folder}: git does not have the content of {printable(what)}",
            help="a partial clone leaves contents out: fetch them first, with `git fetch --refetch --no-filter`",
        )

    def _failed(self) -> OnexError:
        """Why git has ended."""
        self._process.kill()
        said = cast("IO[bytes]", self._process.stderr).read(MAX_BYTES).decode(errors="replace")
        lines = said.strip().splitlines()
        reason = printable(lines[0].removeprefix("fatal: ")) if lines else "git gives no answer"
        return OnexError(f"{self._folder}: {reason}", help="see whether `git log` works there")


@contextmanager
def opened(git_folder: str) -> Iterator[Repository]:
    """The repository whose `.git` is ``git_folder``.

    Raises:
        OnexError: there is no git.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    program = shutil.which("git")
    # A search path with the working folder in it would let the repository name the program.
    if program is None or not os.path.isabs(program):
        raise OnexError(
            "git was not found on the search path",
            help="install git, or compare with a folder: `onex diff --against DIR`",
        )
    process = subprocess.Popen(  # noqa: S603 - a fixed program and options, without a shell
        [program, *SAFE, f"--git-dir={git_folder}", "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, **ENVIRONMENT},
    )
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    try:
        yield Repository(git_folder, process)
    finally:
        watch.cancel()
        watch.join()
        process.kill()
        process.communicate()


def _name(kind: str, data: bytes, digits: int) -> str:
    """The name that an object has by its content, which git does not always look at."""
    algorithm = "sha1" if digits == SHA1_DIGITS else "sha256"
    found = hashlib.new(algorithm, usedforsecurity=False)
    found.update(f"{kind} {len(data)}\0".encode())
    found.update(data)
    return found.hexdigest()


def _entries(data: bytes, width: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """The entries of a tree object, whose object names have ``width`` bytes."""
    start = 0
    while start < len(data):
        space = data.index(b" ", start)
        end = data.index(b"\0", space)
        name = data[end + 1 : end + 1 + width].hex()
        yield (
            os.fsdecode(data[space + 1 : end]),
            (data[start:space].decode("ascii", "replace"), name),
        )
        start = end + 1 + width
