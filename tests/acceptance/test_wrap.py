"""``onex wrap``: any command has a record of its run, whatever becomes of it (OVC-11)."""

import base64
import fcntl
import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from onex.runs.audit import audit
from onex.runs.load import load_run
from onex_contract import registry

BASH = "/bin/bash"
ONEX = str(Path(sys.executable).parent / "onex")
EXAMPLE = Path(__file__).parents[2] / "tools/examples/run-artifacts.yml"
PIPELINE = """#!/bin/bash
set -euo pipefail
read -r name
echo "hello $name" | tr a-z A-Z
echo "no rows yet" >&2
seq 3 > rows.csv
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """In an empty folder, by hand, and without colours or a pinned clock."""
    monkeypatch.chdir(tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITHUB_EVENT_NAME"):
        monkeypatch.delenv(name, raising=False)


def wrap(*arguments, name="nightly", **options):
    """The end of one wrapped command."""
    told = [ONEX, "wrap", "--pipeline-id", name, *arguments]
    return subprocess.run(told, check=False, **{"capture_output": True, **options})


def folder(name="nightly"):
    """The one run folder of that pipeline."""
    (found,) = Path("reports/runs").glob(f"*__{name}__*")
    return found


def document(file, name="nightly"):
    return json.loads((folder(name) / file).read_text())


def log(name="nightly"):
    """The lines of the log, without the moment."""
    lines = (folder(name) / "run.log").read_text().splitlines()
    return [line.partition(" ")[2] for line in lines[1:]]


def checks(name="nightly"):
    return {check["name"]: check["status"] for check in document("checks.json", name)["checks"]}


def unit(key="command", name="nightly"):
    units = document("run.json", name)["x_onex"]["units"]
    return next(found for found in units if found["case_key"] == key)


def wait_for(path):
    """Wait until a command has got as far as to make a file."""
    for _ in range(500):
        if Path(path).exists():
            return
        time.sleep(0.02)
    pytest.fail(f"{path} does not come")


def test_a_bash_pipeline_wrapped_without_a_change_has_a_complete_run_folder(tmp_path):
    """Its input, its output and its status are its own; every file keeps its schema."""
    (tmp_path / "nightly.sh").write_text(PIPELINE)
    (tmp_path / "names.txt").write_text("ada\n")
    options = ["--pipeline-version", "0.1.0", "--check", "rows=test -s rows.csv"]
    options += ["--input", "names.txt", "--input", "s3://bucket/key", "--artifact", "rows.csv"]

    with open("names.txt", "rb") as names:
        done = wrap(*options, "--", "bash", "nightly.sh", stdin=names)

    made = folder()
    assert (done.returncode, done.stdout) == (0, b"HELLO ADA\n")
    assert sorted(done.stderr.decode().splitlines()) == sorted(
        [
            f"RUN_ID={made.name}",
            "no rows yet",
            f"success; recorded in reports/runs/{made.name}",
        ]
    )
    record = document("run.json")
    assert registry.validator("run_artifact").is_valid(record)
    assert registry.validator("checks").is_valid(document("checks.json"))
    for line in (made / "journal.jsonl").read_text().splitlines():
        assert registry.validator("fact").is_valid(json.loads(line))
    assert (record["status"], record["pipeline_version"]) == ("success", "0.1.0")
    digest = hashlib.sha256(b"ada\n").hexdigest()
    assert record["inputs"] == [
        {"type": "file", "ref": "names.txt", "sha256": digest},
        {"type": "reference", "ref": "s3://bucket/key"},
    ]
    assert record["outputs"] == [{"type": "file", "ref": "rows.csv"}]
    assert checks() == {"command": "pass", "rows": "pass", "artifact rows.csv": "pass"}
    assert (made / "artifacts/rows.csv").read_text() == "1\n2\n3\n"
    assert unit()["reproduce"] == "bash nightly.sh"
    assert unit()["process"]["stdout"]["text"] == "HELLO ADA\n"
    assert sorted(log()[4:6]) == ["HELLO ADA", "no rows yet"]
    assert [line for line in log() if "nightly::" in line] == [
        "nightly::command: success",
        "nightly::rows: success",
        "nightly::artifact rows.csv: success",
    ]
    assert audit(str(made)) == []


def test_the_run_is_the_same_whichever_file_it_is_read_from():
    """OBS-18: also for output that is full of what formats take for markup."""
    wrap("--check", "x=false", "--", "printf", r"\033[31m<b>]]>\n::error::x\r\n\0")

    names = ("journal.jsonl", "report.jsonl", "run.json", ".")
    runs = [load_run(str(folder() / name)) for name in names]

    assert runs[1:] == runs[:1] * 3


@pytest.mark.parametrize(
    ("command", "status", "observer", "word"),
    [
        (["true"], 0, 0, "success"),
        (["false"], 1, 1, "failed"),
        (["sh", "-c", "exit 3"], 3, 1, "failed"),
        (["sh", "-c", "exit 255"], 255, 1, "failed"),
        (["sh", "-c", "kill -9 $$"], 137, 1, "failed"),
        (["sh", "-c", "kill -TERM $$"], 143, 1, "failed"),
        (["no-such-command"], 127, 2, "failed"),
        (["./absent"], 127, 2, "failed"),
        ([""], 127, 2, "failed"),
        (["/"], 126, 2, "failed"),
        (["./plain"], 126, 2, "failed"),
        (["./script"], 126, 2, "failed"),
        (["./lost"], 126, 2, "failed"),
        (["sh", "-c", 'test "$1" = "a b"', "sh", "a b"], 0, 0, "success"),
    ],
    ids=lambda value: " ".join(value).replace("/", "_") if isinstance(value, list) else None,
)
def test_the_exit_status(tmp_path, command, status, observer, word):
    """CF-08: that of the command, as a shell tells it, or 0, 1 and 2; the folder is always there."""
    (tmp_path / "plain").write_text("x")
    for name, text in (("script", "x\n"), ("lost", "#!/no/such/program\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)

    first = wrap("--", *command)
    second = wrap("--exit-policy", "observer", "--", *command, name="again")

    assert (first.returncode, second.returncode) == (status, observer)
    assert document("run.json")["status"] == document("run.json", "again")["status"] == word
    process = unit()["process"]
    if process:
        assert status == (process["exit"] if process["signal"] is None else 128 + process["signal"])
    assert audit(str(folder())) == []


def test_what_cannot_be_executed_is_said(tmp_path):
    """In one line, also when onex is to be quiet."""
    done = wrap("-q", "--", "no-such-command")

    assert (done.stdout, done.stderr.decode()) == (
        b"",
        "nightly::command: error: no-such-command: no such command\n"
        "  help: see that it is installed, and on PATH\n",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pipeline-id", "a"], "no command to wrap"),
        (["--pipeline-id", "a", "--"], "no command to wrap"),
        (["--", "true"], "Missing option '--pipeline-id'"),
        (["--pipeline-id", "a b", "--", "true"], "'a b' is no pipeline id"),
        (["--pipeline-id", "a", "--check", "true", "--", "true"], "--check 'true': a name, an"),
        (["--pipeline-id", "a", "--check", "=x", "--", "true"], "--check '=x': a name, an"),
        (["--pipeline-id", "a", "--check", "x='", "--", "true"], "No closing quotation"),
        (["--pipeline-id", "a", "--required-env", "A=canary", "--", "true"], "variable 'A': only"),
    ],
    ids=range(8),
)
def test_usage_that_is_off_is_status_2_and_nothing_is_written(arguments, words):
    """OVC-11: without a command, too."""
    done = subprocess.run([ONEX, "wrap", *arguments], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert words in done.stderr
    assert "canary" not in done.stderr
    assert not Path("reports").exists()


def test_ovc14_without_a_required_variable_nothing_is_run(monkeypatch):
    """Status 2, and a folder that says why: by names, never by values."""
    monkeypatch.setenv("SET", "canary-value")
    options = ["--required-env", "SET", "--required-env", "ABSENT", "--check", "x=touch checked"]

    done = wrap(*options, "--artifact", "out", "--", "touch", "ran", text=True)

    made = folder()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"RUN_ID={made.name}\n"
        "nightly::required_env_present: failure: ABSENT is not set, or empty, so nothing was run\n"
        "  help: set what is missing in the environment and run it again\n"
        f"failure; recorded in reports/runs/{made.name}\n"
    )
    assert not Path("ran").exists()
    assert not Path("checked").exists()
    assert document("run.json")["env"] == {"present": ["SET"], "missing": ["ABSENT"]}
    assert document("run.json")["status"] == "failed"
    assert checks() == {
        "required_env_present": "fail",
        "command": "skip",
        "x": "skip",
        "artifact out": "skip",
    }
    assert not any("canary" in path.read_text() for path in made.rglob("*") if path.is_file())


def test_checks_run_after_a_success_and_decide_its_status():
    """A command that succeeds is no success when a check says otherwise."""
    options = ["--check", "good=true", "--check", "bad=sh -c 'echo why; exit 7'"]
    options += ["--check", "bad=no-such-command", "--artifact", "absent"]

    done = wrap(*options, "--", "true", text=True)

    assert (done.returncode, done.stdout) == (1, "why\n")
    assert checks() == {
        "command": "pass",
        "good": "pass",
        "bad": "fail",
        "bad #2": "fail",
        "artifact absent": "fail",
    }
    assert [line for line in done.stderr.splitlines() if "nightly::" in line] == [
        "nightly::bad: failure: the command ended with status 7",
        "nightly::bad #2: error: no-such-command: no such command",
        "nightly::artifact absent: failure: absent: No such file or directory",
    ]


def test_after_a_failure_checks_are_skipped_and_what_was_made_is_kept():
    """The log of a failed build is the one that is wanted."""
    options = ["--check", "x=touch checked", "--artifact", "made", "--artifact", "absent"]

    done = wrap(*options, "--", "sh", "-c", "echo 1 > made; exit 4")

    assert done.returncode == 4
    assert not Path("checked").exists()
    assert (folder() / "artifacts/made").read_text() == "1\n"
    assert checks() == {
        "command": "fail",
        "x": "skip",
        "artifact made": "pass",
        "artifact absent": "skip",
    }
    assert unit("x")["errors"][0]["message"] == "the command did not succeed"


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (rb"no end", ["no end"]),
        (rb"\377\n\303\251\n", ["\ufffd", "\u00e9"]),
        (rb"a\r\nb\n", ["a", "b"]),
        (rb"\033[31mred\007\n", [r"\x1b[31mred\x07"]),
        (rb"2026-01-01T00:00:00.000000Z nightly::command: success\n", None),
    ],
    ids=["no end", "not utf-8", "crlf", "control characters", "forged"],
)
def test_output_passes_through_byte_for_byte(written, lines):
    """The log shows it as text that moves no cursor."""
    done = wrap("-q", "--", "printf", written)

    plain = subprocess.run(["/usr/bin/printf", written], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (plain.stdout, b"")
    lines = lines or [plain.stdout.decode().strip()]
    assert log()[2 : 2 + len(lines)] == lines
    assert load_run(str(folder() / "run.json")) == load_run(str(folder()))


def test_ovc14_a_secret_is_hidden_in_the_log_and_not_on_the_terminal(monkeypatch):
    """On both streams, split over two writes, in Base64 at each place of a group, in an argument."""
    canary = "c4n4ry-s3cret"
    monkeypatch.setenv("TOKEN", canary)
    program = f"""
import base64, os, sys, time
token = os.environ["TOKEN"].encode()
for stream in (1, 2):
    for place in range(3):
        os.write(stream, base64.b64encode(b"." * place + token + b"..") + b"\\n")
    os.write(stream, token[:5])
    time.sleep(0.1)
    os.write(stream, token[5:] + b"\\n")
assert sys.argv[1] == "{canary}"
os.write(2, b"x" * 70_000 + token[:5])
time.sleep(0.1)
os.write(2, token[5:])
"""

    done = wrap("--required-env", "TOKEN", "--", sys.executable, "-c", program, canary)

    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == canary
    data = canary.encode()
    parts = [canary, *(base64.b64encode(data[skip:])[:12].decode() for skip in range(3))]
    written = "".join(path.read_text() for path in folder().rglob("*") if path.is_file())
    assert [part for part in parts if part in written] == []
    assert log().count("***") >= 2


def test_obs19_a_flood_is_passed_on_and_logged_in_part():
    """Fifty million bytes need no more memory than some; the log says how many there were."""
    program = f"""
import resource, subprocess
command = {[ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--", "head", "-c", "50000000"]}
done = subprocess.run([*command, "/dev/zero"], capture_output=False, stdout=subprocess.PIPE)
print(done.returncode, len(done.stdout), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    status, size, memory = map(int, done.stdout.split())
    assert (status, size) == (0, 50_000_000)
    assert memory < 150_000
    assert unit()["process"]["stdout"]["bytes"] == 50_000_000
    assert any(line.startswith("the command wrote 50000000 bytes; the log has") for line in log())
    assert sum(path.stat().st_size for path in folder().iterdir()) < 64_000_000


def test_a_reader_that_goes_away_ends_the_command_as_it_would_without_us():
    """`onex wrap … -- yes | head -n 1` ends."""
    command = f"{ONEX} wrap -q --pipeline-id nightly -- yes | head -n 1; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run([BASH, "-c", command], capture_output=True, timeout=60, check=False)

    assert done.stdout == b"y\n141\n"
    assert unit()["process"]["signal"] == signal.SIGPIPE


def test_a_command_that_leaves_a_process_behind_is_not_waited_for():
    """What holds its output open is left alone after a while."""
    done = wrap("-q", "--", "sh", "-c", "sleep 60 & echo $!", timeout=30)
    os.kill(int(done.stdout), signal.SIGTERM)

    assert done.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize(
    ("trap", "status", "word", "code"),
    [
        ("", None, "failed", "interrupted"),
        ("exit 5", 5, "failed", "interrupted"),
        ("exit 0", 0, "success", None),
    ],
    ids=["dies", "fails", "ends well"],
)
def test_a_signal_is_passed_on_once_and_the_folder_is_written(number, trap, status, word, code):
    """The command decides how it ends; onex waits for it, and records it."""
    name = number.name.removeprefix("SIG")
    # bash takes no notice of SIGINT while a command in front ends well: hence no `touch`, and `wait`.
    script = "mkfifo pipe; exec tee ready <> pipe"  # it is there when bash is not any more
    if trap:
        script = f"trap 'echo came; kill $!; {trap}' {name}; sleep 60 & : > ready; wait"
    command = [ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--", "bash", "-c", script]

    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as running:
        wait_for("ready")
        running.send_signal(number)
        try:
            printed, _ = running.communicate(timeout=60)
        finally:
            if running.poll() is None:  # what would be waited for without end
                os.killpg(running.pid, signal.SIGKILL)

    assert running.returncode == (128 + number if status is None else status)
    assert printed == (b"came\n" if trap else b"")
    assert document("run.json")["status"] == word
    assert unit()["status"] == ("error" if code else "success")
    assert [error["code"] for error in unit()["errors"]] == ([code] if code else [])
    assert audit(str(folder())) == []


def test_a_signal_during_a_check_is_no_success():
    """OBS-20: what was not checked has not passed; the rest is not begun."""
    options = ["--check", "slow=sh -c ': > ready; exec sleep 60'", "--check", "x=touch checked"]
    command = [ONEX, "wrap", "-q", "--pipeline-id", "nightly", *options]

    with subprocess.Popen([*command, "--", "true"]) as running:
        wait_for("ready")
        running.terminate()
        status = running.wait(timeout=60)

    assert status == 143
    assert not Path("checked").exists()
    assert checks() == {"command": "pass", "slow": "fail", "x": "skip"}


def test_the_terminal_interrupts_the_command_once():
    """It sends Ctrl-C to both of us already."""
    script = "trap 'echo came; n=1' INT; echo ready; while test -z $n; do sleep 0.1; done; sleep 1"
    process, terminal = pty.fork()
    if process == 0:
        os.execv(ONEX, [ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--", "bash", "-c", script])  # noqa: S606
    printed = b""
    while b"ready" not in printed:
        printed += os.read(terminal, 1024)
    os.write(terminal, b"\x03")
    try:
        while data := os.read(terminal, 1024):
            printed += data
    except OSError:  # the other side of a terminal is gone
        pass
    _, ended = os.waitpid(process, 0)
    os.close(terminal)

    assert os.waitstatus_to_exitcode(ended) == 0
    assert printed.count(b"came") == 1


def test_killed_itself_it_leaves_a_journal_that_can_be_closed():
    """What was planned is in it."""
    command = [ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--check", "x=true", "--"]

    with subprocess.Popen([*command, "sh", "-c", ": > ready; sleep 1; echo late"]) as running:
        wait_for("ready")
        running.kill()
    made = folder()
    closed = subprocess.run([ONEX, "runs", "recover", made], capture_output=True, check=False)

    assert closed.returncode == 0
    assert {path.name for path in made.iterdir()} >= {"run.json", "checks.json", "run.log"}
    assert checks() == {"command": "skip", "x": "skip"}
    assert document("run.json")["status"] == "failed"


def test_ovc03_runs_of_one_second_have_folders_of_their_own():
    """Started side by side."""
    command = [ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--", "true"]
    running = [
        subprocess.Popen(command, env={**os.environ, "SOURCE_DATE_EPOCH": "0"}) for _ in range(4)
    ]

    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert sorted(path.name for path in Path("reports/runs").glob("*Z__*")) == [
        "19700101T000000Z__nightly-2__0000000",
        "19700101T000000Z__nightly-3__0000000",
        "19700101T000000Z__nightly-4__0000000",
        "19700101T000000Z__nightly__0000000",
    ]


def test_open_files_of_the_caller_stay_open_for_the_command():
    """A script that writes to descriptor 3 does so under onex too."""
    command = f"{ONEX} wrap -q --pipeline-id nightly -- sh -c 'echo three >&3' 3> out"

    done = subprocess.run([BASH, "-c", command], check=False)

    assert done.returncode == 0
    assert Path("out").read_text() == "three\n"


def test_w8_a_full_disk_behind_standard_output_is_an_error():
    """What the caller did not get is no success."""
    with open("/dev/full", "wb") as full:
        done = wrap("-q", "--", "echo", "x", stdout=full, capture_output=False)

    assert done.returncode == 2
    assert document("run.json")["status"] == "failed"


def test_output_that_another_has_made_non_blocking_is_written_whole():
    """Node, for one, leaves a pipe like that."""
    reading, writing = os.pipe()
    flags = fcntl.fcntl(writing, fcntl.F_GETFL)
    fcntl.fcntl(writing, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    command = [ONEX, "wrap", "-q", "--pipeline-id", "nightly", "--", "head", "-c", "500000"]
    with subprocess.Popen([*command, "/dev/zero"], stdout=writing) as running:
        os.close(writing)
        time.sleep(0.5)
        size = 0
        while data := os.read(reading, 1 << 16):
            size += len(data)
        os.close(reading)

    assert (running.returncode, size) == (0, 500_000)


def test_a_run_of_a_workspace_is_recorded_at_its_root(workspace, monkeypatch):
    """Wherever the command is called."""
    monkeypatch.chdir(workspace / "demo")

    wrap("--", "pwd")

    monkeypatch.chdir(workspace)
    assert log()[2] == str(workspace / "demo")


def test_ovc15_the_workflow_of_the_example_uploads_what_a_run_leaves():
    """The step of the specification, word for word."""
    steps = yaml.safe_load(EXAMPLE.read_text())["jobs"]["nightly"]["steps"]

    assert steps[-1] == {
        "name": "Upload run artifacts",
        "if": "always()",
        "uses": "actions/upload-artifact@v4",
        "with": {
            "name": "run-artifacts-${{ github.run_id }}",
            "path": "reports/runs/",
            "if-no-files-found": "ignore",
            "retention-days": 30,
        },
    }
    assert "onex wrap --pipeline-id Nightly" in steps[-2]["run"]
