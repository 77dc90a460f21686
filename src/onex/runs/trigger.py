"""What started a run, told by the environment that services of continuous integration set (OVC-07)."""

import getpass
import os
from collections.abc import Mapping

from onex_types.common import Trigger


def detect(environ: Mapping[str, str]) -> Trigger:
    """The trigger behind ``environ``.

    A scheduled workflow of GitHub is `github_schedule`, every other event of GitHub
    `github_dispatch`, with the event as source; all else is `local_cli`.
    """
    event = environ.get("GITHUB_EVENT_NAME")
    if environ.get("GITHUB_ACTIONS") == "true" or event:
        return {
            "type": "github_schedule" if event == "schedule" else "github_dispatch",
            "source": event or None,
            "actor": environ.get("GITHUB_ACTOR") or None,
        }
    return {"type": "local_cli", "source": None, "actor": _user()}


def detect_trigger() -> tuple[str, str | None, str | None]:
    """Type, source and actor of what started this program, as `RunWriter.start` takes them."""
    found = detect(os.environ)
    return found["type"], found["source"], found["actor"]


def _user() -> str | None:
    """The user's name; None on a machine that knows none (FAULTS S7)."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return None
