"""What ``onex validate`` uses to judge: processes, and verdicts from other times."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onex.cli.shards import part_of
from onex.cli.validate_options import Asked
from onex.core import config
from onex.core.workspace import Workspace
from onex.validate.judge import Means
from onex.validate.rule import Rule
from onex.validate.workers import default_jobs

if TYPE_CHECKING:
    from onex.validate.cache import Cache

SETTING = "cache-dir"


def means_of(asked: Asked, workspace: Workspace) -> Means:
    """What may be used for the nodes of ``workspace``.

    Raises:
        OnexError: the settings of the workspace cannot be read, or no part of it is meant.
    """

    def cache(rules: Sequence[Rule]) -> "Cache | None":
        from onex.validate.cache import home, load  # noqa: PLC0415 - few nodes do without

        named = _setting(workspace)
        folder = named or home()
        if folder is None:
            return None
        return load(folder, workspace.root, rules, is_inside=named is not None)

    part = part_of(asked.shards, asked.shard)
    return Means(asked.jobs or default_jobs(), None if asked.no_cache else cache, part)


def _setting(workspace: Workspace) -> str | None:
    """The folder that the settings name; it lies in the workspace, whose author named it."""
    name = None
    if config.may_hold(workspace.root, SETTING):
        name = workspace.config.get("cache-dir")
    return os.path.join(workspace.root, name) if name else None
