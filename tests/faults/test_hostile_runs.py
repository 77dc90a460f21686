"""Run folders, journals and commands that are set against onex: rows W2, S5, I12 and X11.

Nothing is written outside of a run folder, nothing waits for a pipe that nobody reads, and no
input ends in a fault of onex itself.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.run_folders import facts_of, lines_of, make_run, read

from onex.core import jsonl
from onex.errors import OnexError
from onex.runs import index
from onex.runs.load import load_run
from onex.runs.mask import HIDDEN, Mask
from onex.runs.writer import RunWriter

ONEX = str(Path(sys.executable).parent / "onex")
PATIENT = 30


def call(*arguments, cwd, **options):
    """The command in a process of its own, which is killed when it hangs."""
    return subprocess.run(
        [ONEX, *arguments],
        cwd=cwd,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=PATIENT,
        **options,
    )


@pytest.fixture
def root(tmp_path):
    """A workspace with one run."""
    (tmp_path / ".tree").write_text("entries: []\n")
    make_run(tmp_path)
    return tmp_path


@pytest.fixture
def folder(root):
    """The folder of that run."""
    return next((root / index.PLACE).glob("*__*"))


@pytest.fixture
def outside(tmp_path_factory):
    """A folder that nobody has any business in."""
    return tmp_path_factory.mktemp("outside")


def replace_by_link(path, target):
    """Put a link in place of a folder of a run, which is moved out of the way."""
    path.rename(path.parent.parent / f"moved-{path.name}")
    path.symlink_to(target)


def test_recovery_writes_through_no_link(onex, folder, outside):
    """W2: `nodes` of a run folder leads elsewhere; nothing is written there."""
    replace_by_link(folder / "nodes", outside)

    ended = onex("runs", "recover", folder)

    assert ended.exit_code == 2
    assert f"{folder}/nodes: a link, which is not followed" in ended.stderr.replace(
        "onex: ", f"onex: {folder.parents[2]}/"
    )
    assert list(outside.iterdir()) == []


def test_a_link_in_place_of_a_run_folder_is_not_recovered(onex, folder, outside):
    """W2: what lies behind it is nobody's run folder."""
    moved = outside / folder.name
    folder.rename(moved)
    folder.symlink_to(moved)
    (moved / "run.json").unlink()

    ended = onex("runs", "recover", folder.name)

    assert ended.exit_code == 2
    assert "a link, which is not followed" in ended.stderr
    assert not (moved / "run.json").exists()


def test_a_page_is_written_through_no_link(onex, folder, outside):
    """The page goes into the folder of the run, or where it is told to go."""
    target = outside / "page"
    target.write_text("mine")
    (folder / "report.html").symlink_to(target)

    ended = onex("report", folder, "--html")

    assert ended.exit_code == 2
    assert "report.html: a link, which is not followed" in ended.stderr
    assert target.read_text() == "mine"


def test_a_report_takes_the_place_of_no_journal(onex, folder):
    """The one file that nothing brings back."""
    before = read(folder / "journal.jsonl")

    ended = onex("report", folder, "-o", folder / "journal.jsonl")

    assert ended.exit_code == 2
    assert read(folder / "journal.jsonl") == before


def test_an_artifact_is_kept_in_the_run_folder_alone(root, outside):
    """The command has put a link in place of the folder of artifacts."""
    script = f"ln -s {outside} $(ls -d reports/runs/*__wrapped__*)/artifacts; echo 1 > a.txt"
    order = ["wrap", "--pipeline-id", "wrapped", "--artifact", "a.txt", "--", "bash", "-c", script]

    ended = call(*order, cwd=root)

    assert ended.returncode == 1
    assert "artifacts: a link, which is not followed" in ended.stderr
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_an_index_that_is_no_file_is_refused_at_once(root, outside, kind):
    """A pipe that nobody reads, or a link that leads elsewhere: the record is there nevertheless."""
    path = root / index.PLACE / index.FILE_NAME
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(outside / "stolen")

    ended = call("wrap", "--pipeline-id", "wrapped", "--", "true", cwd=root)

    assert ended.returncode == 2
    assert f"{index.FILE_NAME}: cannot be written" in ended.stderr
    assert "help: move it away" in ended.stderr
    assert list(outside.iterdir()) == []
    (made,) = (root / index.PLACE).glob("*__wrapped__*")
    assert load_run(str(made))["outcome"] == "success"


def test_a_step_summary_that_is_a_pipe_holds_nobody_up(root, outside):
    """GITHUB_STEP_SUMMARY leads to a pipe that nobody reads."""
    path = outside / "summary"
    os.mkfifo(path)
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(path)}

    ended = call("report", "--output-format", "github", cwd=root, env=environment)

    assert ended.returncode == 2
    assert "the step summary cannot be written: " in ended.stderr
    assert "help: see GITHUB_STEP_SUMMARY" in ended.stderr


@pytest.mark.parametrize("command", [["report"], ["badge", "generate", "--last-run"]])
def test_what_only_looks_like_a_run_is_no_latest_run(onex, tmp_path, command):
    """A file with the name of a run; there is none."""
    (tmp_path / ".tree").write_text("entries: []\n")
    (tmp_path / index.PLACE).mkdir(parents=True)
    (tmp_path / index.PLACE / "20260117T143052Z__a__0000000").touch()

    ended = onex(*command)

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "is no run folder" in ended.stderr


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_s5_a_help_that_nobody_gets_is_no_success(tmp_path, flag):
    """Status 2 and one line that says what is full."""
    with open("/dev/full", "w") as full:
        ended = call(flag, cwd=tmp_path, stdout=full)

    assert ended.returncode == 2
    assert ended.stderr == "onex: standard output: No space left on device\n"


def test_i12_a_fact_with_a_fraction_is_no_fact(onex, tmp_path):
    """To a schema 5.0 is an integer."""
    facts = facts_of()
    facts[1]["at_us"] = float(facts[1]["at_us"])
    (tmp_path / "journal.jsonl").write_bytes(lines_of(facts))

    ended = onex("runs", "check", tmp_path)

    assert ended.exit_code == 1
    assert "journal.jsonl:2: the line, from byte" in ended.stdout


def test_i12_lines_of_results_are_refused_at_the_first_that_is_none(onex, tmp_path):
    """However many there are behind it; the line is named."""
    (tmp_path / "results.ndjson").write_text('{"node_id":"a"}\n' + '{"nod\n')

    ended = onex("report", "results.ndjson")

    assert ended.exit_code == 2
    assert ended.stderr.startswith("onex: results.ndjson:1:")


NOT_UTF_8 = os.fsdecode(b"\xff\xfe")


@pytest.mark.parametrize(
    ("options", "command", "status"),
    [
        ([], [NOT_UTF_8], 127),
        (["--check", f"n={NOT_UTF_8}"], ["true"], 1),
        (["--pipeline-version", NOT_UTF_8], ["true"], 0),
    ],
    ids=["command", "check", "version"],
)
def test_arguments_that_are_not_unicode_are_recorded_with_escapes(root, options, command, status):
    """The record is complete, and the exit status is what it would have been."""
    ended = call("wrap", "--pipeline-id", "odd", *options, "--", *command, cwd=root)

    assert ended.returncode == status
    (made,) = (root / index.PLACE).glob("*__odd__*")
    assert "\\udcff" in json.dumps(load_run(str(made)))
    assert call("runs", "check", str(made), cwd=root).stdout == "1 run: nothing is wrong\n"


@pytest.mark.parametrize("how", ["backslashreplace", "replace"])
def test_x11_a_secret_that_is_not_unicode_is_hidden(how):
    """As a log and as an argument show it."""
    data = b"se\xff\xe9cret"
    assert Mask([os.fsdecode(data)]).text(f"<{data.decode(errors=how)}>") == f"<{HIDDEN}>"


def test_what_a_command_leaves_behind_holds_nobody_up(root):
    """A daemon goes on to write into the pipe; the command has ended, and so does onex."""
    script = "(while sleep 0.2; do echo more; done) & echo $! > daemon; echo mine"
    began = time.monotonic()
    try:
        ended = call("wrap", "--pipeline-id", "daemon", "--", "bash", "-c", script, cwd=root)
    finally:
        os.kill(int((root / "daemon").read_text()), signal.SIGTERM)

    assert ended.returncode == 0
    assert ended.stdout.startswith("mine\n")
    assert time.monotonic() - began < PATIENT / 2


def test_a_fact_that_nobody_could_read_again_is_not_written(root, capsys):
    """The program is told, and its run goes on."""
    with RunWriter("large", "1", root=root) as writer:
        with pytest.raises(OnexError, match="a line may have"):
            writer.log("x" * jsonl.LONGEST)
        writer.log("shorter")

    assert load_run(writer.path)["outcome"] == "success"
    assert "RUN_ID=" in capsys.readouterr().out


def test_a_version_that_is_a_number_is_recorded_as_text(root, capsys):
    """What a program gives is not always what it should."""
    with RunWriter("numbered", 7, root=root) as writer:
        assert writer.run_id
    with pytest.raises(OnexError, match="no text and no path"):
        writer.add_input("table", 8)

    assert load_run(writer.path)["pipeline_version"] == "7"
    assert "RUN_ID=" in capsys.readouterr().out
