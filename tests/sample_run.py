"""A run with one unit of every kind and status, made of facts as the runtime would emit them."""

from onex.results import facts, run_facts
from onex.results.run import RunFold

DIGEST = "ab" * 32
START_US = 1_768_660_252_123_456
TRUST = {"policy": "default", "minimum": None, "counted": True, "level": "unrated", "score": None}
ISOLATION = {"requested": "process", "effective": "process", "degraded": []}
GIT = {"sha": "a1b2c3d" + "0" * 33, "sha7": "a1b2c3d", "ref": "main"}
TRIGGER = {"type": "local_cli", "source": None, "actor": "ada"}
RUN_ID = "20260117T143052Z__nodes__a1b2c3d"


def stream(text=""):
    return {"bytes": len(text.encode()), "truncated": False, "text": text}


def process(stdout="", stderr="", status=0):
    return {
        "exit": status,
        "signal": None,
        "timed_out": False,
        "cpu_us": 1200,
        "max_rss_kib": 9000,
        "stdout": stream(stdout),
        "stderr": stream(stderr),
    }


def error(code="exception", message="KeyError: 'text'", **details):
    return {"code": code, "message": message, "details": details, "hint": "see the log"}


class Facts:
    """Builds the facts of a run; the clock goes on by a millisecond for each."""

    def __init__(self, items, **planned):
        self.at_us = START_US
        self.starts = 0
        self.items = items
        self.facts = [
            run_facts.run_started(
                self.tick(),
                run_id=RUN_ID,
                pipeline_id="nodes",
                onex_version="0.1.0",
                git=GIT,
                trigger=TRIGGER,
                config_hash=DIGEST,
            ),
            run_facts.run_planned(self.tick(), items, **planned),
        ]

    def tick(self):
        """The next moment."""
        self.at_us += 1000
        return self.at_us

    def node(  # noqa: PLR0913 - what the facts of an execution tell
        self, unit, *, status="success", problem=None, case=None, result=None, process=None
    ):
        """The facts of the execution of a node; a problem in its input keeps it from running."""
        item = self.items[unit]
        self.facts.append(
            {
                **self.head("unit_planned", unit),
                "node_id": item["item_id"],
                "node_version": "1.0.0",
                "node_hash": DIGEST,
                "behaviour": DIGEST,
                "executor": "python",
                "lifecycle": "active",
                "locked": True,
                "case": case,
                "trust": TRUST,
            }
        )
        self.facts.append(
            facts.unit_started(
                self.tick(),
                unit,
                seq_exec=self.starts,
                input_state={"text": " Hi "},
                isolation=ISOLATION,
            )
        )
        self.starts += 1
        broken = problem["code"].removesuffix("-contract") if problem else None
        for name in ("lock", "gate", "input", "execute", "output"):
            if name == "execute" and process:
                self.facts.append(facts.unit_process(self.tick(), unit, process))
            if name == "output" and result:
                self.facts.append(facts.unit_result(self.tick(), unit, result))
            failed = name == broken or (name == "execute" and broken not in {None, "output"})
            step = {
                "step": name,
                "status": "fail" if failed else "ok",
                "duration_us": 500,
                "detail": problem["message"] if failed else None,
            }
            self.facts.append(facts.unit_step(self.tick(), unit, step))
            if failed:
                break
        self.facts.append(
            facts.unit_finished(
                self.tick(),
                unit,
                status=status,
                reason=problem["code"] if problem else None,
                error=problem,
                duration_us=4000,
            )
        )
        return self

    def expected(self, unit, *, passed, predicate="output", msg="the expected output came"):
        """What came out of the unit was compared."""
        self.facts.append(
            facts.unit_expected(self.tick(), unit, predicate=predicate, passed=passed, msg=msg)
        )
        return self

    def refused(self, unit, status, problem):
        """The unit was not started."""
        self.facts.append(facts.unit_refused(self.tick(), unit, status=status, error=problem))
        return self

    def checked(self, unit, status, **told):
        """The unit is a check, a command or a gate."""
        self.facts.append(
            facts.unit_checked(self.tick(), unit, item=self.items[unit], status=status, **told)
        )
        return self

    def finished(self, outcome="partial", reason=None):
        """The run ended."""
        self.facts.append(
            run_facts.run_finished(self.tick(), outcome=outcome, duration_us=60_000, reason=reason)
        )
        return self

    def head(self, kind, unit):
        """What every fact of a unit begins with."""
        return {"v": "1.1", "kind": kind, "at_us": self.tick(), "unit": unit}

    def run(self):
        """The run that the facts so far amount to."""
        fold = RunFold()
        for fact in self.facts:
            fold.add(fact)
        return fold.run()


def sample_facts():
    """One unit of every kind and status."""
    items = [
        run_facts.plan_item("demo.text.clean", "run", "node"),
        run_facts.plan_item("demo.text.count", "run", "node", needs=[0]),
        run_facts.plan_item("demo.text.strict", "run", "node"),
        run_facts.plan_item("demo.text.absent", "run", "node"),
        run_facts.plan_item("demo.text.later", "run", "node", needs=[1]),
        run_facts.plan_item("demo.text.unwanted", "run", "node", critical=False),
        run_facts.plan_item("demo.text.clean", "trims both ends", "node"),
        run_facts.plan_item("demo.text.clean", "refuses a number", "node"),
        run_facts.plan_item("nightly", "row_count", "check"),
        run_facts.plan_item("nightly", "command", "command"),
        run_facts.plan_item("gate", "coverage", "gate"),
    ]
    made = Facts(items, active=["demo.text.clean", "demo.text.count", "demo.text.later"])
    given = {
        "state": {"text": "Hi"},
        "summary": "trimmed 2 characters",
        "metrics": {"trimmed": 2},
        "warnings": ["the text was short"],
        "artifacts": [
            {"name": "page", "path": "inputs/0/page.html", "hash": DIGEST, "type": "text/html"},
            {
                "name": "table",
                "path": "artifacts/0-demo-text-clean/t.csv",
                "hash": DIGEST,
                "type": "text/csv",
            },
        ],
        "actions": [
            {
                "action": "httpGet",
                "status": "ok",
                "args": "GET /",
                "ok": {"status": 200, "body_len": 12},
            },
            {"action": "tcp", "status": "ok"},
        ],
        "extracts": [
            {
                "source_artifact": "page",
                "format": "json",
                "status": "ok",
                "select": "$.a",
                "summary": {"match_count": 1},
            }
        ],
    }
    traceback = (
        "Traceback (most recent call last):\n  File \"node.py\", line 3, in run\nKeyError: 'text'\n"
    )
    made.node(0, result=given, process=process("cleaned\n"))
    made.node(1, status="failure", problem=error(), process=process(stderr=traceback, status=1))
    made.node(
        2,
        status="failure",
        problem=error(
            "input-contract", "the input state does not keep the contract: /text is a number"
        ),
    )
    made.refused(
        3, "error", error("refused", "demo.text.absent: node.py has changed since it was locked")
    )
    made.refused(4, "blocked", error("blocked", "demo.text.count did not succeed"))
    made.refused(5, "skipped", error("skipped", "not wanted on this branch"))
    made.node(6, case="trims both ends", result={"state": {"text": "Hi"}}).expected(6, passed=True)
    made.node(
        7,
        status="failure",
        case="refuses a number",
        problem=error("input-contract", "the input state does not keep the contract"),
    )
    made.expected(7, passed=True, predicate="error", msg="the expected error input-contract came")
    made.checked(8, "failure", detail="rows=0", duration_us=10, evidence=["run.log:line:2"])
    made.checked(
        9, "success", argv=["bash", "nightly.sh"], process=process("done\n"), duration_us=9000
    )
    made.checked(10, "failure", detail="coverage 66.66 % is below 90 %")
    return made.finished("error")


def sample_run():
    """The run that ``sample_facts`` amount to."""
    return sample_facts().run()
