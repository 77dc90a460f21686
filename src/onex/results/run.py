"""Run: everything that is known of one run, as a fold over the facts of its journal.

The fold takes one fact at a time and keeps no states, so that a run of many units stays small.
"""

from typing import cast

from onex.core.canonical import digest
from onex.core.values import JSON
from onex.results.blank import DEFAULT_POLICY, UNKNOWN_TRIGGER, VERSION
from onex.results.execution import execution_result
from onex.results.gathered import Gathered, planned_item, unit_id, unit_number
from onex.results.log import QUIET, lines
from onex.results.status import Outcome, Status
from onex.results.suite import EMPTY_SHA256, suite_sha256
from onex.results.unit import reproduce, status_of, unit_of
from onex_types.common import Git, Resource
from onex_types.execution_result import ExecutionResult
from onex_types.fact import Fact, PlanItem, RunFinished, RunPlanned, RunStarted
from onex_types.run import Coverage, LogLine, Produced, References, Run, Unit


class RunFold:
    """The facts of one run, taken one by one in the order of its journal."""

    def __init__(self) -> None:
        self._started: RunStarted | None = None
        self._planned: RunPlanned | None = None
        self._finished: RunFinished | None = None
        self._units: dict[int, Gathered] = {}
        self._names: dict[str, int] = {}
        self._inputs: list[Resource] = []
        self._outputs: list[Resource] = []
        self._kept: list[Produced] = []
        self._log: list[LogLine] = []
        self._starts = 0
        self._last_us = 0

    def add(self, fact: Fact) -> ExecutionResult | None:
        """Take the next fact; the record of the execution that it ends, if it ends one.

        Raises:
            ValueError: the fact has no place here: a run begins once, and a unit ends once.
        """
        is_first = fact["kind"] == "run_started"
        _require(is_first is (self._started is None), "a run begins once, with run_started")
        _require(self._finished is None, "the run has ended")
        self._last_us = fact["at_us"]
        match fact["kind"]:
            case "run_started":
                self._started = fact
            case "run_planned":
                _require(
                    self._planned is None and not self._units,
                    "a run is planned once, before its units",
                )
                self._planned = fact
                for item in fact["items"]:
                    self._open(item, fact["at_us"])
            case "run_input":
                self._inputs.append(fact["resource"])
            case "run_output":
                self._outputs.append(fact["resource"])
                if fact["artifact"] is not None:
                    self._kept.append({**fact["artifact"], "produced_by": None})
            case "run_finished":
                self._finished = fact
            case "logged":
                pass
            case _:
                return self._unit(fact)
        self._write(fact, "")
        return None

    def _unit(self, fact: Fact) -> ExecutionResult | None:
        """Take a fact of a unit."""
        number = unit_number(fact)
        if number is None:
            raise ValueError(f"a fact of the kind {fact['kind']} belongs to a unit")
        unit = self._units.get(number)
        if unit is None:
            _require(
                fact["kind"] in {"unit_planned", "unit_checked"},
                f"unit {number} was never planned",
            )
            _require(number == self.count, f"unit {number} is not the next, which is {self.count}")
            unit = self._open(_item(fact), fact["at_us"])
        unit.add(fact)
        if fact["kind"] in {"unit_started", "unit_refused", "unit_checked"}:
            unit.order, unit.decided_us = self._starts, fact["at_us"]
            self._starts += 1
        self._write(fact, unit.unit_id)
        if fact["kind"] in {"unit_finished", "unit_refused", "unit_checked", "unit_expected"}:
            unit.line = self.lines
        if fact["kind"] != "unit_finished":
            return None
        unit.reproduce = reproduce(unit, self._run_id)
        result = execution_result(unit, unit.planned, self._run_id) if unit.planned else None
        unit.release()
        return result

    def _open(self, item: PlanItem, at_us: int) -> Gathered:
        """Make room for the next unit; one whose name is taken gets a number behind its case key."""
        first, key = _names(item)[0], item["case_key"]
        while any(name in self._names for name in _names(item)):
            self._names[first] = self._names.get(first, 1) + 1
            item = {**item, "case_key": f"{key} #{self._names[first]}"}
        self._names.update(dict.fromkeys(_names(item), 1))
        unit = self._units[self.count] = Gathered(self.count, item, at_us)
        return unit

    def _write(self, fact: Fact, name: str) -> None:
        if fact["kind"] not in QUIET:
            self._log += [{"at_us": fact["at_us"], "text": text} for text in lines(fact, name)]

    @property
    def _run_id(self) -> str:
        return self._started["run_id"] if self._started else ""

    @property
    def is_finished(self) -> bool:
        """Whether the run came to its end."""
        return self._finished is not None

    @property
    def count(self) -> int:
        """How many units there are so far."""
        return len(self._units)

    @property
    def lines(self) -> int:
        """How many lines the log has so far, with the first, the id of the run."""
        return len(self._log) + 1

    def is_open(self, number: int) -> bool:
        """Whether no fact says how the unit ended."""
        return number in self._units and self._units[number].is_open

    def open_units(self) -> list[Gathered]:
        """The units of which no fact says how they ended, in the order of the plan."""
        return [unit for _, unit in sorted(self._units.items()) if unit.is_open]

    def statuses(self) -> list[Status]:
        """How each unit ended, in the order of the plan."""
        return [status_of(self._units[number]) for number in sorted(self._units)]

    def units(self) -> list[Unit]:
        """The record of each unit, in the order of the plan."""
        ordered = [self._units[number] for number in sorted(self._units)]
        names = [unit.unit_id for unit in ordered]
        undecided = [unit for unit in ordered if unit.order is None]
        last = {unit.number: self._starts + place for place, unit in enumerate(undecided)}
        return [unit_of(unit, names, last.get(unit.number, 0)) for unit in ordered]

    def run(self) -> Run:
        """The record of the run.

        Raises:
            ValueError: there is no fact that a run began.
        """
        started, finished = self._started, self._finished
        if started is None:
            raise ValueError("no fact says that a run began")
        units = self.units()
        duration_us = (
            finished["duration_us"] if finished else max(0, self._last_us - started["at_us"])
        )
        outcome: Outcome = finished["outcome"] if finished else "error"
        return {
            "schema_version": VERSION,
            "run_id": started["run_id"],
            "pipeline_id": started["pipeline_id"],
            "pipeline_version": started.get("pipeline_version"),
            "onex_version": started["onex_version"],
            "outcome": outcome,
            "reason": finished.get("reason") if finished else "interrupted",
            "started_us": started["at_us"],
            "finished_us": started["at_us"] + duration_us,
            "duration_us": duration_us,
            "trigger": started.get("trigger") or UNKNOWN_TRIGGER,
            "git": started.get("git") or _git(started["git_sha7"]),
            "env": started.get("env") or {"present": [], "missing": []},
            "inputs": self._inputs,
            "outputs": self._outputs,
            "references": self._references(started),
            "policy": started.get("policy") or DEFAULT_POLICY,
            "coverage": self.coverage(),
            "units": units,
            "artifacts": [*self._produced(), *self._kept],
            "metrics": {},
            "log": self._log,
            "trust": {"delta": None, "notes": None},
            "signature": None,
            "lifecycle": None,
            "ext": {},
        }

    def coverage(self) -> Coverage | None:
        """How much of what should run did, so far, rounded down: 100 only when it is all."""
        if self._planned is None or self._planned["active"] is None:
            return None
        active = set(self._planned["active"])
        done = {unit.item["item_id"] for unit in self._units.values() if unit.was_executed}
        covered = len(active & done)
        percent = covered * 10_000 // len(active) / 100 if active else None
        return {"active": len(active), "covered": covered, "percent": percent}

    def _produced(self) -> list[Produced]:
        """The files that the units gave, which the run's folder keeps."""
        return [
            {**artifact, "produced_by": unit.unit_id}
            for _, unit in sorted(self._units.items())
            if unit.result is not None
            for artifact in unit.result["result"].get("artifacts", [])
            if artifact["path"].startswith("artifacts/")
        ]

    def _references(self, started: RunStarted) -> References:
        planned = self._planned
        items = [self._units[number].item for number in sorted(self._units)]
        return {
            "config_hash": started.get("config_hash"),
            "contract_hash": self._contract_hash(started),
            "tree_digest": planned["tree_digest"] if planned else None,
            "suite_sha256": suite_sha256((item["item_id"], item["case_key"]) for item in items),
            "inventory_sha256": planned["inventory_sha256"] if planned else EMPTY_SHA256,
        }

    def _contract_hash(self, started: RunStarted) -> str:
        """The digest of the nodes' digests; where no node ran, of what the program declares."""
        hashes: dict[str, JSON] = {
            unit.planned["node_id"]: unit.planned["node_hash"]
            for unit in self._units.values()
            if unit.planned is not None
        }
        if hashes:
            return digest(hashes)
        env = started.get("env") or {"present": [], "missing": []}
        names: list[JSON] = [*sorted({*env["present"], *env["missing"]})]
        return digest(
            {
                "pipeline_id": started["pipeline_id"],
                "pipeline_version": started.get("pipeline_version"),
                "required_env": names,
            }
        )


def _names(item: PlanItem) -> tuple[str, str]:
    """What a unit goes by, its id and its identity in the Observer report; both are its own."""
    return unit_id(item), f"{item['item_id']}\x1f{item['case_key']}"


def _item(fact: Fact) -> PlanItem:
    """The item of a unit that no plan lists."""
    if fact["kind"] == "unit_planned":
        return planned_item(fact)
    return cast("PlanItem", fact["item"])  # type: ignore[typeddict-item]


def _git(sha7: str) -> Git:
    return {"sha": None, "sha7": sha7, "ref": None}


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - it reads like an assertion
    if not holds:
        raise ValueError(what)
