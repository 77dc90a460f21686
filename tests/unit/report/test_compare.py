"""What became of each unit, as a table over statuses and as laws over runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.errors import OnexError, UsageError
from onex.report.compare import (
    KINDS,
    REGRESSIONS,
    Change,
    Differences,
    baseline,
    changes,
    compared,
    differences,
    kind_of,
)
from onex.report.look import Look
from onex.results.blank import blank_run, blank_unit

STATUSES = ["success", "partial", "failure", "error", "skipped", "blocked"]

TABLE = {
    # before:  success      partial      failure      error        skipped    blocked      absent
    "success": [None, "regressed", "regressed", "regressed", "changed", "regressed", "removed"],
    "partial": ["fixed", None, "regressed", "regressed", "changed", "regressed", "removed"],
    "failure": ["fixed", "fixed", None, "regressed", "changed", "changed", "removed"],
    "error": ["fixed", "fixed", "fixed", None, "changed", "changed", "removed"],
    "skipped": ["changed", *["new failure"] * 3, None, "changed", "removed"],
    "blocked": ["changed", *["new failure"] * 3, "changed", None, "removed"],
    None: ["added", *["new failure"] * 3, "added", "added", None],
}
"""Behind each status before, what it amounts to with each status after."""

ROWS = [
    (before, after, kind)
    for before, kinds in TABLE.items()
    for after, kind in zip([*STATUSES, None], kinds, strict=True)
]


def run(units, at_us=0, run_id="r", duration_us=100):
    """A run of units: a status by name, or a status and the digests of input and output."""
    made = blank_run(run_id, at_us, at_us + duration_us)
    for place, (name, told) in enumerate(units.items()):
        status, given_hash, output_hash = (told, None, None) if isinstance(told, str) else told
        made["units"].append(
            {
                **blank_unit(name, "run", place),
                "status": status,
                "input_hash": given_hash,
                "output_hash": output_hash,
            }
        )
    return made


RUNS = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(STATUSES)).map(run)


@pytest.mark.parametrize(("before", "after", "kind"), ROWS)
def test_kinds(before, after, kind):
    """Every pair of statuses has one meaning."""
    assert kind_of(before, after) == kind


@pytest.mark.parametrize(("before", "after", "kind"), ROWS)
def test_only_regression_finds_what_is_worse(before, after, kind):
    """Against a unit that ran, each kind of regression is found, and nothing else (ONEX-R-10)."""
    earlier = run({"steady": "success"} | ({"a": before} if before else {}))
    now = run({"steady": "success"} | ({"a": after} if after else {}))
    known = before if before not in {"skipped", "blocked"} else None
    wanted = TABLE[known][[*STATUSES, None].index(after)]

    found = changes(now, baseline([earlier]))

    assert found == ([Change("a", wanted, known, after)] if wanted in REGRESSIONS else [])


SAME, OTHER, NO = "0" * 64, "1" * 64, None


@pytest.mark.parametrize(
    ("before", "after", "drifts"),
    [
        (("success", SAME, SAME), ("success", SAME, OTHER), True),
        (("success", SAME, SAME), ("success", SAME, SAME), False),
        (("success", SAME, SAME), ("success", OTHER, OTHER), False),
        (("success", SAME, SAME), ("success", SAME, NO), False),
        (("success", SAME, NO), ("success", SAME, SAME), False),
        (("success", NO, SAME), ("success", NO, OTHER), False),
        (("partial", SAME, SAME), ("partial", SAME, OTHER), False),
        (("failure", SAME, SAME), ("success", SAME, OTHER), False),
    ],
)
def test_drift(before, after, drifts):
    """The same input, another output, success both times: found when strict (AMB-09)."""
    earlier = baseline([run({"a": before})])
    now = run({"a": after})
    drift = [Change("a", "drift", "success", "success")] if drifts else []

    assert changes(now, earlier, strict=True) == drift
    assert changes(now, earlier) == []
    assert [c for c in differences(run({"a": before}), now).changes if c.change == "drift"] == drift


def test_the_baseline_is_the_last_verdict():
    """Runs are taken in the order of time; skipped and blocked entries are none."""
    first = run({"a": "failure", "b": "success", "c": "skipped"}, at_us=1)
    second = run({"a": "success", "b": "blocked", "d": "error"}, at_us=2)
    third = run({"a": "skipped"}, at_us=3)

    found = baseline([third, second, first])

    assert {name: unit["status"] for name, unit in found.items()} == {
        "a": "success",
        "b": "success",
        "d": "error",
    }


@pytest.mark.parametrize("runs", [[], [run({})], [run({"a": "skipped", "b": "blocked"})]])
def test_no_baseline_is_an_error(runs):
    """Nothing to compare with never gives an empty green report."""
    with pytest.raises(UsageError, match="there is no baseline that a unit ran in"):
        baseline(runs)


def test_nothing_compared_is_an_error():
    """A run that skipped all that the baseline knows has not passed."""
    look = Look(regressed=True, baseline=baseline([run({"a": "success"})]))

    with pytest.raises(OnexError, match="nothing was compared"):
        look.at(run({"a": "skipped", "b": "success"}))


def test_a_page_of_a_baseline_without_the_gate_is_none():
    """Without the gate, a run that shares nothing with the baseline is shown as it is."""
    view = Look(baseline=baseline([run({"a": "success"})])).at(run({"a": "skipped"}))

    assert (view.regressions, view.compared, len(view.units)) == ([], 0, 1)


def test_differences_in_the_order_of_the_plan():
    """What is there now stands in its order, what is gone behind it."""
    before = run({"gone": "success", "a": "success", "b": "failure"}, run_id="x", duration_us=200)
    after = run({"new": "success", "b": "success", "a": "error"}, duration_us=250)

    assert differences(before, after) == Differences(
        "x",
        [
            Change("new", "added", None, "success"),
            Change("b", "fixed", "failure", "success"),
            Change("a", "regressed", "success", "error"),
            Change("gone", "removed", "success", None),
        ],
        1.25,
    )
    assert differences(run({}, duration_us=0), after).ratio is None


@given(RUNS)
def test_a_run_does_not_differ_from_itself(one):
    """No difference, and nothing that is worse."""
    assert differences(one, one).changes == []
    if any(unit["status"] not in {"skipped", "blocked"} for unit in one["units"]):
        assert changes(one, baseline([one]), strict=True) == []


@given(RUNS, RUNS)
def test_what_is_worse_one_way_is_better_the_other_way(one, other):
    """Regressed there is fixed or changed here, and added is removed."""
    there = {change.unit_id: change.change for change in differences(one, other).changes}
    back = {change.unit_id: change.change for change in differences(other, one).changes}

    assert there.keys() == back.keys()
    assert all(back[name] == "regressed" for name, kind in there.items() if kind == "fixed")
    assert all(back[name] == "removed" for name, kind in there.items() if kind == "added")
    assert set(there.values()) <= set(KINDS)


@given(RUNS, RUNS)
def test_what_was_compared(one, other):
    """Units with a verdict in both, counted the same both ways."""
    known = {u["unit_id"]: u for u in one["units"] if u["status"] not in {"skipped", "blocked"}}
    ran = [u["unit_id"] for u in other["units"] if u["status"] not in {"skipped", "blocked"}]

    assert compared(other, known) == len(set(ran) & set(known))
