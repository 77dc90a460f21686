"""What a unit attempted, expected and published, in the terms of the Observer report.

Assertions are the checks of the contract and the expectation of a case; actions are executions,
checks and publications of artifacts, extractions, and what a node reports of its own.
"""

import base64
from collections.abc import Callable
from typing import Literal, cast

from onex.core.canonical import golden_text
from onex.core.values import JSON
from onex.core.words import shorten
from onex.results.gathered import Gathered
from onex_contract import registry
from onex_types.common import Action, Artifact, Error, Failing, Process, Step, Stream
from onex_types.fact import UnitPlanned
from onex_types.node_result import NodeResult
from onex_types.run import ArtifactEvent, Assertion, Attempt, Extraction

PREVIEW_BYTES = 192
"""How much of a stream a report shows."""

ARGS_CHARACTERS = 200
"""How much of an action's arguments, and of a text that a node reports, a report shows."""

PAYLOAD_CHARACTERS = 2000
"""How long an action that a node reports may be, with the previews of its streams."""

GIVEN = "artifacts/"
"""How the path of a file begins that the run's folder keeps."""

_CONTRACTS = {
    "input": "the input state keeps the contract",
    "output": "the output state keeps the contract",
}


def is_handled(unit: Gathered) -> bool:
    """Whether the unit failed just as its case expects it to."""
    expected = unit.expected
    return bool(expected and expected["predicate"] == "error" and expected["status"] == "pass")


def assertions(unit: Gathered) -> list[Assertion]:
    """What was expected of the unit, and whether it was so.

    An error that the case expects is no failed assertion; that it came is the assertion.
    """
    found: list[Assertion] = []
    for step in unit.trace:
        if step["step"] not in _CONTRACTS or (step["status"] == "fail" and is_handled(unit)):
            continue
        passed = step["status"] == "ok"
        found.append(
            {
                "status": "pass" if passed else "fail",
                "msg": _CONTRACTS[step["step"]] if passed else step["detail"] or "",
                "predicate": f"{step['step']}-contract",
            }
        )
    if unit.expected is not None:
        found.append(
            {
                "status": unit.expected["status"],
                "msg": unit.expected["msg"],
                "predicate": f"expected-{unit.expected['predicate']}",
            }
        )
    return found


class Attempts:
    """The actions of the execution of a node, with the artifacts and extractions that they did.

    Attributes:
        actions: in the order in which they were attempted.
        artifacts: what happened to artifacts.
        extracts: what was taken out of them.
    """

    def __init__(self, unit: Gathered, planned: UnitPlanned) -> None:
        self.actions: list[Attempt] = []
        self.artifacts: list[ArtifactEvent] = []
        self.extracts: list[Extraction] = []
        self._handled = is_handled(unit)
        given: NodeResult = unit.result["result"] if unit.result else {"state": {}}
        files = given.get("artifacts", [])
        kept = [artifact for artifact in files if artifact["path"].startswith(GIVEN)]
        for artifact in files:
            if artifact not in kept:
                self._artifact(artifact, "check")
        self._steps(unit, planned, "execute", self._execution)
        self.actions += map(_reported, given.get("actions", []))
        for artifact in kept:
            self._artifact(artifact, "publish")
        for extract in given.get("extracts", []):
            self._extraction(cast("dict[str, JSON]", extract))
        self._steps(unit, planned, "publish", self._publication)
        if unit.finished is not None and unit.finished["status"] == "success":
            # What a node reports to have failed, and yet succeeds, it has dealt with itself.
            for action in self.actions:
                if action["status"] == "fail":
                    action["handled"] = True

    def _steps(
        self,
        unit: Gathered,
        planned: UnitPlanned,
        name: str,
        take: Callable[[Gathered, UnitPlanned, Step], None],
    ) -> None:
        for step in unit.trace:
            if step["step"] == name:
                take(unit, planned, step)

    def _execution(self, unit: Gathered, planned: UnitPlanned, step: Step) -> None:
        process = unit.process["process"] if unit.process else None
        args: dict[str, JSON] = {"node": planned["node_id"], "version": planned["node_version"]}
        action: Attempt = {
            "action": "proc" if planned["executor"] == "cli" else "run",
            "status": step["status"],
            "args": args,
            "action_id": "execute",
            "duration_ms": step["duration_us"] // 1000,
        }
        if step["status"] == "ok":
            action["ok"] = outcome_of(process)
        else:
            action["fail"] = _failing(unit.finished["error"] if unit.finished else None, process)
            if self._handled:
                action["handled"] = True
        self.actions.append(action)

    def _publication(self, unit: Gathered, planned: UnitPlanned, step: Step) -> None:
        """The publication of nodes that a node has made."""
        action: Attempt = {
            "action": "publishNodes",
            "status": step["status"],
            "args": {"node": planned["node_id"]},
            "action_id": "publish",
            "duration_ms": step["duration_us"] // 1000,
        }
        if step["status"] == "ok":
            action["ok"] = {}
        else:
            action["fail"] = _failing(unit.finished["error"] if unit.finished else None, None)
        self.actions.append(action)

    def _artifact(self, artifact: Artifact, event: Literal["publish", "check"]) -> None:
        kind, path = artifact["type"], artifact["path"]
        happened: ArtifactEvent = {
            "action_ix": len(self.actions),
            "name": artifact["name"],
            "event": event,
            "kind": kind,
            "status": "ok",
            "location": {"path": path},
        }
        if event == "check":
            happened["observed_exists"] = True
        self.artifacts.append(happened)
        self.actions.append(
            {
                "action": "artifactPublish" if event == "publish" else "artifactCheck",
                "status": "ok",
                "args": {"name": artifact["name"], "sha256": artifact["hash"]},
                "ok": {"name": artifact["name"], "kind": kind, "path": path},
            }
        )

    def _extraction(self, told: dict[str, JSON]) -> None:
        """An extraction that a node reports, and the action that it was."""
        source, kind = _short(str(told["source_artifact"])), _short(str(told["format"]))
        select, given = told.get("select"), told.get("summary")
        select = _short(select) if isinstance(select, str) else None
        summary = _summary(given) if isinstance(given, dict) else None
        status = "ok" if told["status"] == "ok" else "fail"
        extraction: Extraction = {
            "action_ix": len(self.actions),
            "source_artifact": source,
            "format": kind,
            "status": status,  # type: ignore[typeddict-item]
        }
        action: Attempt = {
            "action": "extractJsonl" if kind == "jsonl" else "extractJson",
            "status": extraction["status"],
            "args": {"source_artifact": source, "select": select or ""},
        }
        if select is not None:
            extraction["select"] = select
        if summary is not None:
            extraction["summary"] = summary
        if status == "ok":
            count = summary["match_count"] if summary else 0
            action["ok"] = {
                "source_artifact": source,
                "select": select or "",
                "match_count": count,
            }
        else:
            extraction["fail"] = action["fail"] = _told_failing(told.get("fail"))
        self.extracts.append(extraction)
        self.actions.append(action)


def _summary(told: dict[str, JSON]) -> dict[str, JSON] | None:
    """The bounded summary of an extraction (OBS-16); None when it does not tell how much matched."""
    count, text = told.get("match_count"), told.get("value_text")
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        return None
    if not isinstance(text, str):
        return {"match_count": count}
    is_cut = len(text) > ARGS_CHARACTERS or told.get("value_text_truncated") is True
    shown = text[:ARGS_CHARACTERS]
    return {"match_count": count, "value_text": shown, "value_text_truncated": is_cut}


def outcome_of(process: Process | None) -> dict[str, JSON]:
    """What an execution that succeeded came to: its exit status and bounded previews (OBS-19)."""
    if process is None:
        return {"exit": 0, "out_len": 0, "err_len": 0}
    shown: dict[str, JSON] = {"exit": process["exit"] if process["exit"] is not None else 0}
    for name, stream in (("out", process["stdout"]), ("err", process["stderr"])):
        shown |= _preview(name, stream)
    return shown


def bounded(value: JSON) -> JSON:
    """``value``, or its beginning as text when it is long."""
    text = golden_text(value)
    return value if len(text) <= ARGS_CHARACTERS else f"{text[:ARGS_CHARACTERS]}…"


def _preview(name: str, stream: Stream) -> dict[str, JSON]:
    shown: dict[str, JSON] = {f"{name}_len": stream["bytes"]}
    data = stream["text"].encode()
    if data:
        # A preview ends with a whole character, as the stream's text does.
        kept = data[:PREVIEW_BYTES].decode(errors="ignore").encode()
        shown[f"{name}_preview_b64"] = base64.urlsafe_b64encode(kept).decode().rstrip("=")
        shown[f"{name}_truncated"] = len(kept) < stream["bytes"]
    return shown


def _failing(error: Error | None, process: Process | None) -> Failing:
    if error is None:
        return {"kind": "interrupted", "msg": "the run was cut off before this ended"}
    failing: Failing = {"kind": error["code"], "msg": error["message"]}
    if process is not None and process["exit"]:
        failing["code"] = process["exit"]
    return failing


def _told_failing(told: JSON) -> Failing:
    """Why something failed, as a node tells it, which may tell anything."""
    kind, msg = (told.get("kind"), told.get("msg")) if isinstance(told, dict) else (None, None)
    if isinstance(kind, str) and isinstance(msg, str):
        return {"kind": _short(kind), "msg": _short(msg)}
    return {
        "kind": "reported",
        "msg": "the node reported a failure" + (f": {shorten(told)}" if told else ""),
    }


def _reported(told: Action) -> Attempt:
    """An action that a node reports; one that does not keep its form is shown just as told."""
    value = cast("dict[str, JSON]", told)
    payload = value.get(told["status"])
    action: Attempt = {
        "action": _short(told["action"]),
        "status": told["status"],
        "args": bounded(value.get("args", "")),
    }
    if isinstance(value.get("action_id"), str):
        action["action_id"] = _short(str(value["action_id"]))
    if told["status"] == "fail":
        action["fail"] = _told_failing(payload)
        return action
    action["ok"] = payload if isinstance(payload, dict) else {}
    if not _keeps_form(action):
        action["action"], action["args"], action["ok"] = "report", bounded(value), {}
    return action


def _keeps_form(action: Attempt) -> bool:
    """Whether the payload of a success is short, and what the specification asks of it (OBS-14)."""
    record = {"k": "action", "case_id": "-", "action_ix": 0, **action}
    is_short = len(golden_text(cast("JSON", action))) <= PAYLOAD_CHARACTERS
    return is_short and registry.validator("observer").is_valid(record)


def _short(text: str) -> str:
    return text if len(text) <= ARGS_CHARACTERS else f"{text[:ARGS_CHARACTERS]}…"
