"""`onex report` and `onex badge`: runs of the workspace and documents of others, in every form."""

import json
import os
import shutil
import sys
import webbrowser

import pytest
from tests.sample_run import RUN_ID, sample_facts, sample_run
from tests.unit.report.test_markdown import SAMPLE
from tests.unit.report.test_text import FAILURES, ROWS, UNSUCCESSFUL, VERDICT, changed

from onex.core.canonical import golden_bytes
from onex.report.look import Look
from onex.report.terminal import coloured

RUN = sample_run()

# The example document of the reporting specification, character by character.
EXAMPLE = """\
{
  "batch_id": "validator_patch_v3",
  "status": "partial",
  "results": [
    {
      "node_id": "validator.check.format",
      "success": true,
      "execution_time_ms": 101,
      "status": "success"
    },
    {
      "node_id": "validator.check.deprecated",
      "success": false,
      "status": "failure",
      "errors": ["Unexpected global import"]
    }
  ],
  "trust_delta": -0.02,
  "started_at": "2025-05-14T08:01:12Z",
  "completed_at": "2025-05-14T08:01:23Z"
}
"""


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    """No colours, and no step of a workflow, whatever runs these tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def empty(workspace):
    """A workspace with one node and without the run that made it."""
    shutil.rmtree(workspace / "reports")
    return workspace


@pytest.fixture
def here(empty):
    """A workspace with one run, the sample, and three documents of runs."""
    workspace = empty
    record(workspace, sample_facts().facts, RUN_ID)
    (workspace / "sample.json").write_text(json.dumps(RUN))
    (workspace / "before.json").write_text(json.dumps(changed()))
    (workspace / "example.json").write_text(EXAMPLE)
    return workspace


def record(workspace, facts, run_id):
    """Put a run into a workspace: its journal alone."""
    folder = workspace / "reports" / "runs" / run_id
    folder.mkdir(parents=True)
    lines = [golden_bytes({**fact, **names(fact, run_id)}) + b"\n" for fact in facts]
    (folder / "journal.jsonl").write_bytes(b"".join(lines))


def names(fact, run_id):
    return {"run_id": run_id} if fact["kind"] == "run_started" else {}


def test_the_example_of_the_specification(onex, here):
    """Its example document is reported, with exit status 0 (ONEX-R-14, ONEX-R-16, CF-03)."""
    result = onex("report", "--summary", "--only-failed", "example.json")

    assert result.stderr == ""
    assert (
        result.stdout
        == """\
validator_patch_v3: 1 of 2, partial: 1 success, 1 failure; 11.0 s

failure  validator.check.deprecated: Unexpected global import
  warning: validator.check.deprecated: not reproducible: the document gives no input hash

2 units looked at, 1 shown
"""
    )
    assert result.exit_code == 0


def test_the_latest_run(onex, here):
    """The literal command line of the specification, in a workspace with a run (ONEX-R-14)."""
    result = onex("report", "--summary", "--only-failed")

    assert result.stdout == f"{VERDICT}\n{FAILURES}{UNSUCCESSFUL}\n11 units looked at, 7 shown\n"
    assert (result.exit_code, result.stderr) == (0, "")


WHOLE = f"{VERDICT}\n{FAILURES}{ROWS}\n11 units looked at, 11 shown\n"


@pytest.mark.parametrize(
    "name", [RUN_ID, RUN_ID[:12], f"reports/runs/{RUN_ID}", "sample.json"], ids=str
)
def test_names_of_a_run(onex, here, name):
    """An id, how it begins, a folder, or a file."""
    result = onex("report", name)

    assert (result.exit_code, result.stdout, result.stderr) == (0, WHOLE, "")


def test_a_document_needs_no_workspace(onex, tmp_path):
    """Reports of others are read anywhere."""
    (tmp_path / "sample.json").write_text(json.dumps(RUN))

    assert onex("report", "sample.json").stdout == WHOLE


def test_markdown(onex, here):
    """The same as Markdown, to standard output or into a file."""
    words = ["report", "sample.json", "--include-coverage", "--output-format", "md"]
    printed, written = onex(*words), onex(*words, "-o", "report.md")

    assert printed.stdout == SAMPLE
    assert written.stdout == f"{VERDICT}; coverage 66.66 % (2 of 3 active nodes)\n"
    assert (here / "report.md").read_text() == SAMPLE


def test_json(onex, here):
    """The record of the run with its units, and a summary of all of them."""
    (run,) = onex("report", "sample.json", "--output-format", "json", "--only-failed").json["runs"]

    assert [unit["unit_id"] for unit in run["units"]] == [
        unit["unit_id"] for unit in RUN["units"] if unit["status"] != "success"
    ]
    assert run["summary"]["counts"]["success"] == 4
    assert "coverage" not in run


@pytest.mark.parametrize(
    ("form", "begins"),
    [("junit", "<?xml"), ("sarif", "{"), ("github", "::error"), ("gitlab", "[")],
)
def test_exports(onex, here, form, begins):
    """Each is a projection of the whole run, printed or written alike."""
    printed = onex("report", "sample.json", "--output-format", form)
    written = onex("report", "sample.json", "--output-format", form, "-o", "export")

    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout.startswith(begins)
    assert (here / "export").read_text() == printed.stdout
    assert written.stdout == f"{VERDICT}\n"


def test_junit_strict(onex, here):
    """The strict dialect is another document."""
    words = ["report", "sample.json", "--output-format", "junit"]

    assert onex(*words, "--junit-strict").stdout != onex(*words).stdout


def test_the_step_summary(onex, here, monkeypatch):
    """In a workflow the summary is put behind what other steps wrote."""
    (here / "step.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "step.md"))
    result = onex("report", "sample.json", "--output-format", "github")

    assert result.exit_code == 0
    assert (here / "step.md").read_text().startswith("before\n#")

    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here))
    refused = onex("report", "sample.json", "--output-format", "github")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "the step summary cannot be written" in refused.stderr


@pytest.mark.parametrize(
    ("options", "exit_code", "told"),
    [
        (
            ["--only-regression", "--baseline", "before.json"],
            1,
            "the baseline: 1 regressed, 1 removed",
        ),
        (
            ["--only-regression", "--compare", "before.json"],
            1,
            "the baseline: 1 regressed, 1 removed",
        ),
        (["--only-regression", "--baseline", "sample.json"], 0, "the baseline: no regression"),
        (["--baseline", "before.json"], 0, "the baseline: 1 regressed, 1 removed"),
        (
            ["--compare", "before.json"],
            0,
            "before: 1 regressed, 1 removed, 1 fixed; 2 times as long",
        ),
        (
            ["--only-regression", "--baseline", "before.json", "--baseline", RUN_ID],
            1,
            "the baseline: 1 removed",
        ),
    ],
    ids=["regressed", "compare", "none", "no-gate", "differences", "last-of-two"],
)
def test_regressions(onex, here, options, exit_code, told):
    """Only the gate sets the exit status; of several runs the last verdict counts."""
    result = onex("report", "sample.json", *options)

    assert (result.exit_code, result.stderr) == (exit_code, "")
    assert f"\ncompared with {told}\n" in result.stdout


def test_drift_counts_when_strict(onex, here):
    """Another output for the same input (AMB-09)."""
    drifted = sample_run()
    drifted["units"][0]["output_hash"] = "cd" * 32
    (here / "drifted.json").write_text(json.dumps(drifted))
    words = ["report", "drifted.json", "--only-regression", "--baseline", "sample.json"]

    assert onex(*words).exit_code == 0
    strict = onex(*words, "--strict")
    assert strict.exit_code == 1
    assert "  drift        demo.text.clean: success\n" in strict.stdout


REFUSED = [
    (
        ["--only-regression"],
        "there is no baseline that a unit ran in; a comparison with nothing does not pass",
    ),
    (["--open"], "--open goes with --html"),
    (["--strict"], "--strict goes with --only-regression"),
    (["--golden"], "--golden goes with --html, json and observer"),
    (["--junit-strict"], "--junit-strict goes with --output-format junit"),
    (["--since", "7d"], "--since takes every run since then; name runs, or say since when"),
    (
        ["--html", "--summary"],
        "the form html tells of every unit; --summary and --only-failed go with text, md and json",
    ),
    (
        ["--output-format", "sarif", "--only-failed"],
        "the form sarif tells of every unit; --summary and --only-failed go with text, md and json",
    ),
    (
        ["--output-format", "junit", "--only-regression"],
        "--only-regression goes with text, md, json and --html",
    ),
    (["example.json", "--html"], "the form html tells of one run, and here are 2; name one"),
    (["--html", "--output-format", "md"], "--html is a form of its own; leave --output-format out"),
    (["--html"], "sample.json: no run folder to put the page into"),
    (
        ["-o", "node.onex"],
        "node.onex: a report would take the place of a document; nothing written",
    ),
    (["--compare", "absent"], "absent: no such file or run"),
]


@pytest.mark.parametrize(("options", "told"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_what_makes_no_sense_is_refused(onex, here, options, told):
    """Status 2, one line that says why and one that helps; nothing on standard output."""
    result = onex("report", "sample.json", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[0] == f"onex: {told}"


def test_no_runs(onex, empty):
    """No run, and none since then: there is nothing to report on."""
    latest, since = onex("report"), onex("report", "--since", "2026-01-01")

    assert (latest.exit_code, since.exit_code) == (2, 2)
    assert latest.stderr.startswith("onex: ")
    assert "no runs since 2026-01-01; a report on nothing says nothing" in since.stderr


def test_since(onex, here):
    """A line for each run since then, oldest first, and the units of the filter."""
    later = RUN_ID.replace("20260117", "20260118")
    facts = sample_facts().facts
    moved = [{**fact, "at_us": fact["at_us"] + 86_400_000_000} for fact in facts]
    record(here, moved, later)
    newer = VERDICT.replace(RUN_ID, later)

    both = onex("report", "--since", "2026-01-17")
    one = onex("report", "--since", "2026-01-18T00:00:00Z")
    failed = onex("report", "--since", "2026-01-17", "--only-failed")

    assert both.stdout == f"{VERDICT}\n{newer}\n\n2 runs, 22 units looked at, 0 shown\n"
    assert one.stdout == WHOLE.replace(RUN_ID, later)
    assert failed.stdout == (
        f"{VERDICT}\n{newer}\n\n{RUN_ID}\n{FAILURES}{UNSUCCESSFUL}\n"
        f"{later}\n{FAILURES}{UNSUCCESSFUL}\n2 runs, 22 units looked at, 14 shown\n"
    )


def test_a_page(onex, here, monkeypatch):
    """It goes into the run's folder, or where it is told to; a browser shows it when asked to."""
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    place = f"reports/runs/{RUN_ID}/report.html"

    result = onex("report", "--html")
    elsewhere = onex("report", "sample.json", "--html", "-o", "a page.html", "--open")
    golden = onex("report", f"reports/runs/{RUN_ID}", "--html", "--golden")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{VERDICT}\nwrote {place}\n"
    assert (here / "a page.html").read_text().lower().startswith("<!doctype html>")
    assert elsewhere.stdout == f"{VERDICT}\nwrote a page.html\n"
    assert opened == [f"file://{here}/a%20page.html"]
    assert golden.exit_code == 0
    assert (here / place).read_text() != (here / "a page.html").read_text()


def test_a_page_of_a_gate(onex, here):
    """The page names what is worse, and the gate sets the exit status."""
    result = onex("report", "--html", "--only-regression", "--baseline", "before.json")

    assert result.exit_code == 1
    assert "new failure" not in result.stdout
    assert "demo.text.gone" in (here / "reports" / "runs" / RUN_ID / "report.html").read_text()


def test_no_browser(onex, here, monkeypatch):
    """A browser that does not start is no failure of the report."""
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    result = onex("report", "--html", "--open")

    assert result.exit_code == 0
    assert result.stderr == (
        f"no browser could be started; open reports/runs/{RUN_ID}/report.html in one\n"
    )


@pytest.mark.parametrize("name", ["evil.json", RUN_ID, None], ids=["file", "id", "latest"])
def test_a_run_cannot_say_where_its_page_goes(onex, empty, name):
    """It may be called anything: a page goes into a folder of runs, or where it is told to."""
    os.makedirs(empty / "reports" / "escape")
    (empty / "evil.json").write_text(json.dumps({**RUN, "run_id": "../escape"}))
    record(empty, sample_facts().facts, RUN_ID)
    journal = empty / "reports" / "runs" / RUN_ID / "journal.jsonl"
    journal.write_text(journal.read_text().replace(f'"run_id":"{RUN_ID}"', '"run_id":"../escape"'))

    result = onex("report", "--html", *([name] if name else []))

    assert result.exit_code == (0 if name == RUN_ID else 2)
    assert os.listdir(empty / "reports" / "escape") == []
    assert os.path.exists(journal.with_name("report.html")) is (name == RUN_ID)


@pytest.mark.parametrize(
    ("variables", "has_colours"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1"}, False),
    ],
    ids=["pipe", "forced", "both", "none"],
)
def test_colours(onex, here, monkeypatch, variables, has_colours):
    """On a terminal or when forced, and never against NO_COLOR."""
    for name, value in {**variables, "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    result = onex("report", "sample.json")

    assert result.stdout == (coloured([Look().at(RUN)], 100) if has_colours else WHOLE)


def test_without_rich(onex, here, monkeypatch):
    """Colours are an extra: without it the text is plain."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setitem(sys.modules, "rich.text", None)

    assert onex("report", "sample.json").stdout == WHOLE


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_no_text_of_a_node_moves_the_cursor(onex, here, form):
    """Nor starts a line of its own: what does not print is shown as an escape."""
    hostile = sample_run()
    hostile["units"][0]["unit_id"] = "a\x1b[2J\n::error::b\u202e"
    hostile["units"][1]["errors"][0]["message"] = "c\r\x9bd"
    (here / "hostile.json").write_text(json.dumps(hostile))
    result = onex("report", "hostile.json", "--output-format", form)

    assert result.exit_code == 0
    assert all(line.isprintable() for line in result.stdout.split("\n"))
    assert not any(line.startswith("::") for line in result.stdout.split("\n"))


@pytest.mark.parametrize("form", ["junit", "sarif", "github", "gitlab"])
def test_no_export_moves_the_cursor(onex, here, form):
    """Not even with the words of an error that somebody else made up."""
    payload = {"type": "BROKEN", "message": "c\x1b[2J", "details": {}, "decision_required": True}
    (here / "error.json").write_text(json.dumps(payload))
    result = onex("report", "error.json", "--output-format", form)

    assert result.exit_code == 0
    assert all(line.isprintable() for line in result.stdout.split("\n"))


def test_a_terminal_has_colours(onex, here, monkeypatch):
    """Without being asked."""
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert onex("report", "sample.json").stdout == coloured([Look().at(RUN)], 90)


BADGES = {
    "--validate": "contracts: 1 valid",
    "--coverage": "coverage: 66%",
    "--last-run": "last run: 4 of 11, error",
    "--trust-level": "trust: unrated",
}


@pytest.mark.parametrize("flag", BADGES)
def test_badges(onex, here, flag):
    """Each is printed, or written and found to be up to date until something changes (ONEX-R-14)."""
    printed = onex("badge", "generate", flag)
    written = onex("badge", "generate", flag, "-o", "badge.svg")
    checked = onex("badge", "generate", flag, "-o", "badge.svg", "--check")

    assert f"<title>{BADGES[flag]}</title>" in printed.stdout
    assert written.stdout == f"wrote badge.svg: {BADGES[flag]}\n"
    assert (here / "badge.svg").read_text() == printed.stdout
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", "")


@pytest.mark.parametrize("content", [None, "old"], ids=["missing", "stale"])
def test_a_stale_badge_is_named_with_its_remedy(onex, here, content):
    """Exit status 1, and the command that mends it does."""
    if content is not None:
        (here / "badge.json").write_text(content)
    words = ["badge", "generate", "--last-run", "-o", "badge.json", "--output-format", "json"]
    result = onex(*words, "--check")
    remedy = result.stdout.partition("`onex ")[2].partition("`")[0].split()

    state = "missing" if content is None else "stale"
    assert result.exit_code == 1
    assert result.stdout == f"badge.json: {state}; run `onex {' '.join(words)}`\n"
    assert onex(*remedy).exit_code == 0
    assert onex(*words, "--check").exit_code == 0
    assert json.loads((here / "badge.json").read_text())["message"] == "4 of 11, error"


def test_badges_without_a_run(onex, empty):
    """What is not known is not made up."""
    messages = [
        onex("badge", "generate", flag, "--output-format", "json").json["message"]
        for flag in ("--coverage", "--last-run")
    ]

    assert messages == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "a badge is about one thing, and here are 0"),
        (["--coverage", "--last-run"], "a badge is about one thing, and here are 2"),
        (["--coverage", "--check"], "--check needs a file to check"),
        (
            ["--coverage", "-o", "node.onex"],
            "node.onex: a report would take the place of a document; nothing written",
        ),
    ],
)
def test_badges_that_make_no_sense(onex, workspace, options, told):
    """Status 2 and one line."""
    result = onex("badge", "generate", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[0] == f"onex: {told}"
