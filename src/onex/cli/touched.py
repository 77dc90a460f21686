"""``onex validate --touched``: the part of a workspace that a commit touches."""

import os
from collections.abc import Sequence
from dataclasses import replace

from onex.core import config
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.errors import UsageError, WorkspaceError
from onex.validate.engine import Verdict, validate
from onex.validate.touched import in_commit, touched

BASE = "PRE_COMMIT_FROM_REF"
"""The variable in which pre-commit and prek say what the range of commits begins with."""


def judge(
    folder: str, names: Sequence[str], *, today: str, preview: bool
) -> tuple[Verdict, Workspace]:
    """The verdict over the nodes that hold ``names`` or lost a file, and over the tree.

    That no node is touched is no failure: most commits touch none. The verdict says so.

    Raises:
        OnexError: ``folder`` lies in no workspace, or git cannot be asked.
    """
    try:
        workspace = Workspace.find(folder)
    except WorkspaceError as error:
        raise UsageError(
            error.message,
            help="name the folder of the workspace, as in `args: [--touched=nodes, --]`",
        ) from error
    root, refs = workspace.root, workspace.tree.nodes
    found = touched(root, refs, names, os.environ.get(BASE) or "HEAD")
    verdict = validate(
        workspace,
        found,
        with_tree=in_commit(root),
        today=today,
        preview=preview,
        edition=config.edition(root),
    )
    scope = f"{plural(len(found), 'node')} of {len(refs)} touched"
    return replace(verdict, scope=scope if found else f"no node of {len(refs)} touched"), workspace
