"""All that is looked at, in order; whatever is broken, the rest is looked at nevertheless."""

import os
from collections.abc import Mapping

from onex.core.workspace import Workspace
from onex.doctor.check import check, guarded
from onex.doctor.environment import environment, libraries
from onex.doctor.running import running
from onex.doctor.settings import of_variables, of_workspace
from onex.doctor.workspace import editor, git, workspace
from onex.errors import WorkspaceError
from onex_types.doctor import Doctor, Observation


def examine(host: Mapping[str, str], flags: Mapping[str, tuple[str, bool]]) -> Doctor:
    """What there is to say of the surroundings.

    Args:
        host: the environment.
        flags: for each variable of onex the flag that bears its name, and whether its value may
            be shown.
    """
    root, start, checks = _root()
    variables, strangers = of_variables(host, flags)
    checks += guarded("environment", "environment", environment)
    checks += strangers
    checks += guarded("libraries", "libraries", libraries)
    if start is not None:
        here = start
        checks += guarded("workspace", "tree", lambda: workspace(root, here))
    checks += guarded("git", "git", lambda: git(root))
    checks += guarded("editor", "editor", lambda: editor(root))
    checks += guarded("running", "running", lambda: running(root))
    return {"checks": checks, "settings": [*of_workspace(root), *variables]}


def _root() -> tuple[str | None, str | None, list[Observation]]:
    """The root of the workspace, the folder that it was looked for from, and what is wrong there."""
    try:
        start = os.getcwd()
    except OSError:
        help_text = "go to a folder that is there"
        gone = check("environment", "working folder", "problem", "it is gone", help_text)
        return None, None, [gone]
    try:
        return Workspace.find(start).root, start, []
    except WorkspaceError:
        return None, start, []
