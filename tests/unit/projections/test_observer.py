"""[004] Observer report: identities, order of keys, bounds, golden mode, and what is refused."""

import base64
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import Facts, process, sample_run

from onex.core.patch import same
from onex.projections import observer
from onex.results import run_facts

DIGEST = "ab" * 32
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
HEADER = {
    "k": "observer_report",
    "v": "0",
    "inventory_sha256": EMPTY,
    "suite_sha256": DIGEST,
    "mode": "default",
}
VECTORS = [
    ("item-1", "Smoke::Version", "aXRlbS0xH1Ntb2tlOjpWZXJzaW9u"),
    ("ação", "日本/✓", "YcOnw6NvH-aXpeacrC_inJM"),
    ("a", "", "YR8"),
    ("", "", "Hw"),
    ("a", "\x1f", "YR8f"),
    ("\U0001f600", "~", "8J-YgB9-"),
]


@pytest.mark.parametrize(("item", "key", "identity"), VECTORS)
def test_obs_10_vectors(item, key, identity):
    """Base64URL without padding over item, 0x1f and key; the vectors of the requirements first."""
    assert observer.case_id(item, key) == identity
    padded = identity + "=" * (-len(identity) % 4)
    assert base64.urlsafe_b64decode(padded).decode() == f"{item}\x1f{key}"


@given(st.text(), st.text(), st.text(), st.text())
def test_obs_10_identities_are_unique(item, key, other, other_key):
    """U+001F in an item would make two cases one; it is refused, so identities never collide."""
    if "\x1f" in item + other:
        with pytest.raises(ValueError, match="U\\+001F"):
            observer.case_id(item if "\x1f" in item else other, key)
        return
    is_one = (item, key) == (other, other_key)
    assert (observer.case_id(item, key) == observer.case_id(other, other_key)) is is_one


def case(item="item-1", key="one", *, passed=True, **more):
    return {
        "k": "case",
        "case_id": observer.case_id(item, key),
        "item_id": item,
        "case_key": key,
        "status": "pass" if passed else "fail",
        "assert_pass": int(passed),
        "assert_fail": int(not passed),
        "unhandled_action_fail": 0,
        **more,
    }


def summary(passed, failed, code):
    return {
        "k": "summary",
        "case_pass": passed,
        "case_fail": failed,
        "assert_pass": passed,
        "assert_fail": failed,
        "exit_code": code,
    }


def test_sample():
    """OBS-07, -08, -17, AMB-07: header, cases in order, summary; who did not finish is no case."""
    records = observer.records(sample_run())
    kinds = [record["k"] for record in records]
    cases = {record["case_key"]: record["status"] for record in records if record["k"] == "case"}

    assert (kinds[0], kinds[1], kinds[-1]) == ("observer_report", "onex", "summary")
    assert kinds.count("case") == 8
    assert kinds.count("onex") == 12
    assert cases == {
        "run": "fail",
        "trims both ends": "pass",
        "refuses a number": "pass",
        "row_count": "fail",
        "command": "pass",
        "coverage": "fail",
    }
    assert records[-1] == {
        "k": "summary",
        "case_pass": 4,
        "case_fail": 4,
        "assert_pass": 7,
        "assert_fail": 3,
        "exit_code": 2,
        "notes": "3 not finished: skipped, blocked or in error",
    }


def test_obs_03_inventory_cases_tell_their_test_name():
    """Which is their key; what is no node comes from no inventory."""
    named = {
        r["item_id"]: r.get("test_name") for r in observer.records(sample_run()) if r["k"] == "case"
    }

    assert named["demo.text.clean"] == "refuses a number"
    assert named["nightly"] is None


def test_obs_11_an_error_that_a_case_expects_is_handled():
    """It is the assertion that it came; the failed action does not count."""
    records = observer.records(sample_run())
    identity = observer.case_id("demo.text.clean", "refuses a number")
    own = [record for record in records if record.get("case_id") == identity]

    assert [record["k"] for record in own] == ["case", "assert"]
    assert (own[0]["assert_pass"], own[0]["unhandled_action_fail"]) == (1, 0)
    assert own[1]["predicate"] == "expected-error"


def test_obs_06_keys_in_the_order_of_their_bytes():
    """U+FB01 stands before U+1F600, which UTF-16 would turn around; in nested objects, too."""
    made = Facts([run_facts.plan_item("demo.a", "run", "node")])
    keys = {"\U0001f600": 1, "\ufb01": 2, "a": {"\U0001f600": 1, "\ufb01": 2}}
    run = made.node(0).finished("success").run()
    run["units"][0]["metadata"] = keys
    for golden in (True, False):
        text = observer.to_jsonl(run, golden=golden)

        assert '"metadata":{"a":{"\ufb01":2,"\U0001f600":1},"\ufb01":2,"\U0001f600":1}' in text


SIZE = 100 * 1024 * 1024


@pytest.mark.parametrize(
    ("text", "total", "length", "is_cut"),
    [
        ("", 0, None, None),
        ("abc", 3, 3, False),
        ("a" * 192, 192, 192, False),
        ("a" * 193, 193, 192, True),
        ("é" * 96, 192, 192, False),
        ("a" + "é" * 96, 193, 191, True),
        ("a" * 191 + "😀", 195, 191, True),
        ("x" * 4096, SIZE, 192, True),
        ("abc", SIZE, 3, True),
    ],
)
def test_obs_19_streams_are_bounded(text, total, length, is_cut):
    """The true length, and a preview of whole characters that says when there is more."""
    told = process(text)
    told["stdout"] = {"bytes": total, "truncated": total > len(text.encode()), "text": text}
    made = Facts([run_facts.plan_item("demo.a", "run", "node")])
    run = made.node(0, process=told).finished("success").run()
    (action,) = [record for record in observer.records(run) if record["k"] == "action"]
    ok = action["ok"]

    assert ok["out_len"] == total
    assert ok.get("out_truncated") is is_cut
    if length is not None:
        preview = ok["out_preview_b64"]
        data = base64.urlsafe_b64decode(preview + "=" * (-len(preview) % 4))
        assert (len(data), text.startswith(data.decode()), "=" in preview) == (length, True, False)
    assert len(json.dumps(action)) < 1000


def test_obs_19_what_a_node_reports_is_bounded():
    """A node may report a page of arguments; the records of the specification stay short."""
    long = "x" * 100_000
    given_actions = [
        {"action": long, "status": "ok", "args": long, "ok": {"a": long}, "action_id": long},
        {
            "action": "httpGet",
            "status": "fail",
            "args": [long],
            "fail": {"kind": long, "msg": long},
        },
    ]
    extracts = [
        {
            "source_artifact": long,
            "format": long,
            "status": "ok",
            "select": long,
            "summary": {"match_count": 1, "value_text": long, "more": long},
        },
        {"source_artifact": "a", "format": "json", "status": "fail", "fail": {"more": long}},
    ]
    made = Facts([run_facts.plan_item("demo.a", "run", "node")])
    result = {"state": {}, "actions": given_actions, "extracts": extracts}
    run = made.node(0, result=result).finished("success").run()

    for record in observer.records(run):
        assert record["k"] == "onex" or len(json.dumps(record)) < 3000


@pytest.mark.parametrize(
    ("outcome", "code"), [("success", 0), ("partial", 1), ("failure", 1), ("error", 2)]
)
def test_obs_20_exit_status(outcome, code):
    """0 all passed, 1 some failed, 2 the runner failed."""
    assert observer.exit_code({**sample_run(), "outcome": outcome}) == code


# Reports of others

ASSERT = {
    "k": "assert",
    "case_id": observer.case_id("item-1", "one"),
    "assert_ix": 0,
    "status": "pass",
    "msg": "",
}
FAIL = {"kind": "exit", "msg": "m"}
ACTION = {
    "k": "action",
    "case_id": ASSERT["case_id"],
    "action_ix": 0,
    "action": "run",
    "status": "fail",
    "args": "",
    "fail": FAIL,
}


def test_a_report_of_others():
    """Cases become units in their order; the run tells what the exit status says."""
    records = [HEADER, case(), ASSERT, case("item-1", "two", passed=False), summary(1, 1, 1)]
    run = observer.read(records)

    assert [(u["unit_id"], u["status"]) for u in run["units"]] == [
        ("item-1::one", "success"),
        ("item-1::two", "failure"),
    ]
    assert (run["outcome"], run["references"]["suite_sha256"]) == ("partial", DIGEST)
    assert run["run_id"] == f"observer-{DIGEST[:12]}"
    assert same(observer.records(run), records)


def test_failed_actions_that_do_not_count_are_handled():
    """OBS-11: a case passes over a failure that it expects."""
    run = observer.read([HEADER, case(), ASSERT, ACTION, summary(1, 0, 0)])
    (action,) = run["units"][0]["actions"]

    assert action["handled"] is True
    assert observer.records({**run, "ext": {}})[2]["unhandled_action_fail"] == 0


REFUSED = [
    ([], 0, "the first record must be the header"),
    ([case(), summary(1, 0, 0)], 0, "the first record must be the header"),
    ([HEADER], 0, "the last record must be the summary"),
    ([HEADER, case()], 1, "the report was cut off"),
    ([HEADER, HEADER, summary(0, 0, 0)], 1, "a second record of the kind observer_report"),
    ([HEADER, summary(0, 0, 0), summary(0, 0, 0)], 1, "a second record of the kind summary"),
    ([HEADER, case(), case(), summary(2, 0, 0)], 2, "the case item-1 one stands twice"),
    (
        [HEADER, case(case_id="YR8"), summary(1, 0, 0)],
        1,
        "/case_id is not made of /item_id and /case_key",
    ),
    ([HEADER, ASSERT, summary(0, 0, 0)], 1, "no case has the identity"),
    (
        [HEADER, case(), {**ASSERT, "assert_ix": 1}, summary(1, 0, 0)],
        2,
        "/assert_ix is 1, but this is number 0",
    ),
    (
        [HEADER, case(), {**ASSERT, "status": "fail"}, summary(1, 0, 0)],
        1,
        "1 passed and 0 failed assertions, its records 0 and 1",
    ),
    ([HEADER, case(), summary(2, 0, 0)], 2, "/case_pass is 2, but the cases amount to 1 (OBS-17)"),
    ([HEADER, case(), summary(1, 1, 1)], 2, "/case_fail is 1, but the cases amount to 0"),
    ([HEADER, case(), {**summary(1, 0, 0), "assert_pass": 9}], 2, "/assert_pass is 9, but"),
    ([HEADER, case(), {**summary(1, 0, 0), "assert_fail": 9}], 2, "/assert_fail is 9, but"),
    (
        [HEADER, case(passed=False), summary(0, 1, 0)],
        2,
        "/exit_code is 0, but 1 cases failed (OBS-20)",
    ),
]


@pytest.mark.parametrize(("records", "place", "words"), REFUSED)
def test_what_contradicts_itself_is_refused(records, place, words):
    """By the place of the record."""
    with pytest.raises(observer.ReportError) as caught:
        observer.read(records)

    assert (caught.value.place, words in str(caught.value)) == (place, True), str(caught.value)


@pytest.mark.parametrize("golden", [True, False])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r[1]["run"].update(outcome="success"), "better than its units"),
        (lambda r: r[1]["run"].update(outcome="splendid"), "not what onex writes"),
        (lambda r: r[1]["run"].update(ext={"observer": 5}), "not what onex writes"),
        (lambda r: r[1].update(run={}), "not what onex writes|better than its units"),
        (lambda r: r[-2].update(unit={}), "not what onex writes|is not what the run"),
        (lambda r: r[2].update(status="fail"), "is not what the run of the report amounts to"),
        (lambda r: r[-1].update(exit_code=1), "is not what the run of the report amounts to"),
        (lambda r: r.pop(3), "is not what the run of the report amounts to"),
        (lambda r: r.insert(3, r[3]), "is not what the run of the report amounts to"),
    ],
    ids=["better", "outcome", "ext", "no-run", "no-unit", "case", "exit", "gone", "again"],
)  # fmt: skip
def test_own_reports_are_written_just_so(golden, change, words):
    """OBS-18: records that differ from the run which they belong to are no record of it."""
    run = sample_run()
    records = copy.deepcopy(observer.golden_records(run) if golden else observer.records(run))
    change(records)
    with pytest.raises(observer.ReportError, match=words):
        observer.read(records)


def test_a_run_of_others_names_no_implementation():
    """Nothing is made up."""
    run = {**sample_run(), "onex_version": None}

    assert "implementation" not in observer.records(run)[0]


def test_reading_takes_time_in_proportion():
    """Ten times the cases, ten times the time: totals are counted once."""
    identity = observer.case_id
    records = [HEADER]
    for number in range(20_000):
        key = str(number)
        records += [case("i", key), {**ASSERT, "case_id": identity("i", key)}]
    run = observer.read([*records, summary(20_000, 0, 0)])

    assert len(run["units"]) == 20_000


def test_a_failure_of_no_assertion_is_one_itself():
    """OBS-11: a case that fails says of what."""
    made = Facts([run_facts.plan_item("p", "rows", "check")])
    made.checked(0, "failure", detail="rows=0", argv=None)
    run = made.finished("failure").run()
    run["units"][0]["asserts"] = []
    (found,) = [record for record in observer.records(run) if record["k"] == "assert"]

    assert (found["status"], found["msg"], found["predicate"]) == ("fail", "rows=0", "status")
