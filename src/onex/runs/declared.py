"""What a program declares of its run: the words that it has for that, and what they mean."""

import json
import os
from collections.abc import Iterable
from typing import Literal, TypeAlias, cast, get_args, get_type_hints

from onex.core.canonical import golden_bytes
from onex.core.text import unicode_text
from onex.core.values import JSON
from onex.core.words import suggest
from onex.errors import UsageError
from onex.results.status import Status
from onex.runs.trigger import detect
from onex_types.common import Resource, Trigger

RunStatus: TypeAlias = Literal["success", "failed", "partial"]
"""How a program judges its run."""

CheckStatus: TypeAlias = Literal["pass", "fail", "skip"]
"""How a program judges a check."""

CHECKS: dict[str, Status] = {"pass": "success", "fail": "failure", "skip": "skipped"}
"""What the words for a check mean."""

ENDS: dict[RunStatus, CheckStatus] = {"success": "pass", "partial": "skip", "failed": "fail"}
"""The worst check that a run of each status has, from the best status to the worst (OVC-08)."""


def worse(one: CheckStatus, other: CheckStatus) -> CheckStatus:
    """The worse of two."""
    return max(one, other, key=[*ENDS.values()].index)


def status_of(worst: CheckStatus) -> RunStatus:
    """What checks amount to of which this is the worst."""
    return next(status for status, check in ENDS.items() if check == worst)


def require(word: str, known: Iterable[str], what: str) -> None:
    """Do nothing when ``word`` is one of the words that are known.

    Raises:
        UsageError: it is none.
    """
    words = [*known]
    if word not in words:
        near = suggest(str(word), cast("list[JSON]", words))
        hint = f"; {near}" if near else ""
        raise UsageError(f"{word!r} is no {what}; there are {', '.join(words)}{hint}")


def trigger(kind: str | None, source: str | None, actor: str | None) -> Trigger:
    """What started the run: as told, or as found where no kind is told.

    Raises:
        UsageError: there is no such kind.
    """
    if kind is None:
        found = detect(os.environ)
        return {**found, "source": source or found["source"], "actor": actor or found["actor"]}
    require(kind, get_args(get_type_hints(Trigger)["type"]), "trigger type")
    return cast("Trigger", {"type": kind, "source": source, "actor": actor})


def resource(kind: str, ref: str | os.PathLike[str], members: dict[str, object]) -> Resource:
    """The record of an input or an output.

    Raises:
        UsageError: a member is no JSON.
    """
    try:
        record: dict[str, JSON] = {"type": str(kind), "ref": unicode_text(os.fspath(ref))}
    except TypeError as error:
        raise UsageError(f"ref: {type(ref).__name__} is no text and no path") from error
    for name, value in members.items():
        try:
            record[name] = json.loads(golden_bytes(cast("JSON", value)))
        except (TypeError, ValueError, RecursionError) as error:
            raise UsageError(
                f"{name}: {type(value).__name__} is no JSON value: {error}",
                help="give texts, numbers, lists and objects of these",
            ) from error
    return cast("Resource", record)
