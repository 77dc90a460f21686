"""A baseline: the findings that were there when a gate was put up, so that only new ones fail it.

It is a file of lines, one a finding, sorted: two branches that mend findings merge. It may shrink
and never grows. A finding is known by its rule, by what it is about and by its words, not by its
line; one that is there twice stands there twice.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple, cast

from onex.core import jsonl
from onex.core.canonical import golden_text
from onex.core.schema import problems
from onex.core.text import plural, printable
from onex.core.values import JSON
from onex.core.words import cut
from onex.errors import DocumentError, RefusedError
from onex.validate.engine import Verdict
from onex_contract import registry
from onex_types.baseline_entry import BaselineEntry
from onex_types.finding import Finding

SHOWN = 60
"""How many characters of what a finding is about are shown."""


class _Key(NamedTuple):
    """A finding as a baseline knows it, in the order of its lines."""

    about: str
    code: str
    at: str
    said: str


Held = Counter[_Key]
"""How often a baseline holds each finding."""


def read(path: str) -> Held:
    """What the baseline in the file ``path`` holds.

    Raises:
        DocumentError: it cannot be read, or one of its lines is none of a baseline.
    """
    validator = registry.validator("baseline_entry")
    held: Held = Counter()
    for number, _, value in jsonl.read(path):
        if not validator.is_valid(value):
            problem = problems(validator, registry.schema("baseline_entry"), value)[0]
            raise DocumentError(
                path,
                f"not a line of a baseline: {problem.message}",
                line=number,
                pointer=problem.pointer,
                help="restore the file, or remove it and write it anew with --write-baseline",
            )
        entry = cast("BaselineEntry", value)
        held[_Key(entry["about"], entry["code"], entry["pointer"], entry["message_sha256"])] += 1
    return held


def hide(verdict: Verdict, held: Held, root: str) -> tuple[Verdict, Held]:
    """The verdict without the findings that ``held`` holds, and what of it was not found.

    Args:
        verdict: the verdict, with paths as the engine gives them.
        held: the baseline.
        root: the folder that its paths begin at.
    """
    left = Counter(held)
    kept = []
    for finding in verdict.findings:
        key = _key(finding, root)
        if left[key] > 0:
            left[key] -= 1
        else:
            kept.append(finding)
    hidden = len(verdict.findings) - len(kept)
    return replace(verdict, findings=kept, hidden=verdict.hidden + hidden), +left


def shrunk(verdict: Verdict, held: Held | None, root: str) -> Held:
    """The baseline that holds what ``verdict`` found, no more than ``held`` if there is one.

    Raises:
        RefusedError: something was found that ``held`` does not hold.
    """
    found = Counter(_key(finding, root) for finding in verdict.findings)
    if held is None:
        return found
    more = sorted((found - held).elements())
    if more:
        raise RefusedError(
            f"{plural(len(more), 'finding')} not in the baseline, the first of {more[0].code} in "
            f"{cut(more[0].about, SHOWN)}; a baseline only shrinks, and nothing was written",
            help="mend what is new, or waive it in its node; without --write-baseline it is shown",
        )
    return found


def lines(held: Held) -> Iterable[str]:
    """The lines of the file, sorted."""
    for key in sorted(held.elements()):
        entry: BaselineEntry = {
            "about": key.about,
            "code": key.code,
            "pointer": key.at,
            "message_sha256": key.said,
        }
        yield golden_text(cast("JSON", entry))


def _key(finding: Finding, root: str) -> _Key:
    inside = os.path.join(root, "")
    about = finding["node_id"] or os.path.abspath(finding["path"]).removeprefix(inside)
    # A message may name a file by its whole path, which is another in another checkout.
    said = printable(finding["message"].replace(inside, ""))
    return _Key(
        printable(about),
        finding["code"],
        printable(finding["pointer"]),
        hashlib.sha256(said.encode()).hexdigest(),
    )
