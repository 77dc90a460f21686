"""Run: a fold over facts, which ends every unit in one verdict wherever the facts end."""

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import (
    DIGEST,
    GIT,
    START_US,
    TRIGGER,
    Facts,
    error,
    process,
    sample_facts,
    sample_run,
)
from tests.strategies_runs import folded, journals

from onex.core.canonical import digest
from onex.projections import observer
from onex.results import facts, run_facts
from onex.results.closing import closing_facts
from onex.results.execution import fold as results_of
from onex.results.run import RunFold
from onex_contract import registry

STATUSES = {
    "demo.text.clean": "success",
    "demo.text.count": "failure",
    "demo.text.strict": "failure",
    "demo.text.absent": "error",
    "demo.text.later": "blocked",
    "demo.text.unwanted": "skipped",
    "demo.text.clean::trims both ends": "success",
    "demo.text.clean::refuses a number": "success",
    "nightly::row_count": "failure",
    "nightly::command": "success",
    "gate::coverage": "failure",
}


def item(name="demo.text.clean", key="run", kind="node", **more):
    return run_facts.plan_item(name, key, kind, **more)


def test_sample():
    """A unit of every kind and status, by name, in the order of the plan."""
    run = sample_run()

    assert {unit["unit_id"]: unit["status"] for unit in run["units"]} == STATUSES
    assert [unit["seq_plan"] for unit in run["units"]] == list(range(len(STATUSES)))
    assert [unit["needs"] for unit in run["units"]][:5] == [
        [],
        ["demo.text.clean"],
        [],
        [],
        ["demo.text.count"],
    ]
    assert run["log"][0] == {"at_us": START_US + 1000, "text": "nodes: started with onex 0.1.0"}
    assert [error.message for error in registry.validator("run").iter_errors(run)] == []


@given(journals(), st.data())
def test_every_beginning_of_a_journal_ends_every_unit(told, data):
    """A run that is cut off anywhere has one verdict for each unit, and closing it says the same."""
    told = told[: data.draw(st.integers(1, len(told)))]
    fold = folded(told)
    before = fold.run()
    named = [(unit["unit_id"], unit["status"], unit["reason"]) for unit in before["units"]]
    closing = list(closing_facts(fold, told[-1]["at_us"] + 1))
    closed = folded([*told, *closing]) if told[-1]["kind"] != "run_finished" else fold
    after = closed.run()

    assert [error.message for error in registry.validator("run").iter_errors(before)] == []
    assert len({name for name, _, _ in named}) == len(named)
    assert closed.open_units() == [] or told[-1]["kind"] == "run_finished"
    assert [(unit["unit_id"], unit["status"], unit["reason"]) for unit in after["units"]] == named
    assert len(closing) == len(fold.open_units())


@given(journals())
def test_the_results_of_executions_are_the_same_one_by_one(told):
    """ONEX-M2-07: what the fold gives as a unit ends is what all facts amount to in the end."""
    fold = RunFold()
    found = [result for fact in told if (result := fold.add(fact)) is not None]
    units = {fact["unit"] for fact in told if fact["kind"] == "unit_finished"}
    ended = [result for result in results_of(told) if result["seq_plan"] in units]

    assert sorted(found, key=lambda result: result["seq_plan"]) == ended


def test_states_are_let_go():
    """A run of many units keeps no states, however large each is."""
    made = Facts([item(f"demo.text.n{number}") for number in range(30)])
    fold = folded(made.facts)
    del made.facts[:]
    tracemalloc.start()
    for number in range(30):
        made.node(number, result={"state": {"text": f"{number:07}" * 30_000}})
        for fact in made.facts:
            if fact["kind"] == "unit_started":
                fact["input_state"] = {"text": f"{number:07}" * 30_000}
            fold.add(fact)
        del made.facts[:]
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 2_000_000  # the states of five units are as large


# What has no place


def started():
    return run_facts.run_started(
        1,
        run_id="r",
        pipeline_id="p",
        onex_version="1",
        git=GIT,
        trigger=TRIGGER,
        config_hash=DIGEST,
    )


def planned(*items):
    return run_facts.run_planned(2, list(items))


def checked(unit, name="c"):
    return facts.unit_checked(3, unit, item=item("p", name, "check"), status="success")


def of_node(*kinds):
    """The facts of these kinds out of the execution of one node."""
    made = Facts([item()]).node(0, result={"state": {}}, process=process())
    made.expected(0, passed=True).refused(0, "error", error())
    found = {fact["kind"]: fact for fact in made.facts}
    return [found[f"unit_{kind}"] for kind in kinds]


FINISHED = run_facts.run_finished(9, outcome="success", duration_us=1)
PLAN = [started(), planned(item())]
MISPLACED = [
    ([FINISHED], "a run begins once, with run_started"),
    ([planned()], "a run begins once"),
    ([started(), started()], "a run begins once"),
    ([started(), planned(), planned()], "a run is planned once"),
    ([started(), checked(0), planned()], "a run is planned once, before its units"),
    ([started(), FINISHED, FINISHED], "the run has ended"),
    ([started(), FINISHED, run_facts.logged(9, "run", "late")], "the run has ended"),
    ([*PLAN, FINISHED, *of_node("planned")], "the run has ended"),
    ([started(), *of_node("started")], "unit 0 was never planned"),
    ([started(), *of_node("refused")], "unit 0 was never planned"),
    ([started(), checked(1)], "unit 1 is not the next, which is 0"),
    ([*PLAN, *of_node("planned", "planned")], "unit 0 is planned once"),
    ([*PLAN, *of_node("started")], "unit 0 was never planned"),
    ([*PLAN, *of_node("step")], "unit 0 was never planned"),
    ([*PLAN, *of_node("process")], "unit 0 was never planned"),
    ([*PLAN, *of_node("result")], "unit 0 was never planned"),
    ([*PLAN, *of_node("finished")], "unit 0 was never planned"),
    ([*PLAN, *of_node("planned", "started", "started")], "unit 0 has begun"),
    ([*PLAN, *of_node("planned", "started", "refused")], "unit 0 has begun"),
    ([*PLAN, *of_node("planned", "finished", "finished")], "unit 0 ends once"),
    ([*PLAN, *of_node("planned", "finished", "result")], "unit 0 ends once"),
    ([*PLAN, *of_node("planned", "finished", "step")], "unit 0 ends once"),
    ([*PLAN, *of_node("refused", "refused")], "unit 0 ends once"),
    ([*PLAN, *of_node("refused", "planned")], "unit 0 ends once"),
    ([*PLAN, *of_node("planned"), checked(0)], "unit 0 is a node, and no check"),
    ([*PLAN, checked(0), checked(0)], "unit 0 ends once"),
    ([*PLAN, *of_node("planned", "expected")], "unit 0 is compared with its case once, at its end"),
    (
        [*PLAN, *of_node("planned", "finished", "expected", "expected")],
        "compared with its case once",
    ),
]


@pytest.mark.parametrize(("told", "words"), MISPLACED)
def test_a_fact_out_of_place_is_refused(told, words):
    """A journal that somebody has put together is no journal."""
    *before, last = told
    fold = folded(before)
    with pytest.raises(ValueError, match=words):
        fold.add(last)


def test_a_run_that_never_began_has_no_record():
    """There is nothing to say of it."""
    with pytest.raises(ValueError, match="no fact says that a run began"):
        RunFold().run()


# Names, order, coverage, references


def test_units_of_one_name_are_told_apart():
    """OBS-03: an identity belongs to one unit; a program may check a thing twice."""
    told = [started(), planned(item("p", "c #2", "check"))]
    told += [checked(0), checked(1), checked(2), checked(3)]
    run = folded(told).run()

    assert [unit["case_key"] for unit in run["units"]] == ["c #2", "c", "c #3", "c #4"]
    assert len({unit["unit_id"] for unit in run["units"]}) == 4


def test_a_node_and_a_check_of_one_identity_are_told_apart():
    """Their ids differ, yet the Observer report knows item and case alone."""
    run = folded([started(), planned(item("a"), item("a", "run", "check"))]).run()

    assert [(unit["item_id"], unit["case_key"]) for unit in run["units"]] == [
        ("a", "run"),
        ("a", "run #2"),
    ]


@given(st.permutations(range(4)))
def test_the_real_order_is_that_of_starts(order):
    """ATLAS-14, AMB-04: a unit that was refused stands where that was decided."""
    made = Facts([item(f"demo.text.n{number}") for number in range(4)])
    for number in order:
        if number == 2:
            made.refused(number, "blocked", error("blocked", "no"))
        else:
            made.node(number)
    run = made.finished().run()

    assert [unit["seq_exec"] for unit in run["units"]] == [
        order.index(number) for number in range(4)
    ]


@given(st.permutations(range(4)))
def test_obs_02_the_report_does_not_depend_on_the_order_of_execution(order):
    """The records of the specification are the same, whatever ended first."""

    def report(sequence):
        made = Facts([item(f"demo.text.n{number}") for number in range(4)])
        for number in sequence:
            made.node(number, result={"state": {"n": number}}, process=process(f"{number}\n"))
        records = observer.golden_records(made.finished("success").run())
        for record in records:
            record.get("unit", {}).pop(
                "evidence", None
            )  # a line of the log, which tells the real order
        return records

    assert report(order) == report(range(4))


COVERAGE = [
    ([], {}, {"active": 0, "covered": 0, "percent": None}),
    (["a.b"], {}, {"active": 1, "covered": 0, "percent": 0.0}),
    (["a.b"], {"a.b": "success"}, {"active": 1, "covered": 1, "percent": 100.0}),
    (["a.b"], {"a.b": "failure"}, {"active": 1, "covered": 1, "percent": 100.0}),
    (["a.b"], {"a.b": "error"}, {"active": 1, "covered": 1, "percent": 100.0}),
    (["a.b"], {"a.b": "skipped"}, {"active": 1, "covered": 0, "percent": 0.0}),
    (["a.b"], {"a.b": "blocked"}, {"active": 1, "covered": 0, "percent": 0.0}),
    (["a.b"], {"a.c": "success"}, {"active": 1, "covered": 0, "percent": 0.0}),
    (
        ["a.b", "a.c", "a.d"],
        {"a.b": "success", "a.c": "success"},
        {"active": 3, "covered": 2, "percent": 66.66},
    ),
]


@pytest.mark.parametrize(("active", "ended", "coverage"), COVERAGE)
def test_coverage(active, ended, coverage):
    """ONEX-R-08: results that are neither skipped nor blocked, over active nodes, rounded down."""
    made = Facts([item(name) for name in ended], active=active)
    for number, status in enumerate(ended.values()):
        made.node(number, status=status)

    assert made.run()["coverage"] == coverage


def test_coverage_is_whole_only_when_nothing_is_missing():
    """A percentage that is rounded up hides the last node."""
    names = [f"a.n{number}" for number in range(20_001)]
    made = Facts([item(name) for name in names[1:]], active=names)
    made.facts += [{**of_node("planned")[0], "unit": number} for number in range(20_000)]

    assert made.run()["coverage"] == {"active": 20_001, "covered": 20_000, "percent": 99.99}


def test_a_refused_node_covers_nothing():
    """It was not executed."""
    made = Facts([item("a.b")], active=["a.b"]).refused(0, "error", error("refused", "no"))

    assert made.run()["coverage"] == {"active": 1, "covered": 0, "percent": 0.0}


CONTRACT_HASH = "76fce6b4ba5d538b4ac40fb9c57b476381e672a7cd7f88012f81d257b7698f91"


def test_contract_hash_is_pinned():
    """ATLAS-21: the digest of the nodes' digests; changing it would change every record."""
    made = Facts([item("a.b"), item("a.c")]).node(1).node(0)

    assert made.run()["references"]["contract_hash"] == CONTRACT_HASH
    assert digest({"a.b": DIGEST, "a.c": DIGEST}) == CONTRACT_HASH


def test_contract_hash_of_a_program():
    """Where no node ran, the contract is what the program declares: names, never values."""
    told = {**started(), "env": {"present": ["B"], "missing": ["A"]}, "pipeline_version": "2"}
    declared = {"pipeline_id": "p", "pipeline_version": "2", "required_env": ["A", "B"]}

    assert folded([told]).run()["references"]["contract_hash"] == digest(declared)


# Journals of version 1.0

HEAD = {"v": "1.0", "at_us": 100}
OLD = [
    {**HEAD, "kind": "run_started", "run_id": "r", "pipeline_id": "test", "onex_version": "0.1.0", "git_sha7": "a1b2c3d"},
    {**of_node("planned")[0], **HEAD, "unit": 0},
    {**HEAD, "kind": "unit_step", "unit": 0, "step": {"step": "lock", "status": "ok", "duration_us": 1, "detail": None}},
    {**of_node("started")[0], **HEAD, "unit": 0, "at_us": 103},
    {**of_node("result")[0], **HEAD, "unit": 0},
    {**of_node("finished")[0], **HEAD, "unit": 0},
    {**of_node("planned")[0], **HEAD, "unit": 1, "case": "trims"},
    {**of_node("started")[0], **HEAD, "unit": 1, "seq_exec": 1},
    {**of_node("finished")[0], **HEAD, "unit": 1, "status": "failure", "reason": "exception", "error": error()},
    {**of_node("planned")[0], **HEAD, "unit": 2},
    {**HEAD, "kind": "run_finished", "at_us": 200, "outcome": "partial", "duration_us": 90},
]  # fmt: skip


def test_a_journal_without_a_plan_is_read():
    """P-04: what 1.0 did not know yet, a plan, a trigger, a commit, is filled in."""
    assert [fact for fact in OLD if not registry.validator("fact").is_valid(fact)] == []
    run = folded(OLD).run()

    assert [(u["unit_id"], u["status"], u["reason"]) for u in run["units"]] == [
        ("demo.text.clean", "success", None),
        ("demo.text.clean::trims", "failure", "exception"),
        ("demo.text.clean::run #2", "error", "interrupted"),
    ]
    assert run["git"] == {"sha": None, "sha7": "a1b2c3d", "ref": None}
    assert run["trigger"] == {"type": "local_cli", "source": None, "actor": None}
    assert (run["coverage"], run["outcome"], run["duration_us"]) == (None, "partial", 90)
    assert [error.message for error in registry.validator("run").iter_errors(run)] == []


@pytest.mark.parametrize("length", range(1, len(OLD)))
def test_every_beginning_of_an_old_journal_is_read(length):
    """A crash of an older onex is closed by a newer one."""
    fold = folded(OLD[:length])
    closing = list(closing_facts(fold, 300))
    run = folded([*OLD[:length], *closing]).run()

    assert {unit["status"] for unit in run["units"]} <= {"success", "failure", "error"}
    assert run["outcome"] == "error"


def test_a_clock_that_goes_back_ends_nothing_before_it_began():
    """The end is the beginning and the duration."""
    made = sample_facts()
    for fact in made.facts[40:]:
        fact["at_us"] = 5
    run = made.run()

    assert run["finished_us"] == run["started_us"] + 60_000
    assert all(u["finished_us"] >= u["started_us"] >= 0 for u in run["units"])
