"""A Python program records its run: the pattern of the specification, and what it refuses."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest

from onex.errors import OnexError, RefusedError, UsageError
from onex.runs.audit import audit
from onex.runs.load import load_run
from onex.runs.writer import RunWriter, detect_trigger
from onex_contract import registry

RUN_ID = "20260117T143052Z__P2-Backfill__0000000"
NAMES = {
    "batch_result.json",
    "checks.json",
    "journal.jsonl",
    "manifest.json",
    "report.jsonl",
    "run.json",
    "run.log",
    "run_result.json",
}


class StoppedClock:
    """Always the same moment."""

    def wall_us(self):
        """A Saturday in January."""
        return 1_768_660_252_000_000

    def monotonic_us(self):
        """Five microseconds after the start of the machine."""
        return 5


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the run that a test makes; it is the current one's, and there is no git."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "reports/runs" / RUN_ID


def make(*env, clock=None):
    return RunWriter("P2-Backfill", "0.1.0", env, clock=clock or StoppedClock())


def checks(folder):
    return {
        check["name"]: (check["status"], check.get("detail"))
        for check in json.loads((folder / "checks.json").read_text())["checks"]
    }


def status(folder):
    return json.loads((folder / "run.json").read_text())["status"]


def log(folder):
    """The lines of the log, without the moment, and without the first and the last two."""
    lines = (folder / "run.log").read_text().splitlines()
    return [line.partition(" ")[2] for line in lines[2:-1]]


def seed_pattern(main, writer):
    """OVC-12: the pattern of the specification, word for word."""
    trigger_type, trigger_source, actor = detect_trigger()
    writer.start(trigger_type=trigger_type, trigger_source=trigger_source, actor=actor)

    try:
        main(writer)
        writer.finish(status="success")
    except Exception as e:
        writer.log(f"Exception: {e}")
        writer.finish(status="failed")
        raise


def backfill(writer):
    writer.add_input(type="neon_table", ref="ovc.ovc_blocks_v01_1_min")
    writer.add_output(type="file", ref="out/rows.csv", rows=2)
    writer.check(name="row_count", status="pass", evidence=f"rows={2}")


def test_the_pattern_of_the_specification_works_word_for_word(folder, tmp_path, capsys):
    """OVC-04, OVC-05, OVC-06, OVC-16: all files, and every one keeps its schema."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/rows.csv").write_text("1\n2\n")

    seed_pattern(backfill, make())

    assert capsys.readouterr().out == f"RUN_ID={RUN_ID}\n"
    assert {*os.listdir(folder)} == {*NAMES, "artifacts"}
    record = json.loads((folder / "run.json").read_text())
    assert registry.validator("run_artifact").is_valid(record)
    assert registry.validator("checks").is_valid(json.loads((folder / "checks.json").read_text()))
    for line in (folder / "journal.jsonl").read_text().splitlines():
        assert registry.validator("fact").is_valid(json.loads(line))
    assert {key: record[key] for key in ("run_id", "pipeline_version", "status", "env")} == {
        "run_id": RUN_ID,
        "pipeline_version": "0.1.0",
        "status": "success",
        "env": {"present": [], "missing": []},
    }
    assert record["inputs"] == [{"type": "neon_table", "ref": "ovc.ovc_blocks_v01_1_min"}]
    assert record["outputs"] == [{"type": "file", "ref": "out/rows.csv", "rows": 2}]
    assert record["x_onex"]["artifacts"] == [
        {
            "name": "rows.csv",
            "path": "artifacts/rows.csv",
            "hash": hashlib.sha256(b"1\n2\n").hexdigest(),
            "type": "text/csv",
            "produced_by": None,
        }
    ]
    assert (folder / "artifacts/rows.csv").read_text() == "1\n2\n"
    assert checks(folder) == {
        "row_count": ("pass", "rows=2"),
        "completed": ("pass", "the program declared success"),
    }
    assert log(folder) == [
        "input: neon_table ovc.ovc_blocks_v01_1_min",
        "output: file out/rows.csv",
        "row_count: no pointer to evidence, so taken for detail: rows=2",
        "P2-Backfill::row_count: success: rows=2",
        "P2-Backfill::completed: success: the program declared success",
    ]


def test_the_run_is_the_same_whichever_file_it_is_read_from(folder, tmp_path):
    """OBS-18: journal, report and run.json tell of the same run."""
    (tmp_path / "a.txt").write_text("a")
    with make() as writer:
        writer.add_output("file", "a.txt")
        writer.check("rows", "pass", ["run.json:$.env", "artifacts/a.txt"])

    runs = [
        load_run(str(folder / name)) for name in ("journal.jsonl", "report.jsonl", "run.json", ".")
    ]

    assert runs[1:] == runs[:1] * 3


def test_ovc12_a_failure_is_logged_recorded_and_raised_again(folder):
    """The program's own error arrives where it would have."""

    def main(writer):
        raise ValueError("no\nrows")

    with pytest.raises(ValueError, match="no\nrows"):
        seed_pattern(main, make())

    assert status(folder) == "failed"
    assert checks(folder) == {"completed": ("fail", "the program declared failed")}
    assert log(folder)[:2] == ["Exception: no", "rows"]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([], "success"),
        (["pass"], "success"),
        (["pass", "skip"], "partial"),
        (["skip", "fail", "pass"], "failed"),
    ],
)
def test_ovc08_the_end_of_a_context_is_what_the_checks_amount_to(folder, found, wanted):
    """A failure fails, a skip makes it partial."""
    with make() as writer:
        for number, word in enumerate(found):
            writer.check(f"check {number}", word)

    assert status(folder) == wanted


@pytest.mark.parametrize(
    ("raised", "wanted", "line"),
    [
        (KeyError("x"), "failed", "KeyError: 'x'"),
        (KeyboardInterrupt(), "failed", "KeyboardInterrupt: "),
        (SystemExit(3), "failed", "SystemExit: 3"),
        (SystemExit(0), "success", None),
        (SystemExit(), "success", None),
    ],
    ids=["error", "interrupt", "exit 3", "exit 0", "exit"],
)
def test_ovc12_whatever_ends_a_context_is_recorded(folder, raised, wanted, line):
    """Only a program that exits with status 0 has not failed."""
    with pytest.raises(type(raised)), make():
        raise raised

    assert status(folder) == wanted
    assert (line in log(folder)) is (line is not None)


@pytest.mark.parametrize(
    ("worst", "declared", "fits"),
    [
        ("pass", "partial", True),
        ("pass", "failed", True),
        ("skip", "success", False),
        ("skip", "partial", True),
        ("skip", "failed", True),
        ("fail", "success", False),
        ("fail", "partial", False),
        ("fail", "failed", True),
    ],
)
def test_ovc08_a_status_better_than_the_checks_is_refused_and_the_run_goes_on(
    folder, worst, declared, fits
):
    """So that the pattern's own `except` can end it."""
    writer = make()
    writer.start()
    writer.check("rows", worst)
    if not fits:
        with pytest.raises(RefusedError, match=f"declared {declared}, but the checks amount to"):
            writer.finish(declared)
        declared = "failed"
    writer.finish(declared)

    assert status(folder) == declared


@pytest.mark.parametrize("act", ["start", "finish", "log", "check", "add_input", "add_output"])
def test_a_run_that_is_over_takes_nothing_more(folder, act):
    """OVC-04: twice is an error, and so is whatever comes behind the end."""
    writer = make()
    writer.start()
    writer.finish("success")
    before = (folder / "journal.jsonl").read_bytes()
    words = {
        "start": [],
        "finish": ["success"],
        "log": ["x"],
        "check": ["x", "pass"],
    }.get(act, ["file", "x"])

    with pytest.raises(UsageError, match=r"P2-Backfill: this run (is finished|was started before)"):
        getattr(writer, act)(*words)
    assert (folder / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda writer: writer.finish("success"), "this run was not started"),
        (lambda writer: writer.log("x"), "this run was not started"),
        (lambda writer: writer.run_id, "this run was not started"),
        (lambda writer: writer.start("cron"), "'cron' is no trigger type; there are github_sched"),
        (lambda writer: writer.finish("succes"), "did you mean 'success'?"),
        (lambda writer: writer.check("x", "ok"), "'ok' is no status of a check; there are pass, "),
        (lambda writer: writer.check(" ", "pass"), "a check has a name"),
        (lambda writer: writer.add_input("file", "x", at=object()), "at: object is no JSON value"),
        (lambda writer: writer.add_input("file", "x", at=float("nan")), "at: float is no JSON"),
    ],
    ids=range(9),
)
def test_what_is_refused_before_the_start(folder, act, words):
    """In one sentence, and nothing is written."""
    with pytest.raises(UsageError) as caught:
        act(make())

    assert words in caught.value.message
    assert not folder.exists()


@pytest.mark.parametrize("name", ["", "a b", "a.b", "a_b", "é", "a\n", "../a"])
def test_ovc02_a_pipeline_id_has_letters_digits_and_hyphens(name):
    """It is a part of the folder's name."""
    with pytest.raises(UsageError, match="is no pipeline id"):
        RunWriter(name, "1")


def test_a_variable_is_required_by_its_name_alone():
    """OVC-14: what stands behind an equals sign is not shown."""
    with pytest.raises(UsageError) as caught:
        RunWriter("a", "1", ["TOKEN=canary-value"])

    assert "'TOKEN'" in caught.value.message
    assert "canary" not in f"{caught.value.message}{caught.value.help}"


def test_ovc14_without_a_required_variable_the_program_does_not_begin(folder, monkeypatch):
    """The folder is written all the same, and names what is missing."""
    monkeypatch.setenv("SET", "canary-value")
    monkeypatch.setenv("EMPTY", "")
    monkeypatch.delenv("ABSENT", raising=False)

    with pytest.raises(RefusedError, match="ABSENT, EMPTY are not set, or empty"):
        seed_pattern(pytest.fail, make("SET", "EMPTY", "ABSENT"))

    record = json.loads((folder / "run.json").read_text())
    assert (record["status"], record["env"]) == (
        "failed",
        {"present": ["SET"], "missing": ["ABSENT", "EMPTY"]},
    )
    assert checks(folder) == {
        "required_env_present": (
            "fail",
            "ABSENT, EMPTY are not set, or empty, so nothing was run",
        ),
        "completed": ("fail", "the program declared failed"),
    }


def test_ovc14_no_file_of_the_run_shows_the_value_of_a_required_variable(
    folder, tmp_path, monkeypatch
):
    """As it is, in Base64 at every place of a group, URL-encoded, escaped; in names and in texts."""
    canary = 'c4n4ry\x1b/"+s3cret'
    monkeypatch.setenv("TOKEN", canary)
    encoded = [base64.b64encode(b"." * place + canary.encode()).decode() for place in range(3)]
    forms = [canary, quote(canary, safe=""), json.dumps(canary)[1:-1], *encoded]
    with make("TOKEN") as writer:
        for form in forms:
            writer.log(f"a {form} b")
            writer.check(f"name {form}", "pass", form, detail=form)
            writer.check("failed", "skip", detail=form)
            writer.add_input(form, form, **{form: form, "deep": [{form: form}]})
        (tmp_path / f"{encoded[0]}.txt").write_text("x")
        writer.add_output("file", f"{encoded[0]}.txt")
    names = [str(path) for path in folder.rglob("*")]
    written = "".join(names) + "".join(
        path.read_text() for path in folder.rglob("*") if path.is_file()
    )

    parts = [*forms[:4], encoded[1][4:18], encoded[2][4:18], "s3cret"]
    assert [part for part in parts if part in written] == []
    assert "***" in written


def test_a_name_that_comes_again_gets_a_number(folder):
    """So that every check of a run has an id of its own."""
    long = "x" * 2000
    with make() as writer:
        for name in ("rows", "rows", "rows #2", "completed", long, long, "a\x1b[31m"):
            writer.check(name, "pass")

    assert [*checks(folder)] == [
        "rows",
        "rows #2",
        "rows #2 #2",
        "completed",
        "x" * 1024,
        "x" * 1024 + " #2",
        "a\\x1b[31m",
        "completed #2",
    ]
    assert registry.validator("run").is_valid(load_run(str(folder)))
    assert audit(str(folder)) == []


def test_cf14_pointers_stay_evidence_and_other_texts_become_detail(folder):
    """One text or several; the log says what was taken for what."""
    with make() as writer:
        writer.check("a", "pass", "run.log:line:2")
        writer.check("b", "fail", ["artifacts/x", "rows=0", "run.log:line:0"], detail="none")

    found = json.loads((folder / "checks.json").read_text())["checks"]
    assert [check["evidence"] for check in found[:2]] == [["run.log:line:2"], ["artifacts/x"]]
    assert found[1]["detail"] == "none; rows=0; run.log:line:0"


def test_of_a_file_outside_or_absent_no_copy_is_kept(folder, tmp_path, monkeypatch):
    """It is recorded as told, and the log says why."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (inside / "link").symlink_to("../secret.txt")
    monkeypatch.chdir(inside)
    with make() as writer:
        for ref in ("link", "../secret.txt", "absent", "."):
            writer.add_output("file", ref)
        writer.add_output("table", "t")
    made = inside / "reports/runs" / RUN_ID

    assert not (made / "artifacts").exists()
    assert [line for line in log(made) if "no copy" in line] == [
        f"output: link: not below {inside}, so no copy is kept",
        f"output: ../secret.txt: not below {inside}, so no copy is kept",
        "output: absent: no such file, so no copy is kept",
        "output: .: no such file, so no copy is kept",
    ]


def test_files_of_one_name_do_not_take_each_others_place(folder, tmp_path):
    """And one that the program put into the folder itself stays where it is."""
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "-x y.txt").write_text(place)
    with make() as writer:
        writer.add_output("file", "a/-x y.txt")
        writer.add_output("file", tmp_path / "b/-x y.txt")
        own = folder / "artifacts/deep/own.bin"
        own.parent.mkdir()
        own.write_text("own")
        writer.add_output("file", own)

    assert {path.name: path.read_text() for path in folder.rglob("artifacts/**/*.*")} == {
        "x_y.txt": "a",
        "2-x_y.txt": "b",
        "own.bin": "own",
    }
    artifacts = json.loads((folder / "run.json").read_text())["x_onex"]["artifacts"]
    assert [artifact["path"] for artifact in artifacts] == [
        "artifacts/x_y.txt",
        "artifacts/2-x_y.txt",
        "artifacts/deep/own.bin",
    ]


def test_the_root_is_that_of_the_workspace(workspace, monkeypatch):
    """From a folder deep within it."""
    monkeypatch.chdir(workspace / "demo")
    writer = RunWriter("a", None)
    writer.start()
    writer.finish("success")

    assert writer.path == str(workspace / "reports/runs" / writer.run_id)


def test_threads_may_share_it(folder):
    """Every line and every check is there, whole."""
    with make() as writer:

        def work(number):
            for turn in range(50):
                writer.log(f"{number} {turn}")
                writer.check("turn", "pass")

        threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(checks(folder)) == 201
    assert sum(line[1:2] == " " for line in log(folder)) == 200


@pytest.mark.parametrize(
    ("end", "code"), [("sys.exit(0)", 0), ("pass", 0), ("raise ValueError", 1), ("os.fork()", 0)]
)
def test_a_program_that_forgets_its_run_leaves_it_closed(tmp_path, end, code):
    """As one that was cut off; a child that it forked does not end it."""
    program = f"""
import os, sys
from onex.runs.writer import RunWriter
writer = RunWriter("a", "1")
writer.start()
{end}
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert done.returncode == code
    (folder,) = (tmp_path / "reports/runs").glob("*__a__*")
    record = json.loads((folder / "run.json").read_text())
    assert (record["status"], record["x_onex"]["outcome"]) == ("failed", "error")
    assert record["x_onex"]["reason"] == "interrupted"
    assert audit(str(folder)) == []


def test_what_went_wrong_first_is_what_the_caller_sees(folder, monkeypatch):
    """A record that cannot be completed is a note on it."""

    def full(*_):
        raise OnexError("the disk is full")

    def fail(writer):
        monkeypatch.setattr(writer._recording, "log", full)  # noqa: SLF001
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine") as caught, make() as writer:
        fail(writer)
    writer._abandon()  # noqa: SLF001

    assert caught.value.__notes__ == [
        "onex: the record of this run is not complete: the disk is full"
    ]


def test_w8_a_folder_that_cannot_be_made_is_said(folder, tmp_path):
    """A file where the folder should be."""
    (tmp_path / "reports").write_text("")

    with pytest.raises(OnexError, match="cannot be made"):
        make().start()
