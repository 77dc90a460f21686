"""What `onex.toml` says of `onex validate`, and how the command line changes it."""

import os
from collections.abc import Sequence
from typing import cast

from onex.core import config
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex.validate.engine import FailOn
from onex.validate.select import EVERY, Choice, resolve
from onex_types.config import Validation


def choose(
    workspace: Workspace | None,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: str | None = None,
) -> Choice:
    """What counts: what is given here, else what the settings of the workspace say.

    Raises:
        OnexError: a setting is none, or means no rule; the message says where it stands.
    """
    found, origin = _table(workspace)
    wanted = _resolve(select, "--select", found.get("select"), f"{origin}.select")
    unwanted = _resolve(ignore, "--ignore", found.get("ignore"), f"{origin}.ignore")
    codes = (EVERY if wanted is None else wanted) - (unwanted or frozenset())
    if not codes:
        raise UsageError(
            "no rule is left to look for; a gate that looks for nothing does not pass",
            help=f"see --select, --ignore and the settings {origin}",
        )
    per_path = tuple(
        (pattern, resolve(part["ignore"], f'{origin}.per_path."{pattern}".ignore'))
        for pattern, part in found.get("per_path", {}).items()
    )
    return Choice(codes, per_path, cast("FailOn", fail_on or found.get("fail_on") or "error"))


def _table(workspace: Workspace | None) -> tuple[Validation, str]:
    """The table of the settings, and where it stands."""
    name = "onex.toml: validate"
    if workspace is None or not config.may_hold(workspace.root, "validate"):
        return {}, name
    if os.path.lexists(os.path.join(workspace.root, config.FILE_NAME)):
        name = "onex.toml: validate"
    else:
        name = "pyproject.toml: tool.onex.validate"
    return workspace.config.get("validate", {}), name


def _resolve(
    given: Sequence[str], option: str, setting: Sequence[str] | None, origin: str
) -> frozenset[str] | None:
    """The rules that are meant, by the command line or else by the settings; None by neither."""
    if given:
        names = [name for text in given for name in text.split(",") if name.strip()]
        return resolve(names, option)
    return None if setting is None else resolve(setting, origin)
