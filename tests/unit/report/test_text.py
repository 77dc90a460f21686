"""The report as text: whole outputs for the sample run, and nothing that a node says moves a cursor."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import error, process, sample_run

from onex.cli.messages import row
from onex.report.compare import baseline
from onex.report.document import document
from onex.report.figures import duration, percent, ratio
from onex.report.look import Look
from onex.report.terminal import coloured
from onex.report.text import lines
from onex.report.verdict import verdict
from onex.report.view import MOST_LINES, tail
from onex.results.blank import blank_run, blank_unit

RUN = sample_run()
EMPTY = blank_run("empty", 0, 0)
VERDICT = "20260117T143052Z__nodes__a1b2c3d: 4 of 11, error: 4 success, 4 failure, 1 error, 1 blocked, 1 skipped; 60 ms"
FAILURES = """
error  demo.text.absent: demo.text.absent: node.py has changed since it was locked
  help: see the log

failure  demo.text.count: KeyError: 'text'
  stderr| Traceback (most recent call last):
  stderr|   File "node.py", line 3, in run
  stderr| KeyError: 'text'
  help: see the log
  again: onex run demo.text.count --input '{"text":" Hi "}'

failure  demo.text.strict: the input state does not keep the contract: /text is a number
  help: see the log
  again: onex run demo.text.strict --input '{"text":" Hi "}'

failure  nightly::row_count: rows=0

failure  gate::coverage: coverage 66.66 % is below 90 %
"""
ROWS = """
success  demo.text.clean                        4 ms  trimmed 2 characters
  warning: the text was short
blocked  demo.text.later                              demo.text.count did not succeed
skipped  demo.text.unwanted                           not wanted on this branch
success  demo.text.clean::trims both ends       4 ms
success  demo.text.clean::refuses a number      4 ms
success  nightly::command                       9 ms
"""
UNSUCCESSFUL = """
blocked  demo.text.later               demo.text.count did not succeed
skipped  demo.text.unwanted            not wanted on this branch
"""


def text(*views):
    return "".join(f"{line}\n" for line in lines(views))


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (Look(), f"{VERDICT}\n{FAILURES}{ROWS}\n11 units looked at, 11 shown\n"),
        (Look(summary=True), f"{VERDICT}\n{FAILURES}\n11 units looked at, 5 shown\n"),
        (Look(failed=True), f"{VERDICT}\n{FAILURES}{UNSUCCESSFUL}\n11 units looked at, 7 shown\n"),
        (
            Look(failed=True, summary=True, coverage=True),
            f"{VERDICT}; coverage 66.66 % (2 of 3 active nodes)\n{FAILURES}{UNSUCCESSFUL}\n11 units looked at, 7 shown\n",
        ),
    ],
    ids=["all", "summary", "only-failed", "both-and-coverage"],
)
def test_the_sample_run(look, expected):
    """The verdict first, failures in full, the rest in rows, the count last."""
    assert text(look.at(RUN)) == expected


def changed():
    """The sample run as it was before: one unit failed that does now, and one is gone."""
    before = sample_run()
    units = {unit["unit_id"]: unit for unit in before["units"]}
    units["demo.text.count"]["status"] = "success"
    units["nightly::command"]["status"] = "failure"
    gone = {**blank_unit("demo.text.gone", "run", 11), "status": "success"}
    return {
        **before,
        "run_id": "before",
        "started_us": 1,
        "duration_us": 30_000,
        "units": [*before["units"], gone],
    }


def test_comparisons():
    """What changed is named, worst first in the tally and in the order of the plan below."""
    before = changed()
    look = Look(regressed=True, summary=True, other=before, baseline=baseline([before]))

    assert text(look.at(RUN)) == (
        f"{VERDICT}\n"
        """
compared with before: 1 regressed, 1 removed, 1 fixed; 2 times as long
  regressed    demo.text.count: success -> failure
  fixed        nightly::command: failure -> success
  removed      demo.text.gone: success

compared with the baseline: 1 regressed, 1 removed
  regressed    demo.text.count: success -> failure
  removed      demo.text.gone: success

failure  demo.text.count: KeyError: 'text'
  stderr| Traceback (most recent call last):
  stderr|   File "node.py", line 3, in run
  stderr| KeyError: 'text'
  help: see the log
  again: onex run demo.text.count --input '{"text":" Hi "}'

11 units looked at, 1 shown, 9 compared with the baseline
"""
    )


def test_no_regression():
    """A gate that found nothing says what it compared."""
    look = Look(regressed=True, baseline=baseline([RUN]))

    assert text(look.at(RUN)) == (
        f"{VERDICT}\n\ncompared with the baseline: no regression\n\n"
        "11 units looked at, 0 shown, 9 compared with the baseline\n"
    )


def test_several_runs():
    """A line for each; with a filter, what it shows of each; nothing of a run of which it shows nothing."""
    calm = {**EMPTY, "units": [{**blank_unit("a", "run", 0), "status": "success"}]}
    verdicts = f"empty: 1 of 1, failure: 1 success; 0 ms\n{VERDICT}\n"
    failed, unfiltered = Look(failed=True), Look()

    assert text(unfiltered.at(calm, alone=False), unfiltered.at(RUN, alone=False)) == (
        f"{verdicts}\n2 runs, 12 units looked at, 0 shown\n"
    )
    assert text(failed.at(calm, alone=False), failed.at(RUN, alone=False)) == (
        f"{verdicts}\n{RUN['run_id']}\n{FAILURES}{UNSUCCESSFUL}\n2 runs, 12 units looked at, 7 shown\n"
    )


def test_a_run_of_nothing_and_one_that_was_cut_off():
    """What was looked at is counted when it is nothing, too; a reason stands behind the outcome."""
    assert text(Look(coverage=True).at(EMPTY)) == (
        "empty: 0 of 0, failure; 0 ms; coverage unknown\n\n0 units looked at, 0 shown\n"
    )
    assert verdict({**EMPTY, "outcome": "error", "reason": "interrupted"}) == (
        "empty: 0 of 0, error (interrupted); 0 ms"
    )


def test_several_errors_and_expectations():
    """The first error is the headline; others, unmet expectations and warnings stand below it."""
    unit = {
        **blank_unit("a", "run", 0),
        "status": "partial",
        "errors": [error("x", "first") | {"hint": None}, error("y", "second")],
        "asserts": [
            {"status": "pass", "msg": "fine"},
            {"status": "fail", "msg": "second"},
            {"status": "fail", "msg": "third"},
        ],
        "warnings": ["mind the gap"],
    }

    assert text(Look(summary=True).at({**EMPTY, "units": [unit]})).splitlines()[2:] == [
        "partial  a: first",
        "  also: second",
        "  expected: third",
        "  warning: mind the gap",
        "  help: see the log",
        "",
        "1 unit looked at, 1 shown",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", []),
        ("\n\n", []),
        ("a\r\nb\n", ["a", "b"]),
        ("\n".join("abcdefghijkl"), list("abcdefghijkl")),
        ("\n".join("abcdefghijklm"), ["... (1 line)", *"bcdefghijklm"]),
    ],
)
def test_tail(written, shown):
    """The last lines, and how many stood before them."""
    assert tail(written) == shown
    assert len(shown) <= MOST_LINES + 1


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (0, "0 ms"),
        (999_999, "999 ms"),
        (1_000_000, "1.0 s"),
        (11_000_000, "11.0 s"),
        (59_999_999, "59.9 s"),
        (60_000_000, "1 min 0 s"),
        (3_599_999_999, "59 min 59 s"),
        (3_600_000_000, "1 h 0 min"),
        (360_000_000_000, "100 h 0 min"),
    ],
)
def test_duration(us, shown):
    """Two units say most of it."""
    assert duration(us) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0, 2, "0"),
        (66.66, 2, "66.66"),
        (99.999, 2, "99.99"),
        (99.999, 0, "99"),
        (100, 2, "100"),
        (100.0, 0, "100"),
        (90, 2, "90"),
        (90.5, 2, "90.5"),
    ],
)
def test_percent(value, places, shown):
    """Rounded down: 100 only when it is all."""
    assert percent(value, places) == shown


def test_ratio():
    """Two decimals, and none where there was no time."""
    assert [ratio(3, 10), ratio(4, 2), ratio(0, 5)] == [3.33, 0.5, None]


FRAGMENTS = "| || ` `` \\\\ \\| \n \r \x1b[2J \x9b \u202e \u2028 <b> <!-- & &lt; * __ [a](b) ![ http://a.b www.a.b @a #1 ::error:: ]]> [red] :x: ~~~ - # ="
HOSTILE = st.lists(
    st.sampled_from(FRAGMENTS.split(" ")) | st.text(st.characters(exclude_categories=["Cs"])),
    max_size=6,
).map(" ".join)


def hostile_run(words):
    """A run of a document of others, which says ``words`` wherever it can."""
    names = [(f"a{words}", f"b{words}"), (f"c{words}", "run")]
    units = [blank_unit(item, case, place) for place, (item, case) in enumerate(names)]
    units[0] |= {
        "status": "failure",
        "errors": [error(f"c{words}", words) | {"hint": words}, error("d", f"also {words}")],
        "process": process(stderr=words, status=1),
        "reproduce": f"onex run {words}",
    }
    units[1] |= {"status": "success", "summary": words, "warnings": [words]}
    return {**blank_run(f"r{words}", 0, 0), "reason": words, "units": units}


@given(HOSTILE)
def test_nothing_that_is_said_moves_the_cursor(words):
    """Every row is printable when it is printed, and there are as many rows as lines."""
    view = Look().at(hostile_run(words))

    assert all(row(line).isprintable() for line in lines([view]))


ANSI = re.compile(r"\x1b\[[0-9;]*m")


@given(HOSTILE)
def test_colours_are_all_that_is_added(words):
    """With the colours of a terminal: no escape that is not ours, and no control character."""
    shown = coloured([Look().at(hostile_run(words))], 80)

    assert all(line.isprintable() for line in ANSI.sub("", shown).split("\n"))


def test_the_terminal_says_what_the_text_says():
    """Colours and a table change no word."""
    views = [Look(coverage=True).at(RUN)]
    plain = ANSI.sub("", coloured(views, 200))

    head, _, rest = text(*views).partition(ROWS)
    before, _, table = plain.partition("\nstatus")
    assert before + "\n" == head + "\n"
    assert table.endswith(rest)
    assert {word for line in ROWS.splitlines() for word in line.split()} <= set(plain.split())
    assert "\x1b[31mfailure" in coloured(views, 80)


def test_the_terminal_reads_no_environment(monkeypatch):
    """Whatever the variables say, the same bytes."""
    views = [Look().at(RUN)]
    before = coloured(views, 80)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "20", "COLORTERM": "x"}.items():
        monkeypatch.setenv(name, value)

    assert coloured(views, 80) == before


def test_the_document_is_the_record():
    """JSON: the run as it is with the units that are shown, and the counts of all."""
    whole = document([Look(coverage=True).at(RUN)])["runs"][0]
    summary = whole.pop("summary")

    assert whole == RUN
    assert summary == {
        "units": 11,
        "shown": 11,
        "counts": {"success": 4, "failure": 4, "error": 1, "blocked": 1, "skipped": 1},
    }


def test_the_document_of_a_filter():
    """Coverage only when it is asked for (ONEX-R-10); the summary never changes, but for what is shown."""
    before = changed()
    look = Look(failed=True, regressed=True, other=before, baseline=baseline([before]))
    found = document([look.at(RUN)])["runs"][0]
    regressed = {
        "unit_id": "demo.text.count",
        "change": "regressed",
        "before": "success",
        "after": "failure",
    }
    removed = {
        "unit_id": "demo.text.gone",
        "change": "removed",
        "before": "success",
        "after": None,
    }

    assert "coverage" not in found
    assert [unit["unit_id"] for unit in found["units"]] == ["demo.text.count"]
    assert (found["summary"]["units"], found["summary"]["shown"]) == (11, 1)
    assert found["regressions"] == [regressed, removed]
    assert found["comparison"]["before"] == "before"
    assert found["comparison"]["ratio"] == 2.0


def test_the_golden_document_of_two_equal_runs():
    """What differs between them is left out."""
    later = {**sample_run(), "run_id": "later", "started_us": 5, "duration_us": 7}

    one, other = (document([Look().at(run)], golden=True) for run in (RUN, later))

    assert one == other
    assert document([Look().at(RUN)]) != document([Look().at(later)])
