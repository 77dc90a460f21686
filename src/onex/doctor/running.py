"""What running nodes takes: executors, isolation, and the folder in which verdicts are kept."""

import os
from collections.abc import Iterator
from importlib.metadata import entry_points

from onex.core.executors import BUILT_IN, GROUP
from onex.core.text import plural
from onex.core.workspace import Workspace
from onex.doctor.check import check
from onex.errors import DocumentError
from onex.runtime.gate import AVAILABLE
from onex.validate.cache import home
from onex_types.doctor import Observation

MOST_FILES = 100_000


def running(root: str | None) -> Iterator[Observation]:
    """Executors, isolation, and the cache of the workspace at ``root``."""
    yield check("running", "executors", "ok", f"built in: {', '.join(BUILT_IN)}")
    yield from _registered()
    if hasattr(os, "fork"):
        text = f"level `{AVAILABLE}`: it stops accidents, not malice; there is no stronger one yet"
        yield check("running", "isolation", "ok", text)
    else:
        text = "this platform cannot fork: nodes of the types python and cli do not run here"
        yield check("running", "isolation", "warning", text, "run them on Linux or macOS")
    yield _cache(root)


def _registered() -> Iterator[Observation]:
    """The executors that other packages register; none of their code is called."""
    seen = set(BUILT_IN)
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        owner = f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"
        name = f"executor {point.name}"
        if point.name in seen:
            text = f"{owner} registers a name that is taken"
            yield check("running", name, "warning", text, "uninstall one of the packages")
        else:
            yield check("running", name, "ok", f"registered by {owner}")
        seen.add(point.name)


def _cache(root: str | None) -> Observation:
    """Where verdicts on nodes are kept, and how much that takes."""
    place = (root and _named(root)) or home()
    if place is None:
        text = "nowhere: there is no home folder"
        return check("running", "cache", "warning", text, "set XDG_CACHE_HOME to a folder")
    if not os.path.isdir(place):
        return check("running", "cache", "ok", f"{place}: nothing kept")
    files, size = 0, 0
    for here, _, names in os.walk(place):
        files += len(names)
        size += sum(os.lstat(os.path.join(here, name)).st_size for name in names)
        if files > MOST_FILES:
            break
    return check("running", "cache", "ok", f"{place}: {plural(files, 'file')}, {size // 1024} KiB")


def _named(root: str) -> str | None:
    """The folder that the settings name."""
    try:
        name = Workspace(root).config.get("cache-dir")
    except DocumentError:
        return None  # told where the settings are looked at
    return os.path.join(root, name) if name else None
