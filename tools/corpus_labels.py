"""What a manifest says of documents of others, held against what onex says of them.

A label that our rules can tell is one of three: a document is fit or unfit in the eyes of its authors
(`expected`), its text can be read (`derived.parse`), its schemas and examples are sound
(`derived.contract_check`). Onex agrees, or there is a reason why it says something else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

ONEX = os.path.join(os.path.dirname(sys.executable), "onex")
UNREADABLE = "ONX100"
AGREES = "agrees"
DIFFERS = "differs"

FOREIGN = "explained: no document of onex, but one of another format"
LIFTED = "explained: of another edition, and `onex migrate` lifts it"
ASKED = "explained: of another edition, and `onex migrate` lifts it and asks what it cannot know"
REPORTED = "explained: a report, which `onex report` reads"
REWRITTEN = "explained: `onex migrate` writes what was unsound as JSON Schema 2020-12 has it"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What onex made of one document.

    Attributes:
        status: the exit status of `onex validate`.
        codes: the codes of its findings.
        migrated: the exit status of `onex migrate`, on a copy.
        after: the exit status of `onex validate` on what came of it.
        reported: the exit status of `onex report`.
    """

    status: int
    codes: frozenset[str]
    migrated: int
    after: int
    reported: int

    @property
    def elsewhere(self) -> str:
        """Why what others take for fit is not taken as it is."""
        if not self.reported:
            return REPORTED
        if not self.migrated:
            return LIFTED if not self.after else DIFFERS
        return FOREIGN if self.migrated == 2 else ASKED  # noqa: PLR2004 - nothing to migrate


@dataclass(slots=True)
class Table:
    """How often onex agrees, by label."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)

    def take(self, entry: dict[str, Any], verdict: Verdict) -> None:
        """Hold one document to its labels."""
        for label, said in judge(entry, verdict):
            self.rows.setdefault(label, Counter())[said] += 1
            if said == DIFFERS:
                self.differing.append(f"{entry['file']}: the label '{label}' is not explained")

    def lines(self) -> Iterator[str]:
        """The table, a label and a verdict a line."""
        for label, counts in sorted(self.rows.items()):
            for said, count in counts.most_common():
                yield f"{label:36} {count:5}  {said}"


def judge(entry: dict[str, Any], verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Each label of an entry of the manifest that rules can tell, and what onex says to it."""
    expected, derived = entry["expected"], entry.get("derived") or {}
    if expected.startswith("invalid"):
        yield "invalid to its authors", AGREES if verdict.status else DIFFERS
    elif expected.startswith("valid"):
        yield "valid to its authors", verdict.elsewhere if verdict.status else AGREES
    parse = derived.get("parse", "")
    if parse.startswith("ok"):
        said = DIFFERS if UNREADABLE in verdict.codes else AGREES
        yield "its text can be read", said
    elif parse:
        yield "its text cannot be read", AGREES if verdict.status == 1 else DIFFERS
    if isinstance(derived.get("contract_check"), list):
        yield from _contract(derived["contract_check"], verdict)


def _contract(checks: list[str], verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What a check of the schemas and examples of a contract came to."""
    if all(check.endswith("absent") for check in checks):
        return
    unsound = any("schema_bad" in check or ":FAIL" in check for check in checks)
    lifted = not verdict.migrated and not verdict.after
    if unsound:
        yield "its schemas or examples are unsound", REWRITTEN if lifted else AGREES
    else:
        yield "its schemas and examples are sound", AGREES if lifted else DIFFERS


def look(path: str, status: int, codes: Iterable[str], reported: int) -> Verdict:
    """What onex makes of a copy of the document at ``path``, which it may lift."""
    with tempfile.TemporaryDirectory(prefix="onex-corpus-") as place:
        name = os.path.basename(path)
        shutil.copy(path, os.path.join(place, name))
        migrated = _status(place, "migrate", name)
        (left,) = os.listdir(place)
        after = _status(place, "validate", left)
    return Verdict(status, frozenset(codes), migrated, after, reported)


def _status(place: str, *arguments: str) -> int:
    return subprocess.run(
        (ONEX, *arguments), cwd=place, capture_output=True, check=False, stdin=subprocess.DEVNULL
    ).returncode
