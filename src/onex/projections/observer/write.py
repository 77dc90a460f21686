"""[004] Observer report: the facts of a run as one JSON record a line.

Cases stand in the order of the plan (OBS-02). Whatever the records of the specification cannot say
stands in records of the kind `onex`: one of the run behind the header, one of each unit behind its
own. A unit that did not finish - skipped, blocked, in error - has no other record (AMB-07). A golden
report leaves out what the schemas mark as volatile, and so does not tell when or where (OBS-21).
"""

import base64
from collections.abc import Iterator
from typing import cast

from onex.core.canonical import golden_text
from onex.core.patch import apply
from onex.core.values import JSON
from onex.results.headline import headline
from onex.results.moments import utc
from onex.results.volatile import strip
from onex_types.observer import (
    ObserverAction,
    ObserverCase,
    ObserverHeader,
    ObserverRecord,
    ObserverSummary,
)
from onex_types.run import Assertion, Run, Unit

NAME = "observer"
SEPARATOR = "\x1f"
FINISHED = frozenset({"success", "failure", "partial"})
"""The statuses of units that are cases: the others did not finish."""


def records(run: Run) -> list[ObserverRecord]:
    """The records of the report, in order."""
    plain = list(_records(run))
    patch = run["ext"].get(NAME)
    return cast("list[ObserverRecord]", apply(cast("JSON", plain), patch)) if patch else plain


def golden_records(run: Run) -> list[ObserverRecord]:
    """The records of the golden report, in order."""
    found = [_golden(cast("dict[str, JSON]", record)) for record in records(run)]
    return cast("list[ObserverRecord]", found)


def to_jsonl(run: Run, *, golden: bool = False) -> str:
    """The report as text: keys by code point, which is the order of their UTF-8 bytes (OBS-06)."""
    found = golden_records(run) if golden else records(run)
    return "".join([f"{golden_text(cast('JSON', record))}\n" for record in found])


def case_id(item_id: str, case_key: str) -> str:
    """The identity of a case (OBS-10).

    Raises:
        ValueError: the item's id holds U+001F, so that two cases could have one identity.
    """
    if SEPARATOR in item_id:
        raise ValueError("an item id must not hold the character U+001F (OBS-10)")
    data = f"{item_id}{SEPARATOR}{case_key}".encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def exit_code(run: Run) -> int:
    """The exit status of the runner (OBS-20)."""
    return {"success": 0, "error": 2}.get(run["outcome"], 1)


def counts(unit: Unit) -> tuple[int, int, int]:
    """How many assertions passed and failed, and how many actions failed that nothing expected."""
    asserts = asserts_of(unit)
    passed = sum(item["status"] == "pass" for item in asserts)
    unhandled = sum(
        action["status"] == "fail" and not action.get("handled") for action in unit["actions"]
    )
    return passed, len(asserts) - passed, unhandled


def asserts_of(unit: Unit) -> list[Assertion]:
    """The assertions of a case; where none says that it failed, its failure is one itself."""
    failed = unit["status"] == "failure"
    shown = any(item["status"] == "fail" for item in unit["asserts"]) or any(
        action["status"] == "fail" and not action.get("handled") for action in unit["actions"]
    )
    if failed and not shown:
        return [*unit["asserts"], {"status": "fail", "msg": headline(unit), "predicate": "status"}]
    return unit["asserts"]


def _records(run: Run) -> Iterator[ObserverRecord]:
    yield _header(run)
    members = {key: cast("JSON", item) for key, item in run.items() if key != "units"}
    members["ext"] = {key: item for key, item in run["ext"].items() if key != NAME}
    yield {"k": "onex", "run": members}
    totals = [0, 0, 0, 0]
    for unit in run["units"]:
        if unit["status"] in FINISHED:
            case = _case(unit)
            totals[case["status"] == "fail"] += 1
            totals[2] += case["assert_pass"]
            totals[3] += case["assert_fail"]
            yield case
            yield from _details(unit, case["case_id"])
        yield {"k": "onex", "unit": cast("dict[str, JSON]", unit)}
    yield _summary(run, totals)


def _header(run: Run) -> ObserverHeader:
    references = run["references"]
    header: ObserverHeader = {
        "k": "observer_report",
        "v": "0",
        "inventory_sha256": references["inventory_sha256"],
        "suite_sha256": references["suite_sha256"],
        "mode": "default",
        "generated_at_utc": utc(run["finished_us"]),
    }
    if run["onex_version"] is not None:
        header["implementation"] = f"onex {run['onex_version']}"
    return header


def _case(unit: Unit) -> ObserverCase:
    passed, failed, unhandled = counts(unit)
    case: ObserverCase = {
        "k": "case",
        "case_id": case_id(unit["item_id"], unit["case_key"]),
        "item_id": unit["item_id"],
        "case_key": unit["case_key"],
        "status": "fail" if failed or unhandled else "pass",
        "assert_pass": passed,
        "assert_fail": failed,
        "unhandled_action_fail": unhandled,
    }
    if unit["kind"] == "node":
        case["test_name"] = unit["case_key"]
    if unit["duration_us"] is not None:
        case["duration_ms"] = unit["duration_us"] // 1000
    if unit["started_us"] is not None:
        case["started_at_utc"] = utc(unit["started_us"])
    if unit["finished_us"] is not None:
        case["ended_at_utc"] = utc(unit["finished_us"])
    return case


def _details(unit: Unit, case: str) -> Iterator[ObserverRecord]:
    for place, item in enumerate(asserts_of(unit)):
        yield cast("ObserverRecord", {"k": "assert", "case_id": case, "assert_ix": place, **item})
    for place, action in enumerate(unit["actions"]):
        record = {"k": "action", "case_id": case, "action_ix": place, **action}
        record.pop("handled", None)
        yield cast("ObserverAction", record)
    for place, event in enumerate(unit["artifacts"]):
        yield cast(
            "ObserverRecord", {"k": "artifact", "case_id": case, "artifact_ix": place, **event}
        )
    for place, extract in enumerate(unit["extracts"]):
        yield cast(
            "ObserverRecord", {"k": "extract", "case_id": case, "extract_ix": place, **extract}
        )


def _summary(run: Run, totals: list[int]) -> ObserverSummary:
    summary: ObserverSummary = {
        "k": "summary",
        "case_pass": totals[0],
        "case_fail": totals[1],
        "assert_pass": totals[2],
        "assert_fail": totals[3],
        "exit_code": exit_code(run),  # type: ignore[typeddict-item]
    }
    unfinished = sum(unit["status"] not in FINISHED for unit in run["units"])
    if unfinished:
        summary["notes"] = f"{unfinished} not finished: skipped, blocked or in error"
    return summary


def _golden(record: dict[str, JSON]) -> JSON:
    """A record without what differs between two equal runs."""
    if record["k"] == "observer_report":
        record = {**record, "mode": "golden"}
    if "run" in record:
        return {**record, "run": strip(record["run"], "run")}
    if "unit" in record:
        # As the schema knows a unit: inside a run.
        (unit,) = cast("dict[str, list[JSON]]", strip({"units": [record["unit"]]}, "run"))["units"]
        return {**record, "unit": unit}
    return strip(record, "observer")
