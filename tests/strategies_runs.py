"""Runs as the fold gives them: random plans, endings and texts, driven through the facts."""

from hypothesis import strategies as st
from tests.hostile import STATUSES, codes, texts
from tests.sample_run import DIGEST, Facts, error, process

from onex.results import run_facts
from onex.results.closing import closing_facts
from onex.results.run import RunFold
from onex.results.status import outcome

NODES = [f"demo.text.n{number}" for number in range(4)]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | texts(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts(), inner, max_size=2),
    max_leaves=4,
)
MEMBERS = st.dictionaries(texts(), VALUES, max_size=2)
OKS = [
    ("run", {"exit": 0, "out_len": 3, "err_len": 0, "out_preview_b64": "YWJj"}),
    ("proc", {"exit": 0, "out_len": True, "err_len": 0}),
    ("httpGet", {"status": 200, "body_len": 0}),
    ("httpGet", {"status": "200", "body_len": -1}),
    ("tcp", {"bytes_len": 7, "bytes_truncated": "no"}),
    ("artifactCheck", {"name": "a", "kind": "b", "path": "c"}),
    ("extractJson", {"source_artifact": "a", "select": "$", "match_count": 2}),
    ("wait", {"seconds": 1.5}),
]


@st.composite
def actions(draw):
    """An action that a node reports, in its form or not."""
    name, payload = draw(st.sampled_from(OKS))
    status = draw(st.sampled_from(["ok", "fail"]))
    told = {"action": draw(st.just(name) | texts(min_size=1)), "status": status}
    payloads = st.just(payload) | VALUES | st.fixed_dictionaries({"kind": texts(), "msg": texts()})
    members = {"args": VALUES, "action_id": texts() | VALUES, status: payloads}
    return {**told, **draw(st.fixed_dictionaries({}, optional=members))}


@st.composite
def extracts(draw):
    """An extraction that a node reports."""
    told = {
        "source_artifact": draw(texts(min_size=1)),
        "format": draw(st.sampled_from(["json", "jsonl"]) | texts(min_size=1)),
        "status": draw(st.sampled_from(["ok", "fail"])),
    }
    counted = st.fixed_dictionaries(
        {"match_count": st.integers(-1, 9) | st.booleans()}, optional={"value_text": texts()}
    )
    members = {"select": texts() | VALUES, "summary": counted | VALUES, "fail": VALUES}
    return {**told, **draw(st.fixed_dictionaries({}, optional=members))}


@st.composite
def results(draw):
    """What a node hands back."""
    paths = st.sampled_from(["artifacts/0-demo/é.csv", "inputs/0/page.html", "t.txt"])
    artifact = st.fixed_dictionaries(
        {"name": texts(min_size=1), "path": paths, "hash": st.just(DIGEST), "type": texts()}
    )
    members = {
        "summary": texts(),
        "metrics": st.dictionaries(texts(), st.integers() | texts() | st.booleans(), max_size=2),
        "warnings": st.lists(texts(), max_size=2),
        "artifacts": st.lists(artifact, max_size=2),
        "actions": st.lists(actions(), max_size=2),
        "extracts": st.lists(extracts(), max_size=2),
    }
    return {"state": draw(MEMBERS), **draw(st.fixed_dictionaries({}, optional=members))}


def problems():
    """Why a unit did not succeed."""
    known = st.sampled_from(["exception", "input-contract", "output-contract", "lock", "timeout"])
    return st.builds(error, known | codes(), texts())


@st.composite
def items(draw):
    """An item of a plan: a node, one of its cases, or what is none."""
    kind = draw(st.sampled_from(["node", "node", "case", "check", "command", "gate"]))
    is_node = kind in {"node", "case"}
    name = draw(st.sampled_from(NODES)) if is_node else draw(texts())
    key = "run" if kind == "node" else draw(texts())
    return run_facts.plan_item(
        name,
        key,
        "node" if is_node else kind,
        critical=draw(st.booleans()),
        expects=kind == "case" and draw(st.booleans()),
    )


def _node(draw, made, unit):
    """The facts of a node's unit; it may be refused, or cut off."""
    ending = draw(st.sampled_from([*STATUSES, "refused", "refused", "planned", "open"]))
    if ending == "open":
        return
    if ending == "refused":
        made.refused(unit, draw(st.sampled_from(["error", "skipped", "blocked"])), draw(problems()))
        return
    problem = None if ending == "success" else draw(problems())
    case = None if made.items[unit]["case_key"] == "run" else made.items[unit]["case_key"]
    streams = draw(st.none() | st.builds(process, texts(), texts(), st.integers(0, 255)))
    result = draw(st.none() | results())
    told = len(made.facts)
    made.node(unit, status=ending, problem=problem, case=case, result=result, process=streams)
    if ending == "planned":
        del made.facts[draw(st.integers(told + 1, len(made.facts) - 1)) :]
    elif case is not None and ending != "error" and draw(st.booleans()):
        predicate = draw(st.sampled_from(["output", "error"]))
        passed = draw(st.booleans()) and (predicate == "output") is (ending == "success")
        made.expected(unit, passed=passed, predicate=predicate, msg=draw(texts()))


def _check(draw, made, unit):
    """The fact of a unit that is no node."""
    status = draw(st.sampled_from(STATUSES))
    problem = draw(problems()) if status in {"failure", "error"} and draw(st.booleans()) else None
    made.checked(
        unit,
        status,
        reason=draw(st.none() | texts()),
        duration_us=draw(st.none() | st.integers(0, 10**9)),
        evidence=draw(st.lists(st.just("run.log:line:1"), max_size=1)),
        detail=draw(st.none() | texts()),
        argv=draw(st.none() | st.lists(texts(), min_size=1, max_size=2)),
        process=draw(st.none() | st.builds(process, texts(), texts())),
        error=problem,
    )


@st.composite
def journals(draw, *, cut=True):
    """The facts of a run, in some order of its units.

    Args:
        draw: given by Hypothesis.
        cut: whether the run may be cut off, or end in an error of its own.
    """
    plan = draw(st.lists(items(), max_size=5))
    made = Facts(
        plan,
        active=draw(st.none() | st.just(NODES[:3])),
        tree_digest=draw(st.sampled_from([None, DIGEST])),
    )
    made.facts[0]["env"] = draw(st.sampled_from([None, {"present": ["HOME"], "missing": ["PATH"]}]))
    resource = {"type": draw(texts()), "ref": draw(texts()), "rows": 3}
    kept = {"name": "kept", "path": "artifacts/kept.txt", "hash": DIGEST, "type": ""}
    made.facts.append(run_facts.run_input(made.tick(), resource))
    made.facts.append(
        run_facts.run_output(made.tick(), resource, draw(st.sampled_from([None, kept])))
    )
    for unit in draw(st.permutations(range(len(plan)))):
        (_node if plan[unit]["kind"] == "node" else _check)(draw, made, unit)
        made.facts.append(run_facts.logged(made.tick(), "stdout", draw(texts())))
    fold = folded(made.facts)
    if cut and draw(st.booleans()):
        if draw(st.booleans()):
            made.finished("error", reason=draw(st.none() | texts()))
        return made.facts
    made.facts += closing_facts(fold, made.tick())
    return made.finished(outcome(unit["status"] for unit in folded(made.facts).units())).facts


def folded(told):
    """What facts amount to."""
    fold = RunFold()
    for fact in told:
        fold.add(fact)
    return fold


def runs(*, cut=True):
    """Records of runs."""
    return journals(cut=cut).map(lambda told: folded(told).run())
