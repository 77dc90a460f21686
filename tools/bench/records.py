"""A run to measure with, of as many units as wanted: its facts, as the runtime would emit them.

Of a hundred units eleven did not succeed, of each kind some: what failed takes more room in most
reports. Nothing is executed, and the same number gives the same facts.
"""

import json
from collections.abc import Iterator
from typing import Literal, cast

from onex.core.canonical import golden_bytes
from onex.core.values import JSON
from onex.results import facts, run_facts
from onex.results.run import RunFold
from onex.results.status import Outcome
from onex_types.common import Error, Git, Isolation, Process, ResultTrust, Step, Trigger
from onex_types.fact import Fact, PlanItem, UnitPlanned
from onex_types.node_result import NodeResult
from onex_types.run import Run

START_US = 1_768_660_252_123_456
RUN_ID = "20260117T143052Z__nodes__a1b2c3d"
DIGEST = "ab" * 32
GIT: Git = {"sha": "a1b2c3d" + "0" * 33, "sha7": "a1b2c3d", "ref": "main"}
TRIGGER: Trigger = {"type": "local_cli", "source": None, "actor": "ada"}
TRUST: ResultTrust = {
    "policy": "default",
    "minimum": None,
    "counted": True,
    "level": "unrated",
    "score": None,
}
ISOLATION: Isolation = {"requested": "process", "effective": "process", "degraded": []}
TRACEBACK = """\
Traceback (most recent call last):
  File "node.py", line 12, in run
    return {"text": state["text"].strip()}
KeyError: 'text'
"""
REFUSALS: dict[int, Literal["error", "skipped", "blocked"]] = {
    17: "error",
    37: "skipped",
    57: "blocked",
}
"""The units of a hundred that are never started, and how they end."""

FAILURES = frozenset(range(11, 100, 12))
"""The units of a hundred that fail."""


def record(count: int) -> Run:
    """The record of a run of ``count`` units, which takes the memory of one that a journal tells."""
    fold = RunFold()
    for fact in run(count):
        fold.add(json.loads(golden_bytes(cast("JSON", fact))))
    return fold.run()


def run(
    count: int, *, run_id: str = RUN_ID, start_us: int = START_US, outcome: Outcome = "error"
) -> Iterator[Fact]:
    """The facts of a run of ``count`` units, in order."""
    items = [_item(number) for number in range(count)]
    yield run_facts.run_started(
        start_us,
        run_id=run_id,
        pipeline_id="nodes",
        onex_version="0.1.0",
        git=GIT,
        trigger=TRIGGER,
        config_hash=DIGEST,
    )
    yield run_facts.run_planned(start_us, items, active=[item["item_id"] for item in items])
    for number, item in enumerate(items):
        yield from unit(number, item, start_us + 5_000 * number)
    duration_us = 5_000 * count
    yield run_facts.run_finished(start_us + duration_us, outcome=outcome, duration_us=duration_us)


def unit(number: int, item: PlanItem, at_us: int) -> Iterator[Fact]:
    """The facts of one unit."""
    refusal = REFUSALS.get(number % 100)
    if refusal is not None:
        told = _error(refusal, f"{item['item_id']}: unit {number} is not to be started")
        yield facts.unit_refused(at_us, number, status=refusal, error=told)
        return
    error = _error("exception", "KeyError: 'text'") if number % 100 in FAILURES else None
    text = f"The text of unit {number}."
    yield _planned(at_us, number, item)
    yield facts.unit_started(
        at_us + 100, number, seq_exec=number, input_state={"text": text}, isolation=ISOLATION
    )
    for name in ("lock", "gate", "input"):
        yield facts.unit_step(at_us + 200, number, _step(name))
    yield facts.unit_process(at_us + 3_000, number, _process(error))
    yield facts.unit_step(at_us + 3_000, number, _step("execute", error))
    if error is None:
        yield facts.unit_result(at_us + 3_100, number, _result(number, text))
        yield facts.unit_step(at_us + 3_200, number, _step("output"))
    yield facts.unit_finished(
        at_us + 4_000,
        number,
        status="failure" if error else "success",
        reason=error["code"] if error else None,
        error=error,
        duration_us=4_000,
    )


def _item(number: int) -> PlanItem:
    """An item of the plan; one of ten builds on the one before it."""
    needs = [number - 1] if number % 10 == 1 else []
    name = f"bench.group{number // 100:03d}.node{number:05d}"
    return run_facts.plan_item(name, "run", "node", needs=needs)


def _planned(at_us: int, number: int, item: PlanItem) -> UnitPlanned:
    return {
        "v": facts.VERSION,
        "kind": "unit_planned",
        "at_us": at_us,
        "unit": number,
        "node_id": item["item_id"],
        "node_version": "1.0.0",
        "node_hash": DIGEST,
        "behaviour": DIGEST,
        "executor": "python",
        "lifecycle": "active",
        "locked": True,
        "case": None,
        "trust": TRUST,
    }


def _step(name: str, error: Error | None = None) -> Step:
    told = {
        "step": name,
        "status": "fail" if error else "ok",
        "duration_us": 500,
        "detail": error["message"] if error else None,
    }
    return cast("Step", told)


def _process(error: Error | None) -> Process:
    said, problem = "" if error else "trimmed\n", TRACEBACK if error else ""
    return {
        "exit": 1 if error else 0,
        "signal": None,
        "timed_out": False,
        "cpu_us": 1_200,
        "max_rss_kib": 9_000,
        "stdout": {"bytes": len(said), "truncated": False, "text": said},
        "stderr": {"bytes": len(problem), "truncated": False, "text": problem},
    }


def _result(number: int, text: str) -> NodeResult:
    """What a node hands back; every tenth gives a file, every twentieth warns."""
    result: NodeResult = {
        "state": {"text": text},
        "summary": f"trimmed {number % 7} characters",
        "metrics": {"trimmed": number % 7},
    }
    if number % 10 == 0:
        path = f"artifacts/{number:04d}/table.csv"
        result["artifacts"] = [{"name": "table", "path": path, "hash": DIGEST, "type": "text/csv"}]
    if number % 20 == 0:
        result["warnings"] = ["the text was short"]
    return result


def _error(code: str, message: str) -> Error:
    return {"code": code, "message": message, "details": {}, "hint": "run `onex show` on the node"}
