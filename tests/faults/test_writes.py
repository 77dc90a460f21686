"""Writing where the machine will not have it, and two at once: rows W11 to W14 and W16."""

import ctypes
import fcntl
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onex.core import files
from onex.errors import OnexError

ONEX = str(Path(sys.executable).parent / "onex")
NODE = "demo/text/clean"
RUN = ["run", "demo.text.clean", "--set", "text=a"]
WRITERS = {
    "lock": ["lock"],
    "scaffold": ["scaffold", "other.node"],
    "init": ["init", "inner"],
    "tree": ["tree", "--write"],
    "lifecycle": ["lifecycle", "demo.text.clean", "review"],
    "run": RUN,
    "test": ["test", "demo.text.clean"],
    "output": ["validate", "-o", "findings.txt"],
    "docs": ["gen", "docs", "-o", "docs.md"],
    "fix": ["validate", "--fix", "--unsafe-fixes"],
}


def start(folder, *arguments, **options):
    """A command in a process of its own, running."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [ONEX, *arguments], cwd=folder, encoding="utf-8", **{**streams, **options}
    )


def call(folder, *arguments, **options):
    """The end of a command: its status, and what it said on standard error."""
    with start(folder, *arguments, **options) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode in {0, 1, 2}
    assert "Traceback" not in said
    assert "a fault in onex itself" not in said
    return process.returncode, said


def content(folder):
    """Every file below ``folder`` and its bytes; what runs record aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "reports" not in path.parts
    }


@pytest.fixture
def unlocked(workspace):
    """A workspace in which `lock` and `tree --write` have something to write."""
    shutil.copytree(workspace / NODE, workspace / "demo/text/second")
    (workspace / NODE / "new.txt").write_text("new")
    return workspace


def limit(kind, most):
    """What makes a process live with at most ``most`` of a resource."""
    return lambda: resource.setrlimit(kind, (most, most))


PR_CAPBSET_DROP = 24
LAST_CAPABILITY = 63


def without_privileges():
    """What makes a process heed permissions, also as root: no capability survives execve(2)."""
    library = ctypes.CDLL(None)
    for capability in range(LAST_CAPABILITY + 1):
        library.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.fixture
def read_only(unlocked):
    """The workspace, in whose folders nobody may write."""
    folders = [unlocked, *(path for path in unlocked.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield unlocked
    for folder in folders:
        folder.chmod(0o755)


@pytest.mark.parametrize("command", WRITERS.values(), ids=list(WRITERS))
def test_w11_a_tree_that_may_not_be_written_stays_and_says_so(read_only, command):
    """Writers name what they could not write and end with 2."""
    before = content(read_only)

    status, said = call(read_only, *command, preexec_fn=without_privileges)

    if command[0] != "lifecycle":  # which refuses the stale lock before it writes
        assert (status, said.count("Permission denied")) == (2, 1)
    assert status == 2
    assert re.match(r"onex: \S+: ", said)
    assert content(read_only) == before


@pytest.mark.parametrize("command", [["validate"], ["lock", "--check"], ["list"], ["tree"]])
def test_w11_a_tree_that_may_not_be_written_can_be_read(read_only, command):
    """Readers write nothing, not even a lock: they say the same as ever."""
    assert call(read_only, *command, preexec_fn=without_privileges) == call(read_only, *command)


NO_PLACE = {
    "missing": lambda folder: str(folder / "missing"),
    "a file": lambda folder: str(folder / "onex.toml"),
    "a pipe": lambda folder: os.mkfifo(folder / "pipe") or str(folder / "pipe"),
}


@pytest.mark.parametrize("place", NO_PLACE.values(), ids=list(NO_PLACE))
def test_w12_without_a_place_for_temporary_files_nothing_runs(workspace, place):
    """A run says that TMPDIR is not one; what needs none works."""
    environment = {**os.environ, "TMPDIR": place(workspace)}
    before = content(workspace)

    for command in (RUN, ["scaffold", "other.node"]):
        status, said = call(workspace, *command, env=environment)
        assert status == 2
        assert "no folder for temporary files can be made" in said
        assert "help: set TMPDIR" in said
    assert content(workspace) == before
    for command in (["lock"], ["validate"], ["tree", "--write"]):
        assert call(workspace, *command, env=environment)[0] == 0


def test_w12_temporary_files_may_lie_on_another_file_system(workspace):
    """What is renamed into place was made beside it."""
    environment = {**os.environ, "TMPDIR": "/dev/shm"}  # noqa: S108

    assert call(workspace, "scaffold", "other.node", env=environment)[0] == 0
    assert call(workspace, *RUN, env=environment)[0] == 0


@pytest.mark.parametrize("command", WRITERS.values(), ids=list(WRITERS))
@pytest.mark.parametrize("most", [0, 20])
def test_w10_files_that_may_not_grow_leave_the_old_ones(unlocked, command, most):
    """W6, W10: no half of a file, no debris, and no success."""
    before = content(unlocked)

    status, said = call(unlocked, *command, preexec_fn=limit(resource.RLIMIT_FSIZE, most))

    assert status == 2
    assert re.match(r"onex: \S+: ", said)
    assert content(unlocked) == before


@pytest.mark.parametrize("command", WRITERS.values(), ids=list(WRITERS))
@pytest.mark.parametrize("most", [8, 10, 14, 32])
def test_w13_few_descriptors_are_enough_or_said_to_be_too_few(workspace, command, most):
    """Whatever the number, the end is one of a command, and no file is half of one."""
    (workspace / NODE / "new.txt").write_text("new")

    status, said = call(workspace, *command, preexec_fn=limit(resource.RLIMIT_NOFILE, most))

    # The node's lock is stale, which some of these find, if they come that far.
    assert bool(said) == (status == 2) or command[0] in {"run", "test", "validate"}
    assert not [path for path in content(workspace) if ".onex-tmp-" in path]
    assert call(workspace, "lock")[0] == 0


def test_w13_no_descriptor_is_left_open(onex, workspace):
    """Every command closes what it opened, whether it went well or not."""
    commands = [*WRITERS.values(), ["lock"], RUN, ["validate"], ["run", "no.such"]]
    for command in commands:
        onex(*command)
    before = os.listdir("/proc/self/fd")

    for command in commands:
        onex(*command)

    assert len(os.listdir("/proc/self/fd")) == len(before)


def hold_back(folder):
    """The lock of the tree, held: whoever writes now waits."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


@pytest.mark.parametrize("number", [2, 6])
def test_w14_scaffolds_at_once_give_what_one_after_the_other_gives(workspace, number):
    """No node, no entry and no lock is lost when all of them start behind one barrier."""
    names = [f"demo.text.n{place}" for place in range(number)]
    barrier = hold_back(workspace)
    running = [start(workspace, "scaffold", name, "--type", "noop") for name in names]
    time.sleep(0.5)
    os.close(barrier)

    assert [process.wait(30) for process in running] == [0] * number
    for process in running:
        process.communicate()
    listed = (workspace / "demo/text/.tree").read_text()
    wanted = sorted(["clean", *(name.rpartition(".")[2] for name in names)])
    assert listed == "entries:\n" + "".join(f"- {name}/node.onex\n" for name in wanted)
    assert call(workspace, "lock", "--check")[0] == 0


def test_w14_the_same_node_is_made_once(workspace):
    """Of several that want one place, one gets it; the others are refused and leave nothing."""
    running = [start(workspace, "scaffold", "other.node") for _ in range(4)]

    statuses = sorted(process.wait(30) for process in running)
    for process in running:
        process.communicate()
    assert statuses[0] == 0
    assert set(statuses[1:]) <= {1, 2}
    assert call(workspace, "lock", "--check")[0] == 0
    assert not list(workspace.rglob(".onex-tmp-*"))


def test_w14_locks_at_once_give_what_one_gives(unlocked):
    """Eight of `onex lock` over one tree: each waits its turn."""
    alone = unlocked.parent / "alone"
    shutil.copytree(unlocked, alone)
    assert call(alone, "lock")[0] == 0
    barrier = hold_back(unlocked)
    running = [start(unlocked, "lock") for _ in range(8)]
    time.sleep(0.5)
    os.close(barrier)

    assert [process.wait(30) for process in running] == [0] * 8
    for process in running:
        process.communicate()
    assert content(unlocked) == content(alone)


def test_w15_runs_at_once_have_folders_of_their_own(workspace):
    """W15: as many run folders as runs, each whole."""
    running = [start(workspace, *RUN) for _ in range(4)]

    assert [process.wait(30) for process in running] == [0] * 4
    for process in running:
        process.communicate()
    folders = list((workspace / "reports/runs").glob("*clean*"))
    assert len(folders) == 4
    for folder in folders:
        facts = (folder / "journal.jsonl").read_text().splitlines()
        assert {json.loads(fact)["run_id"] for fact in facts[:1]} == {folder.name}


@pytest.mark.parametrize("command", [["lock"], ["tree", "--write"], ["scaffold", "a.b"]])
def test_w16_a_killed_holder_holds_nothing(workspace, command):
    """The lock goes with its holder at once, though a child of it lives on."""
    code = f"""
import os, subprocess, sys, time
from onex.core.files import tree_lock
with tree_lock({str(workspace)!r}):
    child = subprocess.Popen(["sleep", "30"])
    print(child.pid, flush=True)
    time.sleep(30)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, encoding="utf-8"
    ) as holder:
        orphan = int(holder.stdout.readline())
        holder.kill()

        began = time.monotonic()
        assert call(workspace, *command)[0] == 0
        assert time.monotonic() - began < 5

        os.kill(orphan, signal.SIGKILL)


def test_w16_a_stopped_holder_is_waited_for_and_never_robbed(workspace, monkeypatch):
    """After a while the second one gives up, and says what it waited for."""
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.3)
    holder = hold_back(workspace)
    before = content(workspace)

    with pytest.raises(OnexError) as caught, files.tree_lock(str(workspace)):
        pytest.fail("two hold the lock")

    os.close(holder)
    assert "another onex command has been writing here" in caught.value.message
    assert caught.value.help == "wait for it to end, then try again"
    assert content(workspace) == before
    with files.tree_lock(str(workspace)):
        pass
