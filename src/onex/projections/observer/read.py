"""Reading an Observer report: onex's own gives the whole run back, others as much as they tell.

Totals and identities are derived, and a report that tells others is refused.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from onex.core.patch import diff
from onex.core.values import JSON
from onex.projections.observer.write import NAME, SEPARATOR, case_id, golden_records, records
from onex.results.blank import blank_run, blank_unit
from onex.results.moments import parse_utc
from onex.results.status import is_too_good
from onex.results.suite import EMPTY_SHA256
from onex_contract import registry
from onex_types.observer import ObserverCase, ObserverRecord, ObserverSummary
from onex_types.run import Run, Unit

Record = dict[str, Any]

ELIDED = "..."
"""What stands for the identity of a case in the examples of the specification."""

_EXECUTIONS = frozenset({"run", "proc"})
"""The actions whose payload is a process."""

_DETAILS = {
    "assert": ("asserts", "assert_ix"),
    "action": ("actions", "action_ix"),
    "artifact": ("artifacts", "artifact_ix"),
    "extract": ("extracts", "extract_ix"),
}
"""For each kind of detail: where a unit keeps it, and the member that gives its place."""

_MEMBERS = {
    "asserts": ["status", "msg", "predicate", "loc"],
    "actions": [
        *("action", "status", "args", "action_id", "artifact_in", "artifact_out"),
        *("duration_ms", "ok", "fail"),
    ],
    "artifacts": [
        *("action_ix", "name", "event", "kind", "status", "location", "producer_action_id"),
        *("consumer_action_id", "observed_exists", "fail"),
    ],
    "extracts": ["action_ix", "source_artifact", "format", "status", "select", "summary", "fail"],
}


class ReportError(ValueError):
    """A report contradicts itself; ``place`` is the place of the record, from 0."""

    def __init__(self, place: int, message: str) -> None:
        super().__init__(message)
        self.place = place


def read(told: Sequence[ObserverRecord]) -> Run:
    """The run that the records of a report tell of; each keeps its schema.

    Raises:
        ReportError: a record is missing, stands in the wrong place or twice, or tells what the
            others do not amount to.
    """
    found = cast("Sequence[Record]", told)
    check_frame(found)
    extension = next((item["run"] for item in found if item["k"] == "onex" and "run" in item), None)
    if extension is not None:
        return _own(found, extension)
    _check_totals(found)
    run = _foreign(found)
    patch = diff(cast("JSON", records(run)), cast("JSON", list(found)))
    return {**run, "ext": {NAME: patch}} if patch else run


def complete(told: Sequence[Record]) -> tuple[list[Record], list[str]]:
    """Records in full, of a report that leaves out what it does not know (CF-15).

    Returns:
        The records, which their schema may still refuse, and what there is to say about them.
    """
    cases = [item for item in told if item.get("k") == "case"]
    named = [_identified(item, cases) for item in told]
    seen: Counter[tuple[str, str, str]] = Counter()
    for item in named:
        kind, status = str(item.get("k")), str(item.get("status"))
        seen.update([(kind, str(item.get("case_id")), status), (kind, "", status)])
    filled = [_filled(item, seen) for item in named]
    short = sum(before != after for before, after in zip(told, filled, strict=True))
    remark = f"{short} of {len(filled)} records are not complete; what they leave out is unknown"
    return filled, [remark] if short else []


def _identified(item: Record, cases: list[Record]) -> Record:
    """A record with the identity of its case, where that is left out and can be told."""
    known = cases[0] if len(cases) == 1 else item
    item_id, case_key = known.get("item_id"), known.get("case_key")
    if item.get("case_id") != ELIDED or not (
        isinstance(item_id, str) and isinstance(case_key, str)
    ):
        return item
    return item if SEPARATOR in item_id else {**item, "case_id": case_id(item_id, case_key)}


def _filled(item: Record, seen: Counter[tuple[str, str, str]]) -> Record:
    """A record with what it leaves out; ``seen`` counts kind, case and status of the others."""
    kind, status, case = item.get("k"), item.get("status"), str(item.get("case_id"))
    if kind == "observer_report":
        digests = {"inventory_sha256": EMPTY_SHA256, "suite_sha256": EMPTY_SHA256}
        return {**digests, "mode": "default", **item}
    if kind == "case":
        failed = seen["assert", case, "fail"]
        actions = seen["action", case, "fail"] or int(not failed)
        return {
            "assert_pass": seen["assert", case, "pass"],
            "assert_fail": failed,
            "unhandled_action_fail": actions if status == "fail" else 0,
            **item,
        }
    if (
        kind == "action"
        and "ok" not in item
        and status == "ok"
        and item.get("action") in _EXECUTIONS
    ):
        return {"args": "", "ok": {"exit": 0, "out_len": 0, "err_len": 0}, **item}
    if kind == "action":
        return {"args": "", **item}
    if kind == "summary":
        counts = {f"assert_{word}": seen["assert", "", word] for word in ("pass", "fail")}
        return {**counts, **item}
    return item


def check_frame(found: Sequence[Record]) -> None:
    """Refuse a report whose header or summary is missing or stands elsewhere.

    The records may be no more than objects; this says first what a torn report lacks.

    Raises:
        ReportError: it does (OBS-07, OBS-08, OBS-17).
    """
    if not found or found[0].get("k") != "observer_report":
        raise ReportError(0, "the first record must be the header, observer_report")
    if found[-1].get("k") != "summary":
        raise ReportError(
            len(found) - 1, "the last record must be the summary: the report was cut off"
        )
    for place, item in enumerate(found[1:-1], start=1):
        if item.get("k") in {"observer_report", "summary"}:
            raise ReportError(place, f"a second record of the kind {item['k']}")


def _own(found: Sequence[Record], extension: Record) -> Run:
    """The run of onex's own report, which must be written just so."""
    units = [item["unit"] for item in found if item["k"] == "onex" and "unit" in item]
    is_golden = found[0]["mode"] == "golden"
    whole = _dated(extension, units) if is_golden else {**extension, "units": units}
    if not registry.validator("run").is_valid(whole) or NAME in whole["ext"]:
        raise ReportError(1, "the run of the report is not what onex writes of one (see `run`)")
    run = cast("Run", whole)
    if is_too_good(run["outcome"], (unit["status"] for unit in run["units"])):
        problem = f"the run tells {run['outcome']}, which is better than its units (OBS-20)"
        raise ReportError(1, problem)
    made = golden_records(run) if is_golden else records(run)
    for place, (left, right) in enumerate(zip(made, found, strict=False)):
        if left != right:
            raise ReportError(place, "the record is not what the run of the report amounts to")
    if len(made) != len(found):
        raise ReportError(
            min(len(made), len(found)) - 1,
            f"the run of the report amounts to {len(made)} records, not {len(found)}",
        )
    return run


def _dated(extension: Record, units: list[Record]) -> Record:
    """The run of a golden report, which does not tell when or where it was."""
    filled = [
        {**blank_unit(str(unit.get("item_id")), str(unit.get("case_key")), place), **unit}
        for place, unit in enumerate(units)
    ]
    return {**blank_run("golden", 0, 0), **extension, "units": filled}


def _foreign(found: Sequence[Record]) -> Run:
    header, summary = found[0], cast("ObserverSummary", found[-1])
    at_us = parse_utc(header.get("generated_at_utc", "")) or 0
    run = blank_run(f"observer-{header['suite_sha256'][:12]}", at_us, at_us)
    run["references"]["suite_sha256"] = header["suite_sha256"]
    run["references"]["inventory_sha256"] = header["inventory_sha256"]
    units: dict[str, Unit] = {}
    for place, item in enumerate(found):
        if item["k"] == "case":
            if item["case_id"] in units:
                raise ReportError(
                    place, f"the case {item['item_id']} {item['case_key']} stands twice"
                )
            units[item["case_id"]] = _unit(cast("ObserverCase", item), len(units), place)
    for place, item in enumerate(found):
        if item["k"] in _DETAILS:
            if item["case_id"] not in units:
                raise ReportError(place, f"no case has the identity {item['case_id']}")
            _add_detail(units[item["case_id"]], item, place)
    run["units"] = list(units.values())
    for item in found:
        if item["k"] == "case":
            _mark_handled(units[item["case_id"]], cast("ObserverCase", item))
    code = summary["exit_code"]
    run["outcome"] = "error" if code == 2 else "failure" if code else "success"  # noqa: PLR2004 - OBS-20
    if run["outcome"] == "failure" and summary["case_pass"]:
        run["outcome"] = "partial"
    return run


def _unit(case: ObserverCase, number: int, place: int) -> Unit:
    if case["case_id"] != case_id(case["item_id"], case["case_key"]):
        raise ReportError(place, "/case_id is not made of /item_id and /case_key (OBS-10)")
    unit = blank_unit(case["item_id"], case["case_key"], number)
    unit["kind"] = "node" if "test_name" in case else "case"
    unit["status"] = "success" if case["status"] == "pass" else "failure"
    unit["reason"] = None if unit["status"] == "success" else "failed"
    duration = case.get("duration_ms")
    unit["duration_us"] = None if duration is None else duration * 1000
    unit["started_us"] = parse_utc(case.get("started_at_utc", ""))
    unit["finished_us"] = parse_utc(case.get("ended_at_utc", ""))
    notes = case.get("notes")
    unit["detail"] = notes if isinstance(notes, str) else None
    return unit


def _add_detail(unit: Unit, item: Record, place: int) -> None:
    where, index = _DETAILS[item["k"]]
    kept = cast("dict[str, list[Record]]", unit)[where]
    if item[index] != len(kept):
        raise ReportError(
            place, f"/{index} is {item[index]}, but this is number {len(kept)} of the case"
        )
    kept.append({name: item[name] for name in _MEMBERS[where] if name in item})


def _mark_handled(unit: Unit, case: ObserverCase) -> None:
    """Say of as many failed actions as the case does not count that an expectation covers them."""
    failed = [action for action in unit["actions"] if action["status"] == "fail"]
    for action in failed[: max(0, len(failed) - case["unhandled_action_fail"])]:
        action["handled"] = True


def _check_totals(found: Sequence[Record]) -> None:
    """Refuse totals that are not the sums of what the records say (OBS-11, OBS-17)."""
    cases = [(place, item) for place, item in enumerate(found) if item["k"] == "case"]
    seen = Counter((item["case_id"], item["status"]) for item in found if item["k"] == "assert")
    for place, case in cases:
        told = (case["assert_pass"], case["assert_fail"])
        own = (seen[case["case_id"], "pass"], seen[case["case_id"], "fail"])
        if any(own) and told != own:
            raise ReportError(
                place,
                f"the case tells {told[0]} passed and {told[1]} failed assertions, its records {own[0]} and {own[1]}",
            )
    summary, last = found[-1], len(found) - 1
    statuses = [case["status"] for _, case in cases]
    sums = {
        "case_pass": statuses.count("pass"),
        "case_fail": statuses.count("fail"),
        "assert_pass": sum(case["assert_pass"] for _, case in cases),
        "assert_fail": sum(case["assert_fail"] for _, case in cases),
    }
    for name, number in sums.items():
        if summary[name] != number:
            raise ReportError(
                last, f"/{name} is {summary[name]}, but the cases amount to {number} (OBS-17)"
            )
    if summary["exit_code"] == 0 and sums["case_fail"]:
        raise ReportError(last, f"/exit_code is 0, but {sums['case_fail']} cases failed (OBS-20)")
