"""What the commands of ``onex runs`` share: the runs that arguments name, and how each stands."""

import os
from collections.abc import Sequence

from onex.core.workspace import Workspace, find_root
from onex_types.index_entry import IndexEntry

CUT_OFF, GOING_ON = "cut off", "going on"
MOST = 1_000_000
"""How many runs a number may stand for."""


def state(root: str, entry: IndexEntry) -> str:
    """How a run ended; one that did not is still going on, or was cut off."""
    if entry["finished"]:
        return entry["outcome"]
    from onex.core.hold import is_held  # noqa: PLC0415
    from onex.runs import index, journal  # noqa: PLC0415 - most runs have ended

    path = os.path.join(index.folder_of(root, entry["run_id"]), journal.FILE_NAME)
    return GOING_ON if is_held(path) else CUT_OFF


def moment(text: str, flag: str) -> int:
    """The moment that the words of a flag mean, in microseconds since 1970.

    Raises:
        UsageError: they mean none.
    """
    from onex.report.since import since  # noqa: PLC0415 - wanted with these flags alone
    from onex.results.clock import SystemClock  # noqa: PLC0415

    return since(text, SystemClock().wall_us(), flag=flag)


def folders_of(names: Sequence[str]) -> list[str]:
    """The run folders that are meant, each a folder, a run id, or how one begins.

    Raises:
        UsageError: one means no run.
    """
    from onex.runs.load import find_run  # noqa: PLC0415 - not for --help

    root = find_root()  # run folders can be looked at without a workspace, too
    return [
        os.path.abspath(name) if os.path.isdir(name) else find_run(name, root) for name in names
    ]


def every_folder() -> list[str]:
    """The run folders of the workspace, the oldest first."""
    from onex.runs import index  # noqa: PLC0415 - not for --help
    from onex.runs.prune import is_run_folder  # noqa: PLC0415

    root = Workspace.find().root
    names = [name for name in reversed(index.run_ids(root)) if is_run_folder(root, name)]
    return [index.folder_of(root, name) for name in names]


def folders_cut_off() -> list[str]:
    """The folders of the runs that were cut off, the oldest first."""
    from onex.runs import index  # noqa: PLC0415 - not for --help

    root = Workspace.find().root
    names = [entry["run_id"] for entry in index.newest(root) if state(root, entry) == CUT_OFF]
    return [index.folder_of(root, name) for name in reversed(names)]


def root_of(folder: str) -> str | None:
    """The workspace that a run folder is one of; None when it is kept elsewhere."""
    from onex.runs import index  # noqa: PLC0415 - not for --help

    root = find_root()
    if root is None or folder != index.folder_of(root, os.path.basename(folder)):
        return None
    return root
