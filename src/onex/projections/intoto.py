"""An in-toto statement (v1) over the files of a run, with the test-result predicate (v0.1).

It is not signed: it says which bytes the result belongs to, and a signature goes around it. A unit
that did not run is in none of the three lists, so that no policy takes it for a test that passed.
"""

import re
from collections.abc import Mapping
from typing import Literal

from onex.core.canonical import golden_bytes
from onex.core.text import printable
from onex.core.values import JSON
from onex.errors import RefusedError
from onex.results.told import told_units
from onex_types.run import Run, Unit

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"

CONFIGURATION = (
    ("config", "config_hash"),
    ("contracts", "contract_hash"),
    ("tree", "tree_digest"),
    ("suite", "suite_sha256"),
    ("inventory", "inventory_sha256"),
)
"""What a run was made of, and where its digest stands in the run's references."""

UNMET = frozenset({"failure", "error", "blocked"})
"""Statuses of a critical unit with which no run passes."""

Result = Literal["PASSED", "WARNED", "FAILED"]
Verdict = Literal["passed", "warned", "failed"]

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})").fullmatch


def statement(run: Run, digests: Mapping[str, str]) -> str:
    """The statement over a run, in one line of canonical JSON.

    Args:
        run: the run.
        digests: the SHA-256 of each file of the run's folder, by its path in there.

    Raises:
        RefusedError: an artifact is not what the run recorded, or there is no file at all.
    """
    document: JSON = {
        "_type": STATEMENT,
        "subject": _subjects(run, digests),
        "predicateType": PREDICATE,
        "predicate": _predicate(run),
    }
    return golden_bytes(document).decode() + "\n"


def result(run: Run) -> Result:
    """What the run amounts to: as bad as its outcome, or as the worst of its critical units.

    The failure of a unit that is not critical is a warning, as it is for the run.
    """
    units = told_units(run)
    if run["outcome"] in {"failure", "error"} or any(
        unit["critical"] and unit["status"] in UNMET for unit in units
    ):
        return "FAILED"
    return "PASSED" if all(_verdict(unit) == "passed" for unit in units) else "WARNED"


def _subjects(run: Run, digests: Mapping[str, str]) -> list[JSON]:
    """The files, by path; an artifact that is known by another kind of digest is left out."""
    files = dict(digests)
    for artifact in run["artifacts"]:
        recorded = _SHA256(artifact["hash"])
        if recorded is None:
            continue
        found = files.setdefault(artifact["path"], recorded[1])
        if found != recorded[1]:
            raise RefusedError(
                f"{printable(artifact['path'])}: the file hashes to {found}, "
                f"but the run recorded {recorded[1]}",
                help="restore the file that the run gave, or run again and attest that run",
            )
    if not files:
        raise RefusedError(
            f"{printable(run['run_id'])}: there is no file of this run to attest",
            help="write the run's documents again from its journal with `onex report`",
        )
    return [{"name": path, "digest": {"sha256": sha}} for path, sha in sorted(files.items())]


def _predicate(run: Run) -> dict[str, JSON]:
    names: dict[Verdict, list[JSON]] = {"passed": [], "warned": [], "failed": []}
    for unit in told_units(run):
        if (verdict := _verdict(unit)) is not None:
            names[verdict].append(unit["unit_id"])
    return {
        "result": result(run),
        "configuration": _configuration(run),
        "passedTests": names["passed"],
        "warnedTests": names["warned"],
        "failedTests": names["failed"],
    }


def _verdict(unit: Unit) -> Verdict | None:
    """In which list a unit stands; in none when it was not run."""
    match unit["status"]:
        case "success":
            return "warned" if unit["warnings"] else "passed"
        case "partial":
            return "warned"
        case "failure" | "error":
            return "failed"
        case _:
            return None


def _configuration(run: Run) -> list[JSON]:
    references = run["references"]
    found: list[JSON] = [
        {"name": name, "digest": {"sha256": sha}}
        for name, key in CONFIGURATION
        if (sha := references[key])  # type: ignore[literal-required]
    ]
    if run["git"]["sha"]:
        found.append({"name": "commit", "digest": {"gitCommit": run["git"]["sha"]}})
    return found
