"""Evidence under faults: rows W2, W8, W17, S5, I12 and X11, as far as no system tool is needed."""

import base64
import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from tests.run_folders import content, facts_of, lines_of, make_run, read

from onex.core.canonical import golden_bytes
from onex.errors import DocumentError, OnexError
from onex.results import run_facts
from onex.results.clock import SystemClock
from onex.runs import derived, index
from onex.runs.folder import RunFolder
from onex.runs.load import load_run

ONEX = str(Path(sys.executable).parent / "onex")
CLEAN = ["run", "demo.text.clean", "--set", "text=x"]


def folders(root):
    """The run folders of a workspace, the oldest first."""
    return sorted(path for path in (root / index.PLACE).glob("*__*") if path.is_dir())


def newest(root):
    """The folder of the newest run."""
    return root / index.PLACE / recorded(root)["run_id"]


def recorded(root):
    """What `onex runs list` says of the newest run."""
    return next(index.newest(str(root)))


@pytest.fixture
def ready(workspace):
    """A workspace without runs."""
    shutil.rmtree(workspace / "reports")
    return workspace


@pytest.mark.parametrize("most", [1, 300, 700, 1_500, 2_500, 3_200])
def test_w8_a_journal_that_may_not_grow_ends_the_run(onex, ready, most):
    """Status 2, one line; the torn tail is named by line and byte, and the whole facts are kept."""
    ended = subprocess.run(
        [ONEX, *CLEAN],
        cwd=ready,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )

    assert ended.returncode == 2
    assert ended.stderr.startswith("onex: reports/runs/")
    assert "Traceback" not in ended.stderr
    (folder,) = folders(ready)
    data = read(folder / "journal.jsonl")
    whole = data[: data.rfind(b"\n") + 1]
    assert not recorded(ready)["finished"]
    if data != whole:
        with pytest.raises(DocumentError) as caught:
            load_run(str(folder))
        assert caught.value.line == data.count(b"\n") + 1
        assert f"the last line, from byte {len(whole)}, is torn" in caught.value.message
    mended = onex("runs", "recover")
    assert mended.exit_code == 0
    assert ("was torn and is cut off" in mended.stdout) == (data != whole)
    assert read(folder / "journal.jsonl").startswith(whole)
    ended_well = b'"kind":"run_finished"' in whole  # then only what follows from it was missing
    assert load_run(str(folder))["outcome"] == ("success" if ended_well else "error")
    assert recorded(ready)["finished"]
    assert onex("runs", "recover").stdout == "nothing to recover\n"


@pytest.mark.parametrize("fail_at", range(7))
def test_w17_a_disk_that_fills_between_the_derived_files(tmp_path, monkeypatch, fail_at):
    """The run counts as cut off until run.json, the last file, is there; then all others are."""
    write, calls = derived.write_atomic, iter(range(100))

    def full(path, data, **options):
        if next(calls) == fail_at:
            raise OnexError(f"{path}: cannot be written: {os.strerror(errno.ENOSPC)}")
        write(path, data, **options)

    monkeypatch.setattr(derived, "write_atomic", full)
    run = RunFolder(str(tmp_path), "demo", SystemClock())
    with pytest.raises(OnexError, match="No space left on device"), run:
        run.finish("success")
    monkeypatch.undo()

    assert not os.path.lexists(os.path.join(run.path, "run.json"))
    assert not recorded(tmp_path)["finished"]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize("target", ["/dev/full", "closed"])
@pytest.mark.parametrize("command", [CLEAN, ["runs", "list"], ["runs", "check", "--all"]])
def test_s5_a_report_that_nobody_gets_is_no_success(workspace, command, target, stream):
    """The evidence is written nevertheless, and no traceback is."""
    if target == "closed":
        number = {"stdout": 1, "stderr": 2}[stream]
        options = {"preexec_fn": lambda: os.close(number)}
        other = {"stdout": "stderr", "stderr": "stdout"}[stream]
        options[other] = subprocess.PIPE
        ended = subprocess.run([ONEX, *command], cwd=workspace, text=True, check=False, **options)
    else:
        with open(target, "w") as full:
            streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: full}
            ended = subprocess.run(
                [ONEX, *command], cwd=workspace, text=True, check=False, **streams
            )

    if stream == "stdout":
        assert ended.returncode == 2
    assert "Traceback" not in f"{ended.stdout}{ended.stderr}"
    assert all(entry["finished"] for entry in index.newest(str(workspace)))


def test_s5_a_reader_that_has_seen_enough_ends_the_list_quietly(tmp_path):
    """`onex runs list --all | head -1`."""
    (tmp_path / ".tree").write_text("entries: []\n")
    for number in range(3_000):
        run_id = f"20260117T14{number // 60:02d}{number % 60:02d}Z__demo__a1b2c3d"
        (tmp_path / index.PLACE / run_id).mkdir(parents=True)
    shell = f"{ONEX} runs list --all | head -n 1; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(
        ["/bin/bash", "-c", shell], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    first, status = ended.stdout.splitlines()
    assert first.startswith("20260117T1449")
    assert status in {"0", str(128 + signal.SIGPIPE)}
    assert ended.stderr == ""


LINES = lines_of(facts_of()).splitlines(keepends=True)
HOLE = b"\0" * 64


def with_lines(change):
    lines = list(LINES)
    change(lines)
    return b"".join(lines)


JOURNALS = {
    "torn": (with_lines(lambda lines: lines.append(b'{"v":"1.')), len(LINES) + 1),
    "unended": (b"".join(LINES)[:-1], len(LINES)),
    "glued": (with_lines(lambda lines: lines.__setitem__(2, LINES[2][:-1])), 3),
    "half a line": (with_lines(lambda lines: lines.__setitem__(2, LINES[2][:40])), 3),
    "a hole": (with_lines(lambda lines: lines.__setitem__(4, HOLE + LINES[4])), 5),
    "a hole at the end": (with_lines(lambda lines: lines.append(HOLE)), len(LINES) + 1),
    "an empty line": (with_lines(lambda lines: lines.insert(6, b"\n")), 7),
    "CR LF": (with_lines(lambda lines: lines.__setitem__(1, LINES[1][:-1] + b"\r\r\n,\n")), 3),
    "no UTF-8": (with_lines(lambda lines: lines.insert(1, b'"\xff"\n')), 2),
    "a key twice": (with_lines(lambda lines: lines.insert(1, b'{"v":"1.1","v":"1.1"}\n')), 2),
    "NaN": (with_lines(lambda lines: lines.insert(1, b'{"at_us":NaN}\n')), 2),
    "half a character": (with_lines(lambda lines: lines.insert(1, b'{"v":"\\ud800"}\n')), 2),
    "no fact": (with_lines(lambda lines: lines.insert(1, b"[]\n")), 2),
    "a fact twice": (with_lines(lambda lines: lines.insert(5, LINES[4])), 6),
    "out of order": (with_lines(lambda lines: lines.insert(2, lines.pop(6))), 3),
    "interleaved": (
        with_lines(lambda lines: lines.__setitem__(3, LINES[3][:30] + LINES[9] + LINES[3][30:])),
        4,
    ),
    "of two runs": (with_lines(lambda lines: lines.extend(LINES)), len(LINES) + 1),
    "the end first": (with_lines(lambda lines: lines.insert(2, lines.pop())), 4),
}


@pytest.mark.parametrize(("data", "line"), JOURNALS.values(), ids=list(JOURNALS))
def test_i12_a_broken_journal_is_named_by_line_and_byte(onex, tmp_path, data, line):
    """Status 2, the line, the byte that it begins at, and nothing on standard output."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(data)
    offset = sum(map(len, data.split(b"\n")[: line - 1])) + line - 1

    ended = onex("report", "journal.jsonl")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"onex: journal.jsonl:{line}:")
    assert f"from byte {offset}," in ended.stderr


@pytest.fixture(scope="module")
def report_lines(tmp_path_factory):
    """The lines of the Observer report of the sample run."""
    folder = make_run(tmp_path_factory.mktemp("report"))
    return read(os.path.join(folder, "report.jsonl")).splitlines(keepends=True)


def last_case(lines):
    """The place of the last record of a case."""
    return max(n for n, line in enumerate(lines) if json.loads(line)["k"] == "case")


REPORTS = {
    "torn": lambda lines: (lines.append(b'{"k":'), len(lines))[1],
    "unended": lambda lines: (lines.append(lines.pop()[:-1]), len(lines))[1],
    "glued": lambda lines: (lines.__setitem__(1, lines[1][:-1]), 2)[1],
    "a hole": lambda lines: (lines.insert(2, HOLE + b"\n"), 3)[1],
    "no record": lambda lines: (lines.insert(2, b"7\n"), 3)[1],
    "the summary missing": lambda lines: (lines.pop(), len(lines))[1],
    "the summary twice": lambda lines: (lines.append(lines[-1]), None)[1],
    "the header missing": lambda lines: (lines.pop(0), 1)[1],
    "the header second": lambda lines: (lines.insert(1, lines.pop(0)), 1)[1],
    "a case twice": lambda lines: (lines.insert(last_case(lines), lines[last_case(lines)]), None)[
        1
    ],
}


@pytest.mark.parametrize("damage", REPORTS.values(), ids=list(REPORTS))
def test_i12_a_broken_report_is_named_by_line_and_byte(onex, tmp_path, report_lines, damage):
    """Status 2, and a line with the byte that it begins at."""
    lines = list(report_lines)
    line = damage(lines)
    data = b"".join(lines)
    (tmp_path / "report.jsonl").write_bytes(data)

    ended = onex("report", "report.jsonl")

    assert (ended.exit_code, ended.stdout) == (2, "")
    place = ended.stderr.removeprefix("onex: report.jsonl:").split(":")[0]
    offset = sum(map(len, data.split(b"\n")[: int(place) - 1])) + int(place) - 1
    assert f"from byte {offset}" in ended.stderr
    assert line in {None, int(place)}


@pytest.mark.parametrize("name", ["assert_fail", "assert_pass", "case_fail", "case_pass"])
@pytest.mark.parametrize("by", [-1, 1])
def test_i12_a_summary_that_counts_wrong_is_refused(onex, tmp_path, report_lines, name, by):
    """Derived numbers are verified."""
    *lines, last = report_lines
    summary = json.loads(last)
    summary[name] += by
    (tmp_path / "report.jsonl").write_bytes(b"".join([*lines, golden_bytes(summary) + b"\n"]))

    ended = onex("report", "report.jsonl")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"onex: report.jsonl:{len(lines) + 1}:")


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_i12_only_a_line_feed_ends_a_line(onex, tmp_path, character):
    """U+2028 and its like stand in texts like any other character."""
    facts = facts_of()
    facts.insert(2, run_facts.logged(facts[1]["at_us"], "run", f"a{character}b"))
    folder = Path(make_run(tmp_path, facts=facts))
    wanted = load_run(str(folder))

    assert onex("report", folder / "journal.jsonl", "--summary").exit_code in {0, 1}
    assert load_run(str(folder / "report.jsonl")) == wanted
    assert load_run(str(folder / "run.json")) == wanted
    assert onex("runs", "check", folder).stdout == "1 run: nothing is wrong\n"


CANARY = 'c4n4ry/"\\\u00e4 ?&+~\u2603-0123456789'
LEAK = """
import base64, json, os, sys, urllib.parse

def run(text: str) -> dict:
    value = os.environ["CANARY"]
    forms = [
        value, base64.b64encode(value.encode()).decode(), urllib.parse.quote(value, safe=""),
        urllib.parse.quote_plus(value), json.dumps(value), json.dumps(value, ensure_ascii=False),
        base64.b64encode(b"x" + value.encode()).decode(), base64.b64encode(b"xy" + value.encode()).decode(),
    ]
    for form in forms:
        print(form)
        print(form, file=sys.stderr)
    if text == "raise":
        raise RuntimeError(value)
    return {"text": " ".join(forms)}
"""


def spellings(secret):
    """How a secret may stand in a file, in bytes."""
    data = secret.encode()
    inner = [base64.b64encode(b"x" * shift + data)[4:-4] for shift in (1, 2)]
    texts = [quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]]
    texts.append(json.dumps(secret, ensure_ascii=False)[1:-1])
    encoded = [base64.b64encode(data).rstrip(b"=")[:-1], *inner]
    return [data, *encoded, *(text.encode() for text in texts)]


@pytest.mark.parametrize("text", ["give", "raise"])
def test_x11_a_secret_of_the_environment_stands_nowhere(onex, workspace, monkeypatch, text):
    """Whatever the node prints, gives or raises: raw, in Base64, in a URL, in JSON; names only."""
    monkeypatch.setenv("CANARY", CANARY)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    node = workspace / "demo/text/clean/node.onex"
    node.write_text(
        node.read_text().replace("state_contract:", "required_env: [CANARY]\nstate_contract:", 1)
    )
    (workspace / "demo/text/clean/node.py").write_text(LEAK)
    assert onex("lock").exit_code == 0

    ended = onex("run", "demo.text.clean", "--set", f"text={text}")

    assert ended.exit_code == {"give": 0, "raise": 1}[text]
    folder = newest(workspace)
    assert load_run(str(folder))["env"] == {"present": ["CANARY"], "missing": []}
    assert b"***" in read(folder / "journal.jsonl")
    for place in (folder, workspace / index.PLACE / index.FILE_NAME):
        files = content(place) if place.is_dir() else {place.name: read(place)}
        leaks = {
            (name, form)
            for name, data in files.items()
            for form in spellings(CANARY)
            if form in data
        }
        assert leaks == set()
    assert onex("runs", "check", folder).exit_code == 0


def test_w2_a_run_that_goes_on_is_left_alone(onex, workspace):
    """While it sleeps it is `going on`; killed, it is cut off, and can be closed."""
    mark = workspace / "asleep"
    (workspace / "demo/text/clean/node.py").write_text(
        "import time\n\n\ndef run(text: str) -> dict:\n"
        f"    open({str(mark)!r}, 'w').close()\n    time.sleep(60)\n    return {{'text': text}}\n"
    )
    assert onex("lock").exit_code == 0
    process = subprocess.Popen(
        [ONEX, *CLEAN], cwd=workspace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 30
        while not mark.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        name = newest(workspace).name
        listed = onex("runs", "list", "-n", "1").stdout
        refused = onex("runs", "recover", name)
        passed = [onex("runs", "recover", "--all"), onex("runs", "check", "--all")]
        kept = onex("runs", "prune", "--keep", "0", "--dry-run")
    finally:
        process.kill()
        process.wait()

    assert listed.split("  ")[1].strip() == "going on"
    assert refused.exit_code == 2
    assert "the run is still going on" in refused.stderr
    assert [ended.exit_code for ended in passed] == [0, 0]
    assert f"{name}: still going on; it stays" in kept.stderr
    assert name not in kept.stdout
    assert onex("runs", "list", "--status", "cut-off").stdout.startswith(name)
    assert onex("runs", "recover").stdout.startswith(f"{name}: closed: it was cut off, and 1 unit")
    assert onex("runs", "check", name).exit_code == 0
