"""The baseline of ``onex validate``: read, held to, and written."""

import os

from onex.cli.common import write_output
from onex.cli.messages import relative, say
from onex.core.text import plural
from onex.errors import DocumentError
from onex.validate import baseline
from onex.validate.engine import Verdict


def hold(verdict: Verdict, path: str, root: str, *, write: bool, is_whole: bool) -> Verdict:
    """The verdict without what the baseline in the file ``path`` holds.

    Args:
        verdict: the verdict.
        path: the baseline.
        root: the workspace.
        write: whether to write it first: as it is found, or smaller than it was.
        is_whole: whether what was not found is mended.

    Raises:
        OnexError: it cannot be read or written, or would grow.
    """
    exists = os.path.lexists(path)
    if not exists and not write:
        raise DocumentError(path, "no such baseline", help="make it with `--write-baseline`, once")
    held = baseline.read(path) if exists else None
    if write:
        found = baseline.shrunk(verdict, held, root)
        if found != held:
            write_output(path, "".join(f"{line}\n" for line in baseline.lines(found)))
        before = found if held is None else held
        fewer = before.total() - found.total()
        told = plural(found.total(), "finding") + (f", {fewer} fewer" if fewer else "")
        say(f"{relative(path)} holds {told}", err=True)
        held = found
    verdict, left = baseline.hide(verdict, held or baseline.Held(), root)
    if left and is_whole:
        gone = plural(left.total(), "finding")
        say(
            f"{relative(path)}: {gone} mended; take out with `--write-baseline`",
            err=True,
        )
    return verdict
