"""Pruning: old run folders are removed, and nothing else.

A folder that goes is renamed first, so that a run is there as a whole or not at all. Links are not
followed, neither among the runs nor inside of them.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence

from onex.core.files import DEBRIS
from onex.core.hold import hold, is_held, try_open
from onex.errors import OnexError
from onex.runs import index, journal
from onex.runs.run_id import parse_run_id

_DEBRIS = re.compile(rf"{re.escape(DEBRIS)}[0-9a-f]{{16}}").fullmatch
REST_US = 3_600_000_000
"""How old what a crash left behind must be to be removed: an hour, as it may be about to be used."""


def candidates(
    root: str, *, keep: int | None = None, before_us: int | None = None
) -> tuple[list[str], list[str]]:
    """The runs that are to go, the oldest first; and those that would, but are still going on.

    Args:
        root: the workspace.
        keep: how many of the newest stay.
        before_us: only what began before this moment goes.
    """
    names = [entry for entry in index.newest(root) if is_run_folder(root, entry["run_id"])]
    old = [
        entry["run_id"]
        for place, entry in enumerate(names)
        if (keep is None or place >= keep)
        and (before_us is None or entry["started_us"] < before_us)
    ]
    old.reverse()
    going_on = [name for name in old if is_held(_journal(root, name))]
    return [name for name in old if name not in going_on], going_on


def is_run_folder(root: str, name: str) -> bool:
    """Whether there is a run folder of that name: a real one, not a link to one."""
    path = index.folder_of(root, name)
    return parse_run_id(name) is not None and os.path.isdir(path) and not os.path.islink(path)


def prune(root: str, names: Sequence[str]) -> Iterator[str]:
    """Remove run folders, one after the other; the name of each that is gone.

    A run that goes on meanwhile stays.

    Raises:
        OnexError: one could not be removed.
    """
    gone: set[str] = set()
    try:
        for name in names:
            if is_run_folder(root, name) and _remove(root, name):
                gone.add(name)
                yield name
    finally:
        if gone:
            index.forget(root, gone)


def sweep(root: str, now_us: int) -> None:
    """Remove what crashes have left behind among the runs, an hour later or more."""
    place = os.path.join(root, index.PLACE)
    try:
        names = os.listdir(place)
    except OSError:
        return
    for name in filter(_DEBRIS, names):
        path = os.path.join(place, name)
        try:
            age_us = now_us - os.lstat(path).st_mtime_ns // 1000
        except OSError:
            continue
        if age_us < REST_US or is_held(os.path.join(path, journal.FILE_NAME)):
            continue
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def _remove(root: str, name: str) -> bool:
    """Remove one run folder; whether it could be, as nobody was at work on it."""
    path = index.folder_of(root, name)
    descriptor = try_open(_journal(root, name))
    try:
        if descriptor is not None and not hold(descriptor):
            return False
        going = os.path.join(root, index.PLACE, f"{DEBRIS}{os.urandom(8).hex()}")
        os.rename(path, going)
        shutil.rmtree(going)
    except OSError as error:
        raise OnexError(f"{path}: cannot be removed: {error.strerror}") from error
    finally:
        if descriptor is not None:
            os.close(descriptor)
    return True


def _journal(root: str, name: str) -> str:
    return os.path.join(index.folder_of(root, name), journal.FILE_NAME)
