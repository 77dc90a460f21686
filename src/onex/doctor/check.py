"""One thing that is looked at, and how it is told when the looking itself goes wrong."""

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from onex.errors import OnexError
from onex_types.doctor import Observation

Area: TypeAlias = Literal["environment", "libraries", "workspace", "git", "editor", "running"]
State: TypeAlias = Literal["ok", "warning", "problem"]
Look: TypeAlias = Callable[[], Iterator[Observation]]


def check(
    area: Area, name: str, state: State, found: str, help_text: str | None = None
) -> Observation:
    """A check that came to ``state``."""
    return {"area": area, "name": name, "state": state, "found": found, "help": help_text}


def guarded(area: Area, name: str, look: Look) -> list[Observation]:
    """What ``look`` finds; what keeps it from looking is a problem itself."""
    found: list[Observation] = []
    try:
        for one in look():
            found.append(one)  # noqa: PERF402 - what was found before it went wrong counts
    except OnexError as error:
        found.append(check(area, name, "problem", error.message, error.help))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        found.append(check(area, name, "problem", f"{place}{error.strerror or error}"))
    except ValueError as error:
        found.append(check(area, name, "problem", str(error) or "cannot be made out"))
    return found
