"""[003] run artifact: `run.json`, `checks.json` and `run.log`, as ASCII with sorted keys (OVC-13).

The three files say what they can in their own words; whatever else is known of the run stands in
the member `x_onex` of run.json, so that reading them gives back the run itself.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import cast

from onex.core.layout import indented
from onex.core.patch import apply, diff
from onex.core.values import JSON
from onex.results.blank import blank_run, blank_unit
from onex.results.moments import parse_utc, utc_exact, utc_seconds
from onex.results.status import Outcome, at_least, is_too_good
from onex.results.tables import CHECK, OUTCOMES, exact
from onex_contract import registry
from onex_types.checks import Check, Checks, ChecksSummary
from onex_types.run import LogLine, Run, Unit
from onex_types.run_artifact import RunRecord

NAME = "run_artifact"

SPELLED = frozenset(
    [
        "run_id",
        "pipeline_id",
        "pipeline_version",
        "trigger",
        "git",
        "env",
        "inputs",
        "outputs",
        "log",
    ]
)
"""The members of a run that the three files spell out in full; `x_onex` has the others."""

_BEST_FIRST = ("success", "partial", "failed")
_WORDS: dict[Outcome, str] = {
    "success": "success",
    "partial": "partial",
    "failure": "failed",
    "error": "failed",
}
_LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (.*)", re.DOTALL).fullmatch
_HEAD = "RUN_ID="


@dataclass(frozen=True, slots=True)
class Files:
    """The three files of a run.

    Attributes:
        record: what run.json says.
        checks: what checks.json says.
        log: the text of run.log.
    """

    record: RunRecord
    checks: Checks
    log: str


def files(run: Run) -> Files:
    """The run as three files."""
    patch = run["ext"].get(NAME, {})
    plain = _plain(run)
    record = apply(cast("JSON", plain.record), patch.get("run", []))
    checks = apply(cast("JSON", plain.checks), patch.get("checks", []))
    text = patch.get("log", plain.log)
    return Files(cast("RunRecord", record), cast("Checks", checks), text)


def to_json(value: RunRecord | Checks) -> str:
    """run.json or checks.json as text: ASCII, two spaces a level, keys sorted (OVC-13)."""
    return f"{indented(cast('JSON', value), ascii_only=True)}\n"


def read(told: Files) -> Run:
    """The run that the three files tell of.

    Raises:
        ValueError: they do not agree with each other, or a status is better than the checks allow.
    """
    _agree(told)
    slot = told.record.get("x_onex")
    if slot is None or "units" not in slot:
        run = _foreign(told)
    else:
        return _own({**slot, **_spelled(told)}, told)
    plain, patch = _plain(run), cast("dict[str, JSON]", {})
    if steps := diff(cast("JSON", plain.record), cast("JSON", told.record)):
        patch["run"] = steps
    if steps := diff(cast("JSON", plain.checks), cast("JSON", told.checks)):
        patch["checks"] = steps
    if plain.log != told.log:
        patch["log"] = told.log
    return {**run, "ext": {NAME: patch}} if patch else run


def _own(found: dict[str, object], told: Files) -> Run:
    """The run of onex's own files, which must be written just so."""
    if not registry.validator("run").is_valid(found) or NAME in cast("Run", found)["ext"]:
        raise ValueError(
            "run.json: /x_onex is not what onex writes of a run (see the schema `run`)"
        )
    run = cast("Run", found)
    if files(run) != told:
        raise ValueError(f"x_onex tells of another run than the files: {_first(run, told)}")
    if is_too_good(run["outcome"], (unit["status"] for unit in run["units"])):
        raise ValueError(
            f"run.json: /x_onex/outcome is {run['outcome']}, which is better than its units (OVC-08)"
        )
    return run


def status_of(checks: list[Check]) -> str:
    """What checks amount to (OVC-08): a failure fails, a skip or a warning makes it partial.

    A run without checks has failed: nothing was looked at.
    """
    if not checks or any(check["status"] == "fail" for check in checks):
        return "failed"
    if any(check["status"] == "skip" or check.get("warnings") for check in checks):
        return "partial"
    return "success"


def _plain(run: Run) -> Files:
    """The run as three files, before what a document of others had otherwise."""
    checks = _checks(run)
    record = {**_record(run, checks["checks"]), "x_onex": _slot(run)}
    return Files(cast("RunRecord", record), checks, _log(run))


def _record(run: Run, checks: list[Check]) -> RunRecord:
    return {
        "run_id": run["run_id"],
        "pipeline_id": run["pipeline_id"],
        "pipeline_version": run["pipeline_version"],
        "started_utc": utc_seconds(run["started_us"]),
        "finished_utc": utc_seconds(run["finished_us"]),
        "duration_ms": run["duration_us"] // 1000,
        "status": _status(run, checks),  # type: ignore[typeddict-item]
        "trigger": run["trigger"],
        "git": run["git"],
        "env": run["env"],
        "inputs": run["inputs"],
        "outputs": run["outputs"],
    }


def _status(run: Run, checks: list[Check]) -> str:
    """What the checks amount to, or the run itself where that is worse: it may have been cut off."""
    return max(status_of(checks), _WORDS[run["outcome"]], key=_BEST_FIRST.index)


def _slot(run: Run) -> dict[str, JSON]:
    slot = {key: cast("JSON", item) for key, item in run.items() if key not in SPELLED}
    slot["ext"] = {key: item for key, item in run["ext"].items() if key != NAME}
    return slot


def _checks(run: Run) -> Checks:
    checks = [_check(unit) for unit in run["units"]]
    return {"run_id": run["run_id"], "checks": checks, "summary": _counts(checks)}


def _counts(checks: list[Check]) -> ChecksSummary:
    """How many checks ended how."""
    statuses = Counter(check["status"] for check in checks)
    return {"pass": statuses["pass"], "fail": statuses["fail"], "skip": statuses["skip"]}


def _check(unit: Unit) -> Check:
    status, is_exact = CHECK[unit["status"]]
    check: Check = {
        "id": unit["unit_id"],
        "name": unit["item_id"] if unit["case_key"] == "run" else unit["case_key"],
        "status": status,  # type: ignore[typeddict-item]
        "evidence": unit["evidence"],
    }
    detail = unit["errors"][0]["message"] if unit["errors"] else unit["detail"]
    if detail is not None:
        check["detail"] = detail
    if unit["warnings"]:
        check["warnings"] = unit["warnings"]
    if not is_exact:
        check["x_onex"] = {"status": unit["status"]}
    return check


def _log(run: Run) -> str:
    lines = [
        line["text"] if line["at_us"] is None else f"{utc_exact(line['at_us'])} {line['text']}"
        for line in run["log"]
    ]
    return "".join(f"{line}\n" for line in (f"{_HEAD}{run['run_id']}", *lines))


def _read_log(text: str) -> list[LogLine]:
    lines = text.removesuffix("\n").split("\n") if text else []
    if lines and lines[0].startswith(_HEAD):
        del lines[0]
    found: list[LogLine] = []
    for line in lines:
        parts = _LINE(line)
        at_us = parse_utc(parts[1]) if parts else None
        if parts is None or at_us is None:
            found.append({"at_us": None, "text": line})
        else:
            found.append({"at_us": at_us, "text": parts[2]})
    return found


def _spelled(told: Files) -> dict[str, object]:
    record = {**cast("dict[str, object]", told.record), "log": _read_log(told.log)}
    return {key: record[key] for key in SPELLED}


def _first(run: Run, told: Files) -> str:
    """The first place where the files are not what the run of their extension would give."""
    made = files(run)
    for name, left, right in (
        ("run.json", made.record, told.record),
        ("checks.json", made.checks, told.checks),
    ):
        for step in diff(cast("JSON", left), cast("JSON", right)):
            return f"{name} at {cast('dict[str, JSON]', step)['path']}"
    return "run.log"


def _agree(told: Files) -> None:
    """Refuse files that contradict themselves or each other.

    Raises:
        ValueError: they do.
    """
    record, checks = told.record, told.checks["checks"]
    if record["run_id"] != told.checks["run_id"]:
        raise ValueError(
            f"checks.json is of the run {told.checks['run_id']}, run.json of {record['run_id']}"
        )
    for status, count in _counts(checks).items():
        told_count = cast("dict[str, int]", told.checks["summary"])[status]
        if told_count != count:
            raise ValueError(
                f"checks.json: /summary/{status} is {told_count}, but there are {count}"
            )
    derived = status_of(checks)
    if _BEST_FIRST.index(record["status"]) < _BEST_FIRST.index(derived):
        raise ValueError(
            f"run.json: /status is {record['status']}, but the checks amount to {derived} (OVC-08)"
        )
    if record["git"]["sha"] is not None and not record["git"]["sha"].startswith(
        record["git"]["sha7"]
    ):
        raise ValueError("run.json: /git/sha7 is not the beginning of /git/sha")
    env = record["env"]
    if set(env["present"]) & set(env["missing"]):
        raise ValueError("run.json: /env names a variable as present and as missing")


def _foreign(told: Files) -> Run:
    """The run behind files without an extension, or with that of another program."""
    record = told.record
    started_us, finished_us = parse_utc(record["started_utc"]), parse_utc(record["finished_utc"])
    if started_us is None or finished_us is None or finished_us < started_us:
        raise ValueError(
            "run.json: /finished_utc must not be before /started_utc, and both be moments that there were"
        )
    run = blank_run(record["run_id"], started_us, finished_us)
    run["pipeline_id"], run["pipeline_version"] = record["pipeline_id"], record["pipeline_version"]
    run["duration_us"] = record["duration_ms"] * 1000
    run["trigger"], run["git"], run["env"] = record["trigger"], record["git"], record["env"]
    run["inputs"], run["outputs"] = record["inputs"], record["outputs"]
    run["units"] = [
        _unit(check, place, record["pipeline_id"])
        for place, check in enumerate(told.checks["checks"])
    ]
    run["log"] = _read_log(told.log)
    statuses = (unit["status"] for unit in run["units"])
    run["outcome"] = at_least(OUTCOMES[record["status"]], statuses)
    return run


def _unit(check: Check, place: int, pipeline_id: str) -> Unit:
    unit = blank_unit(pipeline_id, check["name"], place)
    unit["unit_id"], unit["kind"] = check["id"], "check"
    unit["status"] = exact(CHECK, check["status"], check.get("x_onex", {}).get("status"))
    unit["executed"] = unit["status"] not in {"skipped", "blocked"}
    unit["evidence"] = check["evidence"]
    unit["detail"] = check.get("detail")
    unit["warnings"] = check.get("warnings", [])
    return unit
