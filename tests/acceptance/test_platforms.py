"""What needs no processes of nodes works everywhere (DESIGN.md, section 11: Windows and macOS).

Each command is called twice in equal workspaces: as it is here, and where everything that the other
platform lacks is taken away. What it prints, how it ends and what it writes have to be the same.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repositories import commit_all, git

ROOT = Path(__file__).resolve().parents[2]

COMMANDS = [
    "validate",
    "validate --output-format sarif -o out.sarif",
    "validate --changed",
    "lock --check",
    "lock",
    "tree",
    "tree --check",
    "tree --digest",
    "diff",
    "explain ONX202",
    "show demo.text.clean",
    "show --graph mermaid",
    "lifecycle demo.text.clean review",
    "init new",
    "runs check --all",
    "runs recover --all",
    "report",
    "report --html -o page.html",
    "badge generate --last-run",
    "validate gone",
    "lock --check x/../..",
]


def content(folder):
    """Every file below ``folder`` but git's, with its bytes and whether it can be executed."""
    return {
        os.path.join(here, name): (Path(here, name).read_bytes(), Path(here, name).stat().st_mode)
        for here, _, names in os.walk(folder)
        if ".git" not in Path(here).parts
        for name in names
    }


def call(shape, folder, words):
    """How ``onex`` ends on such a platform, and what it prints and leaves."""
    environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "COLUMNS": "200"}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bare_platform", shape, *words.split()],
        cwd=folder,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A workspace under version control with a run, two nodes, a change, a link and a program."""
    folder = tmp_path_factory.mktemp("platform")
    for words in (
        "init .",
        "scaffold demo.text.clean",
        "scaffold demo.text.count",
        "run demo.text.clean --set text=a --quiet",
    ):
        assert call("linux", folder, words)[0] == 0
    program = folder / "demo/text/clean/tool.sh"
    program.write_bytes(b"#!/bin/sh\r\necho\n")
    program.chmod(0o755)
    assert call("linux", folder, "lock")[0] == 0
    git(folder, "init", "-q")
    commit_all(folder)
    with open(folder / "demo/text/count/node.py", "a", encoding="utf-8") as file:
        file.write("# one more line\n")
    (folder / "demo/text/count/more.txt").write_bytes(b"a\r\nb\x1a\n")
    return folder


@pytest.fixture(scope="module")
def here(prepared, tmp_path_factory):
    """For each command, what it comes to on this platform."""
    results = {}

    def result(words):
        if words not in results:
            results[words] = outcome("linux", prepared, tmp_path_factory.mktemp("at"), words)
        return results[words]

    return result


def outcome(shape, prepared, place, words):
    """What a command prints and leaves in a copy of the workspace."""
    folder = place / "w"
    shutil.copytree(prepared, folder, symlinks=True)
    status, out, err = call(shape, folder, words)
    files = {path.replace(os.fspath(place), ""): found for path, found in content(folder).items()}
    return status, out.replace(os.fspath(place), ""), err.replace(os.fspath(place), ""), files


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_does_the_same_without_what_windows_lacks(prepared, here, tmp_path, words):
    """No fcntl, no resource, no fork, no flag of Unix; whole outputs and all files compared."""
    assert outcome("windows", prepared, tmp_path, words) == here(words)


@pytest.mark.parametrize("words", ["lock", "diff"])
def test_a_command_does_the_same_without_what_macos_lacks(prepared, here, tmp_path, words):
    """No memfd_create, no waitid; whole outputs and all files compared."""
    assert outcome("macos", prepared, tmp_path, words) == here(words)


NO_FORK = """\
onex: this platform cannot fork, so it cannot run nodes of the types python and cli
  help: run them on Linux or macOS; `onex validate` and `onex lock` work everywhere
"""


@pytest.mark.parametrize("words", ["run demo.text.clean --set text=a", "scaffold a.b"])
def test_where_nothing_can_be_forked_no_node_is_run(prepared, tmp_path, words):
    """It is refused in plain words, before anything of the node happens."""
    status, out, err, _ = outcome("windows", prepared, tmp_path, words)
    assert (status, out, err) == (2, "", NO_FORK)


def test_where_nothing_can_be_forked_the_cases_of_a_node_are_not_run(prepared, tmp_path):
    """A test that ran nothing is no success."""
    status, out, err, _ = outcome("windows", prepared, tmp_path, "test demo.text.clean")
    assert (status, err) == (2, 2 * NO_FORK)
    assert out.startswith("0 cases of 1 node: ")


def test_a_noop_runs_everywhere(prepared, tmp_path):
    """It needs no process, and its run is recorded like any other."""
    folder = tmp_path / "w"
    shutil.copytree(prepared, folder)
    node = folder / "demo/text/clean/node.onex"
    text = node.read_text()
    head, entry = text.partition("entrypoint:")[0], text.partition("entrypoint:")[2]
    rest = entry[entry.index("state_contract:") :]
    node.write_text(f"{head}entrypoint: {{type: noop}}\n{rest}")

    status, out, err = call("windows", folder, "run demo.text.clean --set text=a --quiet")
    assert (status, out) == (0, '{"text": "a"}\n'), err
    assert call("windows", folder, "runs check --all")[0] == 0


def test_wrap_says_that_it_cannot_watch_a_command(prepared, tmp_path):
    """And leaves no half of a run behind."""
    words = "wrap --pipeline-id nightly -- git --version"
    status, out, err, files = outcome("windows", prepared, tmp_path, words)

    assert (status, out) == (2, "")
    assert err.startswith("onex: this platform cannot watch a command as `onex wrap` does\n")
    assert not any("nightly" in path for path in files)


def test_wrap_works_without_waitid(prepared, tmp_path):
    """On macOS only newer Pythons have it."""
    folder = tmp_path / "w"
    shutil.copytree(prepared, folder)
    status, out, _ = call("macos", folder, "wrap --pipeline-id nightly -- git --version")
    assert (status, out[:11]) == (0, "git version")


def test_a_link_is_not_followed_where_the_system_cannot_refuse_it(prepared, tmp_path):
    """P2: a node's document that is a link is refused by looking first."""
    folder = tmp_path / "w"
    shutil.copytree(prepared, folder)
    node = folder / "demo/text/clean/node.onex"
    node.rename(folder / "elsewhere")
    node.symlink_to(folder / "elsewhere")

    status, _, err = call("windows", folder, "lock demo.text.clean")
    assert status == 2
    assert "a symbolic link, which is not followed here" in err
