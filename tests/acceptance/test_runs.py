"""`onex runs`: the runs of a workspace, listed, shown, checked, mended, removed and compared."""

import json
import os
import re
import shutil

import pytest
from tests.run_folders import content, facts_of, make_run
from tests.sample_run import RUN_ID

from onex.runs import index
from onex.runs.load import load_run

OLD = "20260110T143052Z__nodes__a1b2c3d"
CUT = "20260119T100000Z__nightly-2__a1b2c3d"
WEEK_US = 604_800_000_000


def better(facts):
    """The facts, a week earlier, of a run in which one node more succeeded."""
    for fact in facts:
        fact["at_us"] -= WEEK_US
        if fact["kind"] == "unit_finished" and fact["unit"] == 1:
            fact.update(status="success", reason=None, error=None)
    facts[-1]["duration_us"] = 40_000
    return facts


@pytest.fixture
def three(onex, tmp_path):
    """A workspace with a run, an older one, and one that was cut off."""
    (tmp_path / ".tree").write_text("entries: []\n")
    make_run(tmp_path, OLD, better(facts_of(OLD)))
    make_run(tmp_path)
    facts = facts_of(CUT)[:4]
    facts[0].update(pipeline_id="nightly", at_us=1_768_816_800_500_000)
    shutil.rmtree(os.path.join(make_run(tmp_path, CUT, facts), "artifacts"))
    return tmp_path


LISTED = f"""\
{CUT}  cut off
{RUN_ID}      error          60 ms  4 success, 4 failure, 1 error, 1 blocked, 1 skipped
{OLD}      error          40 ms  5 success, 3 failure, 1 error, 1 blocked, 1 skipped
"""


def test_the_list_tells_how_each_run_ended(onex, three):
    """The newest first."""
    ended = onex("runs", "list")

    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, LISTED, "")


FILTERS = {
    "two": (["-n", "2"], [CUT, RUN_ID]),
    "all": (["--all", "-n", "1"], [CUT, RUN_ID, OLD]),
    "error": (["--status", "error"], [RUN_ID, OLD]),
    "success": (["--status", "success"], []),
    "cut off": (["--status", "cut-off"], [CUT]),
    "going on": (["--status", "going-on"], []),
    "pipeline": (["--pipeline", "nodes", "-n", "1"], [RUN_ID]),
    "since a day": (["--since", "2026-01-17"], [CUT, RUN_ID]),
    "since a moment": (["--since", "2026-01-17T14:30:53Z"], [CUT]),
    "since then": (["--since", "2026-01-17T14:30:52.124456Z"], [CUT, RUN_ID]),
    "rebuilt": (["--rebuild-index"], [CUT, RUN_ID, OLD]),
}


@pytest.mark.parametrize(("options", "wanted"), FILTERS.values(), ids=list(FILTERS))
def test_the_list_can_be_narrowed(onex, three, options, wanted):
    """In every form it names the same runs."""
    text = onex("runs", "list", *options)
    value = onex("runs", "list", *options, "--output-format", "json").json
    lines = onex("runs", "list", *options, "--output-format", "ndjson").stdout.splitlines()

    assert text.exit_code == 0
    assert [line.split()[0] for line in text.stdout.splitlines()] == wanted
    assert [entry["run_id"] for entry in value] == wanted
    assert [json.loads(line) for line in lines] == value


def test_the_list_of_nothing_is_empty(onex, tmp_path):
    """No run is no error."""
    (tmp_path / ".tree").write_text("entries: []\n")

    assert onex("runs", "list").stdout == ""
    assert onex("runs", "list", "--output-format", "json").json == []
    assert onex("runs", "recover").stdout == "nothing to recover\n"
    assert onex("runs", "prune", "--keep", "0").stdout == "nothing to remove\n"


SHOWN = f"""\
run        {CUT}
pipeline   nightly
outcome    0 of 11, error (interrupted)
began      2026-01-19T10:00:00.500000Z
took       0 ms
started by local_cli, ada
commit     a1b2c3d{"0" * 33} on main
folder     reports/runs/{CUT}

"""


def test_a_run_is_shown_with_its_units_and_files(onex, three):
    """What it was, each unit, each file."""
    first, units, files = onex("runs", "show", CUT[:9]).stdout.split("\n\n")

    assert f"{first}\n\n" == SHOWN
    assert [line.split()[:2] for line in units.splitlines()][:2] == [
        ["error", "demo.text.clean"],
        ["blocked", "demo.text.count"],
    ]
    assert files.splitlines() == [
        f"{os.path.getsize(three / index.PLACE / CUT / 'journal.jsonl'):>10}  journal.jsonl",
    ]


def test_a_run_is_shown_to_programs(onex, three):
    """The run itself, and its files with their sizes."""
    folder = three / index.PLACE / RUN_ID

    value = onex("runs", "show", folder, "--output-format", "json").json

    assert value["run"] == load_run(str(folder))
    assert {item["path"]: item["bytes"] for item in value["files"]} == {
        path: len(data) for path, data in content(folder).items()
    }


def test_check_names_each_problem(onex, three):
    """A line each, and status 1; status 0 when nothing is wrong."""
    os.unlink(three / index.PLACE / OLD / "run.log")

    ended = onex("runs", "check", "--all")

    assert (ended.exit_code, ended.stderr) == (1, "")
    assert ended.stdout.splitlines()[:2] == [
        f"reports/runs/{OLD}/run.log: missing; run `onex runs recover` to bring it back",
        f"reports/runs/{OLD}/checks.json: the evidence of demo.text.clean leads to nothing:"
        " run.log:line:6",
    ]
    assert ended.stdout.splitlines()[-1] == (
        f"reports/runs/{CUT}/journal.jsonl: the run was cut off; run `onex runs recover` to close it"
    )
    fine = onex("runs", "check", RUN_ID)
    assert (fine.exit_code, fine.stdout) == (0, "1 run: nothing is wrong\n")


def test_recover_closes_what_was_cut_off(onex, three):
    """A torn line is cut off and said; the next time there is nothing to do."""
    journal = three / index.PLACE / CUT / "journal.jsonl"
    size = journal.stat().st_size
    with journal.open("ab") as file:
        file.write(b'{"at_us":17')

    ended = onex("runs", "recover")

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        f"{CUT}: line 5 of journal.jsonl, from byte {size}, was torn and is cut off (11 bytes)",
        f"{CUT}: closed: it was cut off, and 11 units with it",
        f"{CUT}: wrote nodes/0000-demo.text.clean/execution_result.json, run.log, report.jsonl,"
        " batch_result.json, manifest.json, run_result.json, checks.json, run.json",
        f"{CUT}: put into the index",
    ]
    assert onex("runs", "recover", "--all").stdout == "nothing to recover\n"
    assert onex("runs", "check", "--all").stdout == "3 runs: nothing is wrong\n"
    assert onex("runs", "list").stdout.splitlines()[0] == (
        f"{CUT}  error           0 ms  1 error, 10 blocked"
    )


def test_recover_goes_on_after_a_run_that_cannot_be_mended(onex, three):
    """Status 2, and the others are closed all the same."""
    broken = three / index.PLACE / OLD / "journal.jsonl"
    broken.write_bytes(broken.read_bytes().replace(b"\n", b"", 1))

    ended = onex("runs", "recover", "--all")

    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"onex: reports/runs/{OLD}/journal.jsonl:1:")
    assert f"{CUT}: put into the index" in ended.stdout


def test_prune_says_what_goes(onex, three):
    """The oldest first; a dry run removes nothing."""
    before = content(three)

    assert onex("runs", "prune", "--keep", "1", "--dry-run").stdout == (
        f"would remove {OLD}\nwould remove {RUN_ID}\n"
    )
    assert content(three) == before
    assert onex("runs", "prune", "--older-than", "2026-01-15").stdout == f"removed {OLD}\n"
    assert onex("runs", "prune", "--keep", "1").stdout == f"removed {RUN_ID}\n"
    assert sorted(os.listdir(three / index.PLACE)) == [CUT, "index.jsonl"]


DIFFERENCES = f"""\
{RUN_ID}, compared with {OLD}: 1 regressed; 1.5 times as long
  regressed    demo.text.count: success -> failure
"""


def test_diff_says_what_changed(onex, three):
    """Status 1 when a verdict did; 0 when none did."""
    ended = onex("runs", "diff", OLD, RUN_ID)
    value = onex("runs", "diff", OLD, RUN_ID, "--output-format", "json").json
    same = onex("runs", "diff", RUN_ID, RUN_ID)

    assert (ended.exit_code, ended.stdout) == (1, DIFFERENCES)
    assert value == {
        "before": OLD,
        "after": RUN_ID,
        "duration_ratio": 1.5,
        "changes": [
            {
                "unit_id": "demo.text.count",
                "change": "regressed",
                "before": "success",
                "after": "failure",
            }
        ],
    }
    assert (same.exit_code, same.stdout) == (
        0,
        f"{RUN_ID}, compared with {RUN_ID}: no unit differs; 1 times as long\n",
    )


def test_another_output_is_said_and_is_no_other_verdict(onex, three):
    """Drift alone is status 0."""
    text = json.dumps(facts_of("20260118T000000Z__nodes__a1b2c3d"))
    found = re.search(r'"output_hash": "([0-9a-f]{64})"', text)
    facts = json.loads(text.replace(found[1], "0" * 64))
    make_run(three, "20260118T000000Z__nodes__a1b2c3d", facts)

    ended = onex("runs", "diff", RUN_ID, "20260118T")

    assert ended.exit_code == 0
    assert "  drift        demo.text.clean: success\n" in ended.stdout


REFUSED = {
    "no run": (["show", "2031"], "2031: no such file or run"),
    "two runs": (["show", "2026"], "2026: 3 runs begin like this"),
    "no folder": (["check", "nothing"], "nothing: no such file or run"),
    "no name": (["check"], "no run is named"),
    "both": (["check", "--all", RUN_ID], "--all takes every run; name runs, or take them all"),
    "both again": (["recover", "--all", RUN_ID], "--all takes every run"),
    "prune what": (["prune"], "nothing says which runs are to go"),
    "prune when": (["prune", "--older-than", "soon"], "--older-than soon: no span of time"),
    "list when": (["list", "--since", "soon"], "--since soon: no span of time"),
    "diff what": (["diff", RUN_ID, "x"], "x: no such file or run"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_means_no_run_is_refused(onex, three, words, said):
    """Status 2, the words, and nothing is touched."""
    before = content(three)

    ended = onex("runs", *words)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"onex: {said}")
    assert content(three) == before


def test_a_folder_that_is_kept_elsewhere_can_be_looked_at(
    onex, three, tmp_path_factory, monkeypatch
):
    """Without a workspace, too: an auditor has the folder alone."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(three / index.PLACE / RUN_ID, elsewhere / RUN_ID)
    os.unlink(elsewhere / RUN_ID / "run.json")
    monkeypatch.chdir(elsewhere)

    assert onex("runs", "check", RUN_ID).exit_code == 1
    assert onex("runs", "recover", RUN_ID).stdout == f"{RUN_ID}: wrote run.json\n"
    assert onex("runs", "check", RUN_ID).exit_code == 0
    assert os.listdir(elsewhere) == [RUN_ID]


def test_names_in_a_run_cannot_write_to_the_terminal(onex, three):
    """Control characters of a log, a file name or a folder are shown as escapes."""
    folder = three / index.PLACE / RUN_ID
    (folder / "artifacts" / "\x1b[2J::error::x").write_text("")

    for command in ("show", "check"):
        ended = onex("runs", command, RUN_ID)
        assert "\x1b" not in ended.stdout
        assert "\\x1b[2J" in ended.stdout
