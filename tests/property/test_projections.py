"""The laws of projections: what is read is what was written, and nothing that lies is read."""

import contextlib
import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.strategies_runs import folded, journals, runs
from tests.strategies_schemas import instances

from onex.core.patch import same
from onex.projections import batch, manifest, observer, run_artifact, run_result
from onex.results.evidence import resolve
from onex.results.volatile import strip
from onex_contract import registry

WORST_LAST = ["success", "partial", "failed"]
RANK = ["success", "partial", "failure", "error"]


def problems(name, value):
    return [f"{list(e.path)}: {e.message}" for e in registry.validator(name).iter_errors(value)]


def plain(run):
    """The run without what the documents that it was read from had otherwise."""
    return {**run, "ext": {}}


@given(journals())
def test_facts_are_facts(told):
    """The laws below are about journals that there can be."""
    assert [problem for fact in told for problem in problems("fact", fact)] == []


@given(runs())
def test_every_projection_keeps_its_schema(run):
    """ONEX-R-04, ATLAS-02, OVC-16, OBS-07: whatever happened, the documents are such."""
    files = run_artifact.files(run)

    assert problems("run", run) == []
    assert problems("batch_result", batch.document(run)) == []
    assert problems("run_result", run_result.document(run)) == []
    assert problems("manifest", manifest.document(run)) == []
    assert problems("run_artifact", files.record) == []
    assert problems("checks", files.checks) == []
    assert [
        found for record in observer.records(run) for found in problems("observer", record)
    ] == []


@given(runs())
def test_003_import_gives_the_run_back(run):
    """OVC, F: import of a projection is the identity, with the extension slot."""
    assert run_artifact.read(run_artifact.files(run)) == run


@given(runs())
def test_003_text_gives_the_run_back(run):
    """OVC-13, ATLAS-30: neither does the text lose anything; it is ASCII and stable."""
    files = run_artifact.files(run)
    record, checks = run_artifact.to_json(files.record), run_artifact.to_json(files.checks)

    for text in (record, checks):
        assert text.isascii()
        assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
    told = run_artifact.Files(json.loads(record), json.loads(checks), files.log)
    assert same(run_artifact.read(told), run)


@given(runs())
def test_004_import_gives_the_run_back(run):
    """OBS-18: the report alone tells everything."""
    lines = observer.to_jsonl(run).splitlines(keepends=False)
    text = observer.to_jsonl(run)

    assert text.endswith("\n")
    assert same(observer.read([json.loads(line) for line in text.split("\n")[:-1]]), run)
    assert len(lines) >= len(observer.records(run))


def without_coverage(document):
    """A batch without what it cannot carry back: what was measured against other nodes."""
    return {
        **document,
        "coverage_percent": None,
        "ci_run": {**document["ci_run"], "runtime_flags": []},
    }


@given(runs())
def test_000_project_import_project(run):
    """F: a batch is read as what it says; coverage and flags are not its own to say."""
    document = batch.document(run)
    again = batch.read(document)

    assert same(batch.document(again), document)
    assert same(without_coverage(batch.document(plain(again))), without_coverage(document))


def without_counters(document):
    """A RunResult without what only the run knows: its words, and which step gave which file."""
    steps = [{**step, "artifacts": []} for step in document["steps"]]
    return {**document, "summary": "", "metrics": {}, "steps": steps}


@given(runs())
def test_001_project_import_project(run):
    """ATLAS-30, F: a RunResult is read as what it says."""
    document = run_result.document(run)
    again = run_result.read(document)

    assert same(run_result.document(again), document)
    assert same(without_counters(run_result.document(plain(again))), without_counters(document))


def bare(files):
    """The three files without any word of onex's own."""
    record = {key: item for key, item in files.record.items() if key != "x_onex"}
    checks = [
        {key: item for key, item in check.items() if key != "x_onex"}
        for check in files.checks["checks"]
    ]
    return run_artifact.Files(record, {**files.checks, "checks": checks}, files.log)


@given(runs())
def test_003_project_import_project(run):
    """F: without the extension, a projection of what was read is what was read."""
    files = bare(run_artifact.files(run))
    again = run_artifact.read(files)

    assert run_artifact.files(again) == files
    assert bare(run_artifact.files(plain(again))) == files


def bare_records(records):
    """A report without any word of onex's own; its implementation cannot be told from it."""
    header, *others, summary = [record for record in records if record["k"] != "onex"]
    unsaid = ("implementation", "notes")
    return [
        {key: item for key, item in header.items() if key not in unsaid},
        *others,
        {key: item for key, item in summary.items() if key not in unsaid},
    ]


@given(runs())
def test_004_project_import_project(run):
    """F: without the extension, a projection of what was read is what was read."""
    records = bare_records(observer.records(run))
    again = observer.read(records)

    assert same(observer.records(again), records)
    assert same(bare_records(observer.records(plain(again))), records)


@given(runs())
def test_a_foreign_document_survives_other_formats(run):
    """What was read from one format is the same after a way through another."""
    again = batch.read(batch.document(run))
    through = observer.read(observer.records(again))

    assert same(batch.document(through), batch.document(run))


# Documents that others wrote


SECONDS = st.integers(0, 4_000_000_000)


def moments(draw):
    """A beginning and an end that there can be, as documents of different programs write them."""
    first, more = draw(SECONDS), draw(st.integers(0, 86_400))
    return [
        datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        for at in (first, first + more)
    ]


def keeps(name, value):
    assume(registry.validator(name).is_valid(value))


def documents(name):
    schema = registry.schema(name)
    return instances(schema, schema)


FOREIGN = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@given(data=st.data())
@FOREIGN
def test_000_foreign_documents(data):
    """F: project . import is the identity for batches that others wrote."""
    document = data.draw(documents("batch_result"))
    document["started_at"], document["completed_at"] = [f"{at}Z" for at in moments(data.draw)]
    for result in document["results"]:
        result["success"] = result["status"] == "success"
    document["status"] = batch.status_of(result["status"] for result in document["results"])
    failed = [item["node_id"] for item in document["results"] if item["status"] == "failure"]
    if document.get("ci_run"):
        document["ci_run"] |= {"node_count": len(document["results"]), "failed_nodes": failed}
    keeps("batch_result", document)

    assert same(batch.document(batch.read(document)), document)


@given(data=st.data())
@FOREIGN
def test_001_foreign_documents(data):
    """F: project . import is the identity for RunResults that others wrote."""
    document = data.draw(documents("run_result"))
    zone = data.draw(st.sampled_from(["Z", "+00:00", "-11:30", ".5Z"]))
    document["started_at"], document["finished_at"] = [f"{at}{zone}" for at in moments(data.draw)]
    assume(document["started_at"] > "1970-01-02")
    for place, step in enumerate(document["steps"]):
        step["step_id"] += f"-{place}"
        step.pop("onex.status", None)
    minor = data.draw(
        st.just("all")
        | st.lists(st.sampled_from([s["step_id"] for s in document["steps"]] or ["-"]))
    )
    document["policy"] = {"not_critical": minor, "more": None}
    document["status"] = run_result.status_of(
        (step["step_id"] not in minor, step["status"]) for step in document["steps"]
    )
    keeps("run_result", document)

    assert same(run_result.document(run_result.read(document)), document)


@given(data=st.data(), text=st.text())
@FOREIGN
def test_003_foreign_documents(data, text):
    """F: project . import is the identity for run artifacts that others wrote."""
    record, checks = data.draw(documents("run_artifact")), data.draw(documents("checks"))
    record["started_utc"], record["finished_utc"] = [f"{at}Z" for at in moments(data.draw)]
    record["git"] |= {"sha": None}
    record["env"] = {"present": ["A"], "missing": ["B"]}
    statuses = [check["status"] for check in checks["checks"]]
    checks["run_id"] = record["run_id"]
    checks["summary"] |= {status: statuses.count(status) for status in ("pass", "fail", "skip")}
    record["status"] = data.draw(
        st.sampled_from(["failed", run_artifact.status_of(checks["checks"])])
    )
    keeps("run_artifact", record)
    keeps("checks", checks)
    files = run_artifact.Files(record, checks, text)
    again = run_artifact.files(run_artifact.read(files))

    assert (same(again.record, record), same(again.checks, checks), again.log) == (True, True, text)


@given(runs(), st.data())
@FOREIGN
def test_004_foreign_documents(run, data):
    """F: project . import is the identity for reports that others wrote, with keys of their own."""
    records = bare_records(observer.records(run))
    free = st.dictionaries(
        st.sampled_from(["note", "é", "zz"]), st.integers() | st.text(), max_size=2
    )
    records = [{**data.draw(free), **record} for record in records]
    details = [
        place
        for place, record in enumerate(records)
        if "case_id" in record and record["k"] != "case"
    ]
    dropped = data.draw(st.sampled_from(["assert", "extract", "none"]))
    records = [
        record
        for place, record in enumerate(records)
        if place not in details or record["k"] != dropped
    ]

    assert same(observer.records(observer.read(records)), records)


# Documents that lie


@given(runs(), st.data())
def test_000_a_status_that_lies_is_refused(run, data):
    """ONEX-R-06: over every multiset of node statuses, in any order, one batch status is right."""
    document = batch.document(run)
    document["results"] = data.draw(st.permutations(document["results"]))
    told = data.draw(st.sampled_from(["success", "partial", "failure"]))
    document["ci_run"] = None
    right = batch.status_of(result["status"] for result in document["results"])
    if told == right:
        assert batch.document(batch.read({**document, "status": told}))["status"] == told
    else:
        with pytest.raises(ValueError, match=r"ONEX-R-06"):
            batch.read({**document, "status": told})


@given(runs(), st.data())
def test_001_a_status_that_lies_is_refused(run, data):
    """ATLAS-08 to -10: whatever else a document says, its status is that of its steps."""
    document = run_result.document(run)
    told = data.draw(st.sampled_from(["success", "partial", "failed"]))
    if told == document["status"]:
        return
    with pytest.raises(ValueError, match=r"ATLAS-08"):
        run_result.read({**document, "status": told})


@given(runs(), st.data())
def test_003_a_status_that_lies_is_refused(run, data):
    """OVC-08: a status may be worse than the checks, never better; own files say just one thing."""
    files = run_artifact.files(run)
    told = data.draw(st.sampled_from(["success", "partial", "failed"]))
    record = {**files.record, "status": told}
    is_better = WORST_LAST.index(told) < WORST_LAST.index(
        run_artifact.status_of(files.checks["checks"])
    )
    foreign = bare(run_artifact.Files(record, files.checks, files.log))
    if is_better:
        with pytest.raises(ValueError, match=r"OVC-08"):
            run_artifact.read(foreign)
    else:
        assert run_artifact.files(run_artifact.read(foreign)).record["status"] == told
    if told != files.record["status"]:
        with pytest.raises(ValueError, match=r"OVC-08|x_onex tells"):
            run_artifact.read(run_artifact.Files(record, files.checks, files.log))


@given(runs(), st.data())
def test_004_a_total_that_lies_is_refused(run, data):
    """OBS-11, OBS-17, OBS-20: totals are sums, with onex's records or without."""
    for records in (observer.records(run), bare_records(observer.records(run))):
        told = copy.deepcopy(records)
        places = [place for place, record in enumerate(told) if record["k"] in {"case", "summary"}]
        record = told[data.draw(st.sampled_from(places))]
        counts = [name for name in record if name.startswith(("case_p", "case_f", "assert_"))]
        name = data.draw(st.sampled_from(counts))
        record[name] += data.draw(st.sampled_from([1, 7]))
        with pytest.raises(observer.ReportError):
            observer.read(told)


@given(runs())
def test_004_exit_status_is_no_better_than_the_cases(run):
    """OBS-20: 0 only when all cases passed."""
    records = observer.records(run)
    summary = records[-1]

    assert summary["exit_code"] == {"success": 0, "error": 2}.get(run["outcome"], 1)
    assert not (summary["exit_code"] == 0 and summary["case_fail"])
    if summary["case_fail"]:
        with pytest.raises(observer.ReportError, match="OBS-20"):
            observer.read([*bare_records(records)[:-1], {**summary, "exit_code": 0}])


@given(runs(cut=False), st.sampled_from(["success", "partial", "failure"]))
def test_an_outcome_that_is_better_than_the_units_is_refused(run, outcome):
    """CF-01: nobody makes a success of a failure by a change of one word of the extension."""
    assume(run["units"] and RANK.index(outcome) < RANK.index(run["outcome"]))
    lie = {**run, "outcome": outcome}

    with pytest.raises(ValueError, match="better than its units"):
        run_artifact.read(run_artifact.files(lie))
    with pytest.raises(ValueError, match="better than its units"):
        observer.read(observer.records(lie))


def places_in(value):
    """Every (container, key) inside ``value``."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from places_in(item)


def spoilt(draw, value):
    """A copy of ``value`` with something else at one place."""
    value = copy.deepcopy(value)
    container, key = draw(st.sampled_from(list(places_in(value))))
    container[key] = draw(
        st.none() | st.integers(-1, 3) | st.just([]) | st.just({}) | st.text(max_size=3)
    )
    return value


@given(runs(), st.data())
def test_a_spoilt_document_is_read_or_refused(run, data):
    """Whatever stands in a document that keeps its schema, reading it ends in a run or a ValueError."""
    files = run_artifact.files(run)
    cases = [
        ("batch_result", batch.document(run), batch.read),
        ("run_result", run_result.document(run), run_result.read),
        (
            "run_artifact",
            files.record,
            lambda record: run_artifact.read(run_artifact.Files(record, files.checks, files.log)),
        ),
        (
            "checks",
            files.checks,
            lambda checks: run_artifact.read(run_artifact.Files(files.record, checks, files.log)),
        ),
    ]
    for name, document, read in cases:
        value = spoilt(data.draw, document)
        if registry.validator(name).is_valid(value):
            with contextlib.suppress(ValueError):
                assert problems("run", read(value)) == []
    for golden in (True, False):
        records = observer.golden_records(run) if golden else observer.records(run)
        value = spoilt(data.draw, records)
        if all(registry.validator("observer").is_valid(record) for record in value):
            with contextlib.suppress(ValueError):
                assert problems("run", observer.read(value)) == []


# Order, evidence, volatile members


@given(runs(), st.randoms())
def test_statuses_do_not_depend_on_order(run, random):
    """ONEX-R-06: the documents of a run of the same units amount to the same, in any order."""
    units = [*run["units"]]
    random.shuffle(units)
    other = {**run, "units": units}

    assert batch.document(other)["status"] == batch.document(run)["status"]
    assert run_result.document(other)["status"] == run_result.document(run)["status"]
    assert run_artifact.files(other).record["status"] == run_artifact.files(run).record["status"]


@given(runs())
def test_steps_stand_in_their_real_order(run):
    """ATLAS-12 to -14, AMB-04: all planned units, in the order of starts and of decisions not to."""
    steps = [step["step_id"] for step in run_result.document(run)["steps"]]
    ordered = sorted(run["units"], key=lambda unit: unit["seq_exec"])
    starts = [
        u["started_us"]
        for u in ordered
        if u["started_us"] is not None and u["kind"] == "node" and u["executed"]
    ]

    assert steps[: len(ordered)] == [unit["unit_id"] for unit in ordered]
    assert sorted(unit["seq_exec"] for unit in ordered) == list(range(len(ordered)))
    assert starts == sorted(starts)


@given(runs())
def test_evidence_leads_somewhere(run):
    """OVC-10: every pointer of a run resolves, and the line is about its unit."""
    files = run_artifact.files(run)
    lines = files.log.split("\n")[:-1]
    for check, unit in zip(files.checks["checks"], run["units"], strict=True):
        for pointer in check["evidence"]:
            assert resolve(pointer, files.record, len(lines), frozenset())
        if unit["kind"] == "node" and unit["evidence"]:
            line, place = unit["evidence"]
            assert unit["unit_id"] in lines[int(line.rpartition(":")[2]) - 1]
            assert place == f"run.json:$.x_onex.units[{unit['seq_plan']}]"


@given(journals(), st.integers(1, 10**9))
def test_golden_reports_of_equal_runs_are_equal(told, shift):
    """OBS-21: time, commit and who asked leave no trace in a golden report."""
    other = copy.deepcopy(told)
    for fact in other:
        fact["at_us"] += shift
        for name in ("duration_us",):
            if isinstance(fact.get(name), int):
                fact[name] += shift
        if fact["kind"] == "unit_process":
            fact["process"]["cpu_us"] += shift
    other[0] |= {
        "run_id": "20270117T143052Z__nodes__0000000",
        "onex_version": "9",
        "git": None,
        "git_sha7": "0000000",
        "trigger": None,
    }
    left, right = folded(told).run(), folded(other).run()

    assert observer.to_jsonl(left, golden=True) == observer.to_jsonl(right, golden=True)
    assert observer.to_jsonl(left) != observer.to_jsonl(right)


@given(runs())
def test_a_golden_report_has_no_volatile_member(run):
    """OBS-04, OBS-21: what the schemas mark is gone, and what is left is read again."""
    records = observer.golden_records(run)
    again = observer.read(records)

    assert [strip(record, "observer") for record in records] == records
    for record in records:
        if "run" in record:
            assert strip(record["run"], "run") == record["run"]
    assert observer.golden_records(again) == records
    assert observer.read(observer.records(again)) == again
    assert [unit["status"] for unit in again["units"]] == [unit["status"] for unit in run["units"]]


@given(runs())
def test_lines_have_their_keys_in_the_order_of_their_bytes(run):
    """OBS-05, OBS-06: UTF-8, one record a line, keys ascending at every depth."""
    *lines, rest = observer.to_jsonl(run, golden=True).encode().split(b"\n")
    read = [json.loads(line, object_pairs_hook=ascending) for line in lines]

    assert (read, rest) == (observer.golden_records(run), b"")


def ascending(pairs):
    keys = [key.encode() for key, _ in pairs]
    assert keys == sorted(keys)
    return dict(pairs)
