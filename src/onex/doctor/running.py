"""What running nodes takes: executors, isolation, and the folder in which verdicts are kept."""

import os
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points

from onex.core.executors import BUILT_IN, GROUP
from onex.core.text import plural
from onex.doctor.check import check
from onex.runtime.gate import AVAILABLE
from onex_types.doctor import Observation

FOLDER = "onex"
MOST_FILES = 100_000


def running(host: Mapping[str, str] = os.environ) -> Iterator[Observation]:
    """Executors, isolation and cache."""
    yield check("running", "executors", "ok", f"built in: {', '.join(BUILT_IN)}")
    yield from _registered()
    if hasattr(os, "fork"):
        text = f"level `{AVAILABLE}`: it stops accidents, not malice; there is no stronger one yet"
        yield check("running", "isolation", "ok", text)
    else:
        text = "this platform cannot fork: nodes of the types python and cli do not run here"
        yield check("running", "isolation", "warning", text, "run them on Linux or macOS")
    yield cache(host)


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


def cache(host: Mapping[str, str]) -> Observation:
    """Where verdicts on files are kept, and how much that takes."""
    place = cache_place(host)
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


def cache_place(host: Mapping[str, str]) -> str | None:
    """The folder for what onex keeps of its own; None where there is no place for it."""
    base = host.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, FOLDER)
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", FOLDER) if os.path.isabs(home) else None
