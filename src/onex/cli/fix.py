"""``onex validate --fix``: documents mended, written as a whole or shown as a diff."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress

import click

from onex.cli.common import FINDINGS, OK
from onex.cli.messages import print_error, relative, row, say
from onex.cli.validate_options import Asked
from onex.core import document
from onex.core.files import tree_lock, write_atomic
from onex.core.text import plural
from onex.core.workspace import Workspace, find_root
from onex.errors import DocumentError, OnexError
from onex.validate import baseline
from onex.validate.engine import Verdict
from onex.validate.fix import Mended
from onex.validate.fix import mend as mend_all
from onex_types.finding import Finding

Judged = tuple[Verdict, Workspace | None]
Choose = Callable[[Verdict, Workspace | None, Asked], Verdict]


def mend(judge: Callable[[], Judged], choose: Choose, asked: Asked) -> Mended:
    """Mend the findings that count, and write the documents unless a diff is all that is wanted.

    Args:
        judge: the verdict over what is meant, and its workspace.
        choose: the findings of a verdict that count.
        asked: the options.

    Raises:
        OnexError: something cannot be read or written; all files are then as they were.
    """
    workspaces: dict[int, Workspace | None] = {}
    path = asked.baseline
    held = baseline.read(path) if path is not None and os.path.lexists(path) else None

    def judged() -> Verdict:
        verdict, workspace = judge()
        workspaces[id(verdict)] = workspace
        return verdict

    def counts(verdict: Verdict) -> list[Finding]:
        workspace = workspaces[id(verdict)]
        chosen = choose(verdict, workspace, asked)
        if held is not None:
            chosen, _ = baseline.hide(chosen, held, workspace.root if workspace else os.getcwd())
        return chosen.findings

    with nullcontext() if asked.diff else tree_lock(_root(asked.nodes)):
        mended = mend_all(judged, counts, is_unsafe=asked.unsafe_fixes)
        if not asked.diff:
            _write(mended)
    for fault in mended.faults:
        print_error(OnexError(fault))
    return mended


def show(mended: Mended) -> int:
    """Print what would change as one diff; the exit status."""
    for path in sorted(mended.after):
        text = "".join(_diff(relative(path), mended.before[path], mended.after[path]))
        if sys.stdout.isatty():
            text = "".join(f"{row(line)}\n" for line in text.split("\n")[:-1])
        click.echo(text.encode(), nl=False)
    files, found = plural(len(mended.after), "file"), plural(mended.count, "finding")
    say(f"{files} would change: {found} fixable", err=True)
    return FINDINGS if mended.after else OK


def _root(names: tuple[str, ...]) -> str:
    """The folder whose lock keeps other commands away."""
    start = names[0] if names and os.path.isdir(names[0]) else "."
    return find_root(start) or os.path.dirname(os.path.abspath(names[0] if names else "."))


def _write(mended: Mended) -> None:
    """Write all documents, or put back those that were written."""
    for path, before in mended.before.items():
        if _read(path) != before:
            raise OnexError(
                f"{path}: was changed meanwhile; nothing was written",
                help="run the command again",
            )
    written: list[str] = []
    is_done = False
    try:
        # A folder's index comes behind those below it: what an index names is there.
        for path in sorted(mended.after, reverse=True):
            written.append(path)
            write_atomic(path, mended.after[path], _mode(path))
        is_done = True
    finally:
        if not is_done:
            for path in written:
                _put_back(path, mended.before[path])


def _put_back(path: str, before: bytes | None) -> None:
    """Let a file hold what it held, as far as the disk still takes it."""
    if _read(path) == before:
        return
    with suppress(OnexError, OSError):
        if before is None:
            os.unlink(path)
        else:
            write_atomic(path, before, _mode(path))


def _mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode) if os.path.lexists(path) else 0o644


def _read(path: str) -> bytes | None:
    try:
        return document.read_bytes(path)
    except DocumentError:
        return None


def _diff(name: str, before: bytes | None, after: bytes) -> Iterator[str]:
    """The lines of a unified diff of one file, as `patch` reads them."""
    import difflib  # noqa: PLC0415 - wanted for this alone

    old, new = ((data or b"").decode().splitlines(keepends=True) for data in (before, after))
    start = "/dev/null" if before is None else name
    for line in difflib.unified_diff(old, new, start, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
