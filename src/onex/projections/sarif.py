"""SARIF 2.1.0: a result for each unit that did not plainly succeed, a rule for each error code.

A record of a run knows units, not lines of files, so results have logical locations alone; and it
knows no address of a repository, without which SARIF takes no commit (section 3.23.3).
"""

from onex.core.canonical import golden_bytes
from onex.core.sarif import SCHEMA, message
from onex.core.text import printable
from onex.core.values import JSON
from onex.results.moments import utc
from onex.results.told import code, identities, line, told_units
from onex_types.run import Run, Unit

FINGERPRINT = "onexUnit/v1"
"""The name of our fingerprint; another way to take it is another version."""

LEVELS = {
    "failure": "error",
    "error": "error",
    "partial": "warning",
    "skipped": "note",
    "blocked": "note",
}
"""The level of a result, by the status of the unit; a success is no result."""

HELP = "run.log in the folder of the run says what happened"
"""What to do about a code that came without a hint."""


def sarif(run: Run) -> str:
    """The run as a SARIF log."""
    units = [unit for unit in told_units(run) if unit["status"] in LEVELS]
    places: dict[str, int] = {}
    for unit in units:
        places.setdefault(code(unit), len(places))
    results: list[JSON] = [
        _result(unit, places[code(unit)], identity)
        for unit, identity in zip(units, identities(units), strict=True)
    ]
    one: dict[str, JSON] = {
        "tool": {"driver": _driver(run, units)},
        "automationDetails": {"id": printable(f"{run['pipeline_id']}/{run['run_id']}")},
        "invocations": [_invocation(run)],
        "results": results,
        "properties": _properties(run),
    }
    log: JSON = {"$schema": SCHEMA, "version": "2.1.0", "runs": [one]}
    return golden_bytes(log).decode() + "\n"


def _driver(run: Run, units: list[Unit]) -> dict[str, JSON]:
    driver: dict[str, JSON] = {"name": "onex", "rules": _rules(units)}
    if run["onex_version"]:
        driver["version"] = printable(run["onex_version"])
    return driver


def _rules(units: list[Unit]) -> list[JSON]:
    """A rule for each code, in the order in which they came."""
    levels: dict[str, str] = {}
    hints: dict[str, str] = {}
    for unit in units:
        levels.setdefault(code(unit), LEVELS[unit["status"]])
        hint = unit["errors"][0]["hint"] if unit["errors"] else None
        if hint and hint.strip():
            hints.setdefault(code(unit), hint)
    return [
        {
            "id": name,
            "shortDescription": {"text": message(f"a unit ended with `{name}`", HELP)},
            "help": {"text": message(hints.get(name, HELP), HELP)},
            "defaultConfiguration": {"level": level},
        }
        for name, level in levels.items()
    ]


def _result(unit: Unit, rule: int, identity: str) -> dict[str, JSON]:
    where: dict[str, JSON] = {
        "fullyQualifiedName": printable(unit["unit_id"]),
        "kind": printable(unit["kind"]) or "unit",
    }
    return {
        "ruleId": code(unit),
        "ruleIndex": rule,
        "level": LEVELS[unit["status"]],
        "message": {"text": message(line(unit), HELP)},
        "locations": [{"logicalLocations": [where]}],
        "partialFingerprints": {FINGERPRINT: identity},
        "properties": {"status": unit["status"], "critical": unit["critical"]},
    }


def _invocation(run: Run) -> dict[str, JSON]:
    """Whether the run came to its end; that units failed is no fault of the run (section 3.20.14)."""
    invocation: dict[str, JSON] = {
        "executionSuccessful": run["outcome"] != "error",
        "startTimeUtc": utc(run["started_us"]),
        "endTimeUtc": utc(run["finished_us"]),
    }
    if run["reason"]:
        level = "error" if run["outcome"] == "error" else "warning"
        notification: JSON = {"level": level, "message": {"text": message(run["reason"], HELP)}}
        invocation["toolExecutionNotifications"] = [notification]
    return invocation


def _properties(run: Run) -> dict[str, JSON]:
    properties: dict[str, JSON] = {"outcome": run["outcome"]}
    if run["git"]["sha"]:
        properties["commit"] = run["git"]["sha"]
    return properties
