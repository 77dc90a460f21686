"""Row T8: what only reads leaves no trace, and what runs no node never runs a line of one.

Node code is text to every command but `run`, `test` and `scaffold`. Traps stand wherever Python, or an
import that takes the working folder for a package, would run something.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from onex.cli.main import COMMANDS

ONEX = str(Path(sys.executable).parent / "onex")
NODE = "demo/text/clean"

PLANTED = """
import os
with open(os.environ["ONEX_TRAP"], "a") as trap:
    trap.write(__file__ + "\\n")
"""
TRAPS = [
    "node.py",
    "__init__.py",
    "conftest.py",
    "sitecustomize.py",
    "usercustomize.py",
    "json.py",
    "yaml.py",
]
"""Modules that Python, pytest, or an import that takes the working folder for a package would run."""

READ = {
    "validate": [["validate"], ["validate", NODE], ["validate", f"{NODE}/state_contract.json"]],
    "lock": [["lock", "--check"]],
    "diff": [["diff"]],
    "tree": [["tree", "--check"], ["tree", "--digest"], ["tree"]],
    "fmt": [["fmt", "--check"], ["fmt", "--diff"]],
    "migrate": [["migrate", "--to", "1.0.0", "--dry-run"]],
    "infer": [["infer", "demo.text.clean"]],
    "adopt": [["adopt", "scripts", "--dry-run"]],
    "explain": [["explain", "ONX202"]],
    "gen": [["gen", "models", "demo.text.clean"]],
    "list": [["list"]],
    "show": [["show", "demo.text.clean"], ["show", "--graph"]],
    "schema": [["schema", "onex_node"]],
    "doctor": [["doctor"]],
    "report": [["report"]],
    "runs": [["runs", "list"]],
}
"""How each command that only reads is called; what there is none of yet is left out."""

WRITE = {
    "fmt": [["fmt"]],
    "lock": [["lock"]],
    "tree": [["tree", "--write"]],
    "validate": [["validate", "--fix", "--unsafe-fixes"]],
    "infer": [["infer", "demo.text.clean", "--write"]],
    "adopt": [["adopt", "scripts"]],
    "migrate": [["migrate", "--to", "1.0.0"]],
    "lifecycle": [["lifecycle", "demo.text.clean", "active"]],
    "init": [["init"]],
}
"""How each that writes, but runs no node, is called."""

RUNS_NODES = {"scaffold", "run", "test", "wrap", "badge", "attest"}
"""Commands that run what they are told to, or that read runs alone."""

KNOWN = {name for commands in COMMANDS.values() for name in commands}


def calls(table):
    """The calls of the commands that there are."""
    return [call for name, some in table.items() if name in KNOWN for call in some]


def test_t8_every_command_is_accounted_for():
    """A new command is looked at by the tests below, or is named as one that runs nodes."""
    assert {*READ, *WRITE, *RUNS_NODES} >= KNOWN


@pytest.fixture
def locked(workspace, onex):
    """The folder of a node whose lock holds."""
    assert onex("lock").exit_code == 0
    return workspace / NODE


@pytest.fixture
def trapped(locked, tmp_path, monkeypatch):
    """The workspace with code wherever something might import it; the file that tells what was run."""
    trap = tmp_path.parent / f"{tmp_path.name}-trap"
    monkeypatch.setenv("ONEX_TRAP", str(trap))
    (tmp_path / "scripts").mkdir()
    for folder in (
        tmp_path,
        tmp_path / "demo",
        tmp_path / "demo/text",
        locked,
        tmp_path / "scripts",
    ):
        for name in TRAPS:
            path = folder / name
            path.write_text(PLANTED + (path.read_text() if path.exists() else ""))
    (tmp_path / "scripts/tool.py").write_text(
        f'#!/usr/bin/env python3\n{PLANTED}\nif __name__ == "__main__":\n    print(1)\n'
    )
    (locked / "onex.pth").write_text("import os; open(os.environ['ONEX_TRAP'], 'a').write('pth')\n")
    subprocess.run([ONEX, "lock"], cwd=tmp_path, check=True, capture_output=True)
    assert not trap.exists()
    return trap


def test_t8_no_command_but_those_that_run_nodes_runs_a_line_of_one(trapped, onex, locked, tmp_path):
    """Whatever is read, formatted, lifted, locked, drawn or generated: code is text to all of them."""
    read = calls(READ)
    assert len(read) > 10

    for call in [*read, *calls(WRITE)]:
        ended = onex(*call)
        assert ended.exit_code in {0, 1, 2}, call
        assert "Usage" not in ended.stderr, (call, ended)
        assert not trapped.exists(), (call, trapped.read_text())


def test_t8_a_started_command_imports_nothing_of_the_working_folder(trapped, tmp_path):
    """Nor does the interpreter that it starts in: the folder is no place of modules."""
    for folder in (tmp_path, tmp_path / NODE):
        ended = subprocess.run(
            [ONEX, "validate", "-q"], cwd=folder, check=False, capture_output=True
        )
        assert ended.returncode in {0, 1}
        subprocess.run(
            [sys.executable, "-P", "-m", "onex", "list"],
            cwd=folder,
            check=True,
            capture_output=True,
        )
    assert not trapped.exists()


def state_of(folder):
    """Every file, its bytes, mode and time, and every folder's time."""
    return {
        str(path): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in [folder, *folder.rglob("*")]
        if not path.is_symlink()
    }


def test_t8_what_reads_leaves_no_trace(locked, onex, tmp_path):
    """Not a byte, a mode, a time or a file more, whatever is found."""
    (locked / "node.py").write_text("def run(text):\n    return {}\n")
    before = state_of(tmp_path)

    for call in calls(READ):
        onex(*call)
        assert state_of(tmp_path) == before, call
