"""Killed at every system call that writes: old bytes or new ones, never a mixture (W1, W2, W3, W6, W9).

strace delivers SIGKILL, or an error, at the n-th call of one kind, for n = 1, 2, … until the command
has fewer such calls than n and ends by itself. Each sweep must have fired at least once.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

ONEX = Path(sys.executable).parent / "onex"
NODE = "demo/text/clean/node.onex"
MOST = 400
LOCKERS = (["lock"], ["validate", "--fix", "--unsafe-fixes"])
"""Commands that lock a node that is stale."""


def onex(folder, *arguments):
    return subprocess.run(
        [str(ONEX), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def inject(folder, call, fault, number, *arguments):
    """Run onex with the fault at the ``number``-th ``call``; whether it struck, and the end."""
    log = folder.parent / "strace.log"
    rule = f"inject={call}:{fault}:when={number}"
    command = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", rule]
    ended = subprocess.run(
        [*command, str(ONEX), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    text = log.read_text(errors="replace")
    return ("INJECTED" in text or "killed by SIGKILL" in text), ended


def sweep(base, call, fault, arguments, check):
    """Inject the fault at each call in turn, each time in a fresh copy of ``base``."""
    for number in range(1, MOST):
        folder = base.parent / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        struck, ended = inject(folder, call, fault, number, *arguments)
        if not struck:
            return number - 1
        check(folder, ended)
    pytest.fail(f"more than {MOST} calls of {call}")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A workspace with a locked node."""
    folder = tmp_path_factory.mktemp("sweep") / "base"
    folder.mkdir()
    assert onex(folder, "init", ".").returncode == 0
    assert onex(folder, "scaffold", "demo.text.clean", "--type", "noop").returncode == 0
    shutil.rmtree(folder / "reports")
    return folder


@pytest.fixture(scope="module")
def stale(base):
    """The same with a file that is not locked yet; with what node.onex may hold."""
    folder = base.parent / "stale"
    shutil.copytree(base, folder)
    (folder / "demo/text/clean/notes.txt").write_text("new\n")
    done = base.parent / "done"
    shutil.copytree(folder, done)
    assert onex(done, "lock").returncode == 0
    return folder, {(folder / NODE).read_bytes(), (done / NODE).read_bytes()}


@pytest.mark.parametrize("command", LOCKERS, ids=lambda words: words[0])
@pytest.mark.parametrize("call", ["write", "rename", "fsync", "fchmod"])
def test_w1_lock_killed_anywhere_leaves_old_or_new_bytes(stale, call, command):
    """The next lock heals the node and removes the debris."""
    folder, allowed = stale

    def check(copy, _):
        assert (copy / NODE).read_bytes() in allowed
        assert onex(copy, "lock").returncode == 0
        assert onex(copy, "lock", "--check").returncode == 0
        assert not [name for name in os.listdir(copy / "demo/text/clean") if "onex-tmp" in name]

    assert sweep(folder, call, "signal=KILL", command, check) >= 1


@pytest.mark.parametrize("command", LOCKERS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("call", "error"),
    [("fsync", "EIO"), ("rename", "EIO"), ("rename", "ENOSPC"), ("fchmod", "EIO")],
)
def test_w6_w9_lock_reports_what_the_disk_refused(stale, call, error, command):
    """Status 2, one line, the old bytes, and no debris; never success after a failed fsync."""
    folder, allowed = stale

    def check(copy, ended):
        assert (copy / NODE).read_bytes() in allowed
        assert ended.returncode == 2, ended
        assert ended.stderr.startswith("onex: ")
        assert "Traceback" not in ended.stderr
        assert not [name for name in os.listdir(copy / "demo/text/clean") if "onex-tmp" in name]

    assert sweep(folder, call, f"error={error}", command, check) >= 1


def is_cut_off(copy):
    """Whether `onex runs list` says so of the one run."""
    listed = onex(copy, "runs", "list", "--output-format", "json")
    assert listed.returncode == 0, listed
    (entry,) = json.loads(listed.stdout)
    return not entry["finished"]


@pytest.mark.parametrize("call", ["write", "rename", "mkdir", "fsync"])
def test_w2_run_killed_anywhere_can_be_closed_and_never_claims_success(base, call):
    """W2, W17: no run folder, or one that is cut off until `onex runs recover` closes it.

    A run.json is the last file to be written: where it stands, so do all others.
    """

    def check(copy, _):
        folders = [path for path in copy.glob("reports/runs/*__*") if path.is_dir()]
        for folder in folders:
            if (folder / "run.json").exists():
                assert json.loads((folder / "run.json").read_text())["status"] == "success"
                assert json.loads((folder / "checks.json").read_text())["summary"]["pass"] == 1
                assert onex(copy, "runs", "check", "--all").returncode == 0
            assert is_cut_off(copy) != (folder / "run.json").exists()
        for result in copy.glob("reports/runs/*/nodes/*/execution_result.json"):
            assert json.loads(result.read_text())["node_id"] == "demo.text.clean"
        recovered = onex(copy, "runs", "recover")
        assert recovered.returncode == 0, recovered
        if folders:
            assert not is_cut_off(copy)
            assert onex(copy, "runs", "check", "--all").stdout.count("leads to nothing") == 0
            assert onex(copy, "runs", "recover", "--all").stdout in {
                "nothing to recover\n",
                f"{folders[0].name}: put into the index\n",
            }

    arguments = ["run", "demo.text.clean", "--set", "text=x"]
    assert sweep(base, call, "signal=KILL", arguments, check) >= 1


@pytest.mark.parametrize("call", ["write", "rename", "ftruncate", "fsync"])
def test_w2_recover_killed_anywhere_is_mended_by_the_next(base, call):
    """Whatever was done of it: the bytes in the end are those of a recovery that was not killed."""
    cut = base.parent / f"cut-{call}"
    shutil.copytree(base, cut)
    assert onex(cut, "run", "demo.text.clean", "--set", "text=x").returncode == 0
    (folder,) = (path for path in cut.glob("reports/runs/*__*") if path.is_dir())
    data = (folder / "journal.jsonl").read_bytes()
    for path in [*folder.iterdir(), cut / "reports/runs/index.jsonl"]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (folder / "journal.jsonl").write_bytes(data[: len(data) // 2])
    whole = cut.parent / f"whole-{call}"
    shutil.copytree(cut, whole)
    assert onex(whole, "runs", "recover").returncode == 0
    wanted = files_below(whole / "reports")

    def check(copy, _):
        assert onex(copy, "runs", "recover", "--all").returncode == 0
        found = files_below(copy / "reports")
        index = found.pop("runs/index.jsonl")
        assert index in {wanted["runs/index.jsonl"], wanted["runs/index.jsonl"] * 2}
        assert found == {name: data for name, data in wanted.items() if name in found}
        assert len(found) == len(wanted) - 1

    assert sweep(cut, call, "signal=KILL", ["runs", "recover"], check) >= 1


def files_below(folder):
    """Every file below ``folder`` and its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("call", ["write", "rename", "unlinkat", "rmdir"])
def test_w2_prune_killed_anywhere_leaves_whole_runs(base, call):
    """A run is there with all of its files, or not at all."""
    three = base.parent / f"three-{call}"
    shutil.copytree(base, three)
    for _ in range(3):
        assert onex(three, "run", "demo.text.clean", "--set", "text=x").returncode == 0

    def check(copy, _):
        listed = json.loads(onex(copy, "runs", "list", "--output-format", "json").stdout)
        assert 1 <= len(listed) <= 3
        assert all(entry["finished"] for entry in listed)
        assert onex(copy, "runs", "check", "--all").returncode == 0
        assert onex(copy, "runs", "prune", "--keep", "1").returncode == 0
        assert len(json.loads(onex(copy, "runs", "list", "--output-format", "json").stdout)) == 1

    assert sweep(three, call, "signal=KILL", ["runs", "prune", "--keep", "1"], check) >= 1


@pytest.mark.parametrize("call", ["write", "rename", "mkdir", "fsync"])
def test_w3_scaffold_killed_anywhere_leaves_a_whole_node_or_none(base, call):
    """What the tree names is valid, and the same scaffold works afterwards or is already done."""

    def check(copy, _):
        listed = onex(copy, "list").stdout
        validated = onex(copy, "validate", "-q")
        # A node that came into its place, but not yet into the tree, is a finding with its mend.
        codes = set(re.findall(r"ONX\d{3}", validated.stdout)) - {"ONX109"}
        assert codes <= {"ONX306"}, validated.stdout
        if "demo.more.made" not in listed:
            assert onex(copy, "tree", "--write").returncode == 0
            again = onex(copy, "scaffold", "demo.more.made", "--type", "noop")
            assert again.returncode == 0 or "already" in again.stderr
        assert onex(copy, "run", "demo.more.made", "--set", "text=x").stdout == '{"text": "x"}\n'
        assert onex(copy, "validate", "-q").returncode == 0

    arguments = ["scaffold", "demo.more.made", "--type", "noop"]
    assert sweep(base, call, "signal=KILL", arguments, check) >= 1


def test_w3_adopt_killed_anywhere_leaves_whole_nodes_and_can_go_on(base):
    """What the tree names is valid, and the same call makes the rest and sweeps up."""
    folder = base.parent / "scripts"
    shutil.copytree(base, folder)
    (folder / "old").mkdir()
    (folder / "old" / "b.sh").write_text("#!/bin/sh\necho b\n")

    def check(copy, _):
        again = onex(copy, "adopt", "old", "--under", "new")
        assert again.returncode == 0, again
        assert onex(copy, "validate", "-q").returncode == 0
        assert "new.b" in onex(copy, "list").stdout
        assert not [path for path in copy.iterdir() if path.name.startswith(".onex-tmp-")]

    arguments = ["adopt", "old", "--under", "new"]
    assert sweep(folder, "rename", "signal=KILL", arguments, check) >= 1


CHANGING = re.compile(
    r"\b(?:socket|connect|mkdir\w*|rmdir|rename\w*|unlink\w*|link\w*|symlink\w*|mknod\w*|f?truncate|"
    r"f?chmod\w*|f?chown\w*|utimensat|fallocate|sendfile|copy_file_range|p?writev?(?:64)?)\("
)
OPENING = re.compile(r"\bopen(?:at2?)?\(.*\b(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)\b")


@pytest.mark.parametrize("sound", [True, False], ids=["sound", "stale"])
def test_v1_t8_validate_opens_no_connection_and_writes_nothing(base, sound):
    """No socket is made, and but for what it says and its cache, no call changes anything."""
    folder = base.parent / f"validated-{sound}"
    shutil.copytree(base, folder)
    if not sound:
        (folder / "demo/text/clean/node.py").write_text("")
    log, cache = base.parent / f"calls-{sound}.log", base.parent / "cache"
    calls = "trace=%network,%file,%desc"
    command = ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", calls, str(ONEX), "validate"]
    kept = {"PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(cache)}
    ended = subprocess.run(
        command, cwd=folder, env={**os.environ, **kept}, capture_output=True, text=True, check=False
    )
    lines = log.read_text(errors="replace").splitlines()
    told = re.compile(r"\bwrite\([12]<")

    assert ended.returncode == (0 if sound else 1)
    assert [line for line in lines if told.search(line)]
    assert [
        line
        for line in lines
        if (CHANGING.search(line) or OPENING.search(line))
        and not told.search(line)
        and str(cache) not in line
    ] == []
