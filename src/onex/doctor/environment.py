"""Python, onex, and the packages that it stands on: which are there, and which are too old."""

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from onex import __version__
from onex.doctor.check import check
from onex.validate.versions import FULL, admits, parse_range
from onex_types.doctor import Observation

DISTRIBUTION = "onex-contracts"
LEAST_PYTHON = (3, 11)

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*([^;]*?)\s*(?:;(.*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]").search
_MARKED_OFF = re.compile(r"(?:python_version|sys_platform|platform_)").search


def environment() -> Iterator[Observation]:
    """The interpreter, onex itself, and the folders that they need."""
    running = platform.python_version()
    is_old = sys.version_info[:2] < LEAST_PYTHON
    least = ".".join(map(str, LEAST_PYTHON))
    yield check(
        "environment",
        "Python",
        "problem" if is_old else "ok",
        f"{running} on {platform.system() or sys.platform}, {sys.executable or 'of no known place'}",
        f"install onex into Python {least} or newer" if is_old else None,
    )
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield check("environment", "onex", "ok", f"{__version__}, {folder}")
    yield _home()
    yield check("environment", "temporary files", "ok", tempfile.gettempdir())


def _home() -> Observation:
    home = os.path.expanduser("~")
    if os.path.isabs(home) and os.path.isdir(home):
        return check("environment", "home", "ok", home)
    return check(
        "environment", "home", "warning", "there is no home folder", "set HOME to a folder"
    )


def libraries() -> Iterator[Observation]:
    """Each package that onex needs, and each extra, with its version."""
    try:
        asked = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        text = f"{DISTRIBUTION} is not installed, so that its requirements are not known"
        yield check("libraries", DISTRIBUTION, "warning", text, f"pip install {DISTRIBUTION}")
        return
    for requirement in sorted(asked, key=lambda text: ("extra" in text, text.lower())):
        found = _REQUIREMENT.fullmatch(requirement)
        if found is not None:
            yield _library(found[1], found[2], found[3] or "")


def _library(name: str, wanted: str, marker: str) -> Observation:
    """Whether a package is there, and one that will do."""
    extra = _EXTRA(marker)
    install = f"pip install '{name}{wanted}'"
    if extra:
        install = f"pip install '{DISTRIBUTION}[{extra[1]}]'"
    words = f" (extra {extra[1]})" if extra else ""
    try:
        have = version(name)
    except PackageNotFoundError:
        if extra or _MARKED_OFF(marker):
            return check("libraries", name, "ok", f"not installed{words}; to have it: {install}")
        return check("libraries", name, "problem", "not installed", install)
    if _admits(wanted, have):
        return check("libraries", name, "ok", f"{have}{words}")
    found = f"{have} is not {wanted}{words}"
    return check("libraries", name, "warning" if extra else "problem", found, install)


def _admits(wanted: str, have: str) -> bool:
    """Whether a version meets a requirement, as far as its numbers tell."""
    conditions = parse_range(wanted or "*")
    numbers = re.findall(r"[0-9]{1,9}", have)[: FULL if conditions else 0]
    return (
        not conditions or not numbers or admits(conditions, ".".join(str(int(n)) for n in numbers))
    )
