"""Hostile things in place of files and folders, and hostile names in trees: rows P1 to P10."""

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ONEX = str(Path(sys.executable).parent / "onex")
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
NODE = "demo/text/clean"
SECONDS = 5.0
"""More than any of this may take on a slow machine; what hangs takes longer."""


@pytest.fixture
def call(onex):
    """A command in this process: its end, which is checked to be one that commands have."""

    def run(*arguments):
        began = time.monotonic()
        ended = onex(*arguments)
        assert time.monotonic() - began < SECONDS
        assert ended.exit_code in {0, 1, 2}
        words = ended.stdout + ended.stderr
        assert "a fault in onex itself" not in words
        assert OBEYED.search(words) is None
        words.encode()
        return ended

    return run


def content(folder):
    """Every file below ``folder`` and its bytes, links as what they lead to; runs aside."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        elif path.is_file() and "reports" not in path.parts:
            # Nobody wants to see 10 GiB of nothing.
            found[str(path)] = path.read_bytes() if path.stat().st_size < 1 << 24 else "large"
    return found


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def a_pipe(path):
    os.mkfifo(path)


def a_socket(path):
    # A path of a socket has at most 107 bytes; from its folder it is short.
    here = os.getcwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


def a_device(path):
    path.symlink_to("/dev/zero")


def a_folder(path):
    path.mkdir()


def a_loop(path):
    path.symlink_to(path.name)


def a_dangling_link(path):
    path.symlink_to("missing/file")


def ten_gibibytes(path):
    with path.open("wb") as file:
        file.truncate(10 << 30)


FAULTS = [a_pipe, a_socket, a_device, a_folder, a_loop, a_dangling_link, ten_gibibytes]

READERS = [
    ["validate"],
    ["validate", NODE],
    ["lock", "--check"],
    ["lock", "demo.text.clean"],
    ["tree", "--check"],
    ["tree", "--digest"],
    ["run", "demo.text.clean", "--set", "text=a"],
    ["run"],
    ["test", "demo.text.clean"],
    ["test"],
    ["show", "demo.text.clean"],
    ["lifecycle", "demo.text.clean", "review"],
    ["show", "--graph", "dot"],
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", [".tree", "demo/.tree", f"{NODE}/node.onex", "demo/text", NODE])
def test_p3_p4_p5_no_command_takes_something_else_for_a_document(workspace, call, place, fault):
    """P2 to P5: refused or found at once, never read to the end, and never written over."""
    remove(workspace / place)
    fault(workspace / place)
    before = content(workspace)

    for command in READERS:
        ended = call(*command)

        # What a node's document is, is no business of the indexes.
        is_fine = command == ["tree", "--check"] and place.endswith("node.onex")
        assert (ended.exit_code == 0) == is_fine, command
        assert ended.stdout + ended.stderr
    for command in (["list"], ["tree"], ["scaffold", "other.node"], ["tree", "--write"], ["lock"]):
        call(*command)
    made = content(workspace)
    assert {path: made[path] for path in before if not path.endswith(".tree")} == {
        path: data for path, data in before.items() if not path.endswith(".tree")
    }


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", ["node.py", "state_contract.json", "extra"])
def test_p4_p5_no_command_runs_a_node_with_a_strange_file(workspace, call, file, fault):
    """What cannot be locked is not run: every file in a node is a plain file."""
    assert call("lock").exit_code == 0
    path = workspace / NODE / file
    remove(path)
    fault(path)

    is_harmless = file == "extra" and fault is a_folder
    for command in (["validate"], ["run", "demo.text.clean", "--set", "text=a"]):
        assert (call(*command).exit_code == 0) == is_harmless, command
    assert (call("lock").exit_code == 0) == (fault is a_folder)


@pytest.mark.parametrize("fault", FAULTS)
def test_p4_an_input_file_is_a_plain_file(workspace, call, fault):
    """`--input @FILE` neither waits for a writer nor reads without end."""
    fault(workspace / "state.json")

    ended = call("run", "demo.text.clean", "--input", "@state.json")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "state.json:1:1: " in ended.stderr


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", ["onex.toml", ".onexignore"])
def test_p4_settings_are_a_plain_file(workspace, call, file, fault):
    """What is no file cannot be settings; the message names it."""
    remove(workspace / file)
    fault(workspace / file)

    ended = call("scaffold", "a.b") if file == "onex.toml" else call("tree", "--check")

    assert ended.exit_code == 2
    assert f"{file}:1:1: " in ended.stderr
    assert not (workspace / "a").exists()


@pytest.mark.parametrize("place", ["node.onex", "", "..", "node.py"])
def test_p2_a_link_to_the_outside_is_never_followed(workspace, call, tmp_path_factory, place):
    """A node, its folder, its files and the folder above may not lie elsewhere."""
    assert call("lock").exit_code == 0
    outside = tmp_path_factory.mktemp("outside") / "thing"
    path = Path(os.path.normpath(workspace / NODE / place))
    shutil.move(path, outside)
    path.symlink_to(outside)
    before = content(outside) if outside.is_dir() else outside.read_bytes()

    for command in (READERS[1], READERS[3], READERS[6], READERS[8], READERS[11], ["lock"]):
        is_whole = command == ["lock"] and outside.is_dir()
        assert (call(*command).exit_code == 0) <= is_whole, command
    assert (content(outside) if outside.is_dir() else outside.read_bytes()) == before


# Each puts a link into the workspace, and names the command that would write behind it.
def contract_behind_a_link(workspace, outside):
    """The contract lies in a folder of the node that is a link."""
    shutil.move(workspace / NODE / "state_contract.json", outside / "contract.json")
    text = (outside / "contract.json").read_text().replace('"text"', '"other"')
    (outside / "contract.json").write_text(f"{text}\n\n")
    (workspace / NODE / "sub").symlink_to(outside)
    path = workspace / NODE / "node.onex"
    path.write_text(path.read_text().replace(": state_contract.json", ": sub/contract.json"))


def editor_behind_a_link(workspace, outside):
    """The folder of the editor's settings is a link."""
    shutil.rmtree(workspace / ".vscode")
    (workspace / ".vscode").symlink_to(outside)


def hooks_behind_a_link(workspace, outside):
    """The configuration of hooks is a link."""
    (outside / "hooks.yaml").write_text("repos:\n  - repo: meta\n    hooks: []\n")
    (workspace / ".pre-commit-config.yaml").symlink_to(outside / "hooks.yaml")


@pytest.mark.parametrize(
    ("prepare", "command"),
    [
        (contract_behind_a_link, ["infer", "demo.text.clean", "--write"]),
        (contract_behind_a_link, ["fmt"]),
        (contract_behind_a_link, ["validate", "--fix", "--unsafe-fixes"]),
        (editor_behind_a_link, ["init", "."]),
        (hooks_behind_a_link, ["init", ".", "--hooks"]),
    ],
)
def test_p2_nothing_is_written_behind_a_link(workspace, call, tmp_path_factory, prepare, command):
    """A workspace comes from others; what lies outside of it is not theirs to have changed."""
    outside = tmp_path_factory.mktemp("outside")
    prepare(workspace, outside)
    before = content(outside), content(workspace)

    ended = call(*command)

    assert ended.exit_code in {1, 2}
    assert "link" in ended.stdout + ended.stderr
    assert (content(outside), content(workspace)) == before


# Each is the text of a `.tree`, and what is said of it at its line.
TREES = {
    "missing": ("- gone/\n", r"2:3: .*gone/ does not exist"),
    "missing node": ("- demo/\n- gone/node.onex\n", r"3:3: .*gone/node\.onex does not exist"),
    "twice": ("- demo/\n- demo/\n", r"3:3: "),
    "above": ("- ../x/\n", r"2:3: "),
    "absolute": ("- /etc/\n", r"2:3: "),
    "itself": ("- ./\n", r"2:3: "),
    "home": ("- ~/\n", r"2:3: "),
    "backslash": ("- demo\\text/\n", r"2:3: "),
    "drive": ("- C:/\n", r"2:3: "),
    "device": ("- con/\n", r"2:3: "),
    "case": ("- Demo/\n", r"2:3: "),
    "two steps": (f"- {NODE}/node.onex\n", r"2:3: "),
    "other file": ("- demo/other.onex\n", r"2:3: "),
    "controls": ('- "\\e[31m/"\n', r"2:3: "),
    "line end": ('- "demo\\n/"\n', r"2:3: "),
    "bidi": ("- a\u202eb/\n", r"2:3: "),
    "metadata": ("- demo/\nowner: me\n", r"3:1: "),
}


@pytest.mark.parametrize(("text", "said"), TREES.values(), ids=list(TREES))
def test_p1_p10_an_index_that_lies_is_told_at_its_line(workspace, call, text, said):
    """P1, P6, P8, P10: the entry is named with path and line, and nothing runs by such a tree."""
    (workspace / ".tree").write_text(f"entries:\n{text}")
    before = content(workspace)

    ended = call("tree", "--check")
    assert ended.exit_code == 1
    assert re.search(rf"(?m)^\.tree:{said}", ended.stdout)
    assert re.search(r"(?m)^\.tree:\d+:\d+: ", call("validate").stdout)
    for command in (["run"], ["test"], ["tree", "--digest"], ["list"], ["tree"]):
        ended = call(*command)
        assert ended.exit_code == 2
        assert ended.stderr.startswith("onex: .tree:")
    assert content(workspace) == before


@pytest.mark.parametrize("command", [["show", "--graph", "dot"], ["fmt"], ["run"]])
def test_p10_an_index_that_hides_all_nodes_is_what_is_told(workspace, call, command):
    """It is no workspace without nodes: to make one, or to list them, is no help."""
    (workspace / ".tree").write_text("- demo/\n")

    ended = call(*command)

    assert ended.exit_code == 2
    assert ".tree:1:1: the document must be an object" in ended.stderr


def test_p10_a_node_that_no_index_lists_cannot_be_run(workspace, call):
    """It is found by `validate` and `tree --check`, and listed by `tree --write`."""
    shutil.copytree(workspace / NODE, workspace / "demo/text/other")

    assert "other/node.onex exists, but is not listed here" in call("tree", "--check").stdout
    assert call("validate").exit_code == 1
    assert call("run", "demo.text.other", "--set", "text=a").exit_code == 2


def test_p10_a_workspace_in_a_workspace_stays_its_own(workspace, call):
    """Nodes of the inner one are run from inside it, under its own root."""
    inner = workspace / "inner"
    assert call("init", inner).exit_code == 0
    shutil.copytree(workspace / "demo", inner / "demo")

    assert call("tree", "--write", inner).exit_code == 0
    assert (inner / ".tree").read_text().endswith("- demo/\n")
    assert call("list").stdout.count("demo.text.clean") == 1


ODD_NAMES = {
    "controls": b"\x1b[31m\n",
    "bidi": "a\u202eb".encode(),
    "no UTF-8": b"\xff",
    "device": b"con.txt",
    "dot behind": b"a.",
    "space behind": b"a ",
    "stream": b"a:b",
    "backslash": b"a\\b",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=list(ODD_NAMES))
def test_p6_p8_p9_a_file_with_an_odd_name_is_named_safely(workspace, call, name):
    """P6, P8, P9: such a node never passes, locked or not, and the name is shown escaped."""
    Path(os.fsdecode(os.fsencode(workspace / NODE) + b"/" + name)).write_text("x")

    call("lock")
    call("run", "demo.text.clean", "--set", "text=a")
    assert call("validate").exit_code == 1
    found = json.loads(call("validate", "--output-format", "json").stdout)
    assert found["errors"]


@pytest.mark.parametrize("twins", [("A.txt", "a.txt"), ("\u00e9", "e\u0301"), ("ß", "SS")])
def test_p7_two_names_that_are_one_elsewhere_are_refused(workspace, call, twins):
    """Equal under NFC and case folding: some systems hold one file of that name."""
    for name in twins:
        (workspace / NODE / name).write_text(name)

    call("lock")
    assert call("validate").exit_code == 1


@pytest.mark.parametrize("name", [b"\xff", b"\x1b[31m\n", "a\u202eb".encode(), b"x" * 255])
def test_p9_a_folder_with_an_odd_name_is_passed_or_named_safely(workspace, call, name):
    """Without nodes it is nobody's business; a node in it can have no id, which is told."""
    folder = Path(os.fsdecode(os.fsencode(workspace) + b"/" + name))
    folder.mkdir()
    for command in (["validate"], ["lock"], ["tree", "--check"], ["list"]):
        assert call(*command).exit_code == 0

    shutil.copy(workspace / NODE / "node.onex", folder)
    assert "a stray .onex file" in call("tree", "--check").stdout
    assert call("list").stdout.count("\n") == 1


def test_p9_a_path_longer_than_the_system_allows_is_passed_over(workspace, call):
    """Folders 300 deep, below what any path can name, do not end a command in a traceback."""
    here = os.getcwd()
    for _ in range(300):
        os.mkdir("d" * 20)
        os.chdir("d" * 20)
    os.chdir(here)

    for command in (["validate"], ["lock"], ["tree", "--write"], ["list"]):
        ended = call(*command)
        assert ended.exit_code in {0, 2}


def test_p5_a_large_tree_takes_little_memory(workspace):
    """5 000 entries of one index, none of them there: named one by one, in 300 MB."""
    entries = "".join(f"- a{number:05}/\n" for number in range(5000))
    (workspace / ".tree").write_text(f"entries:\n{entries}")

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))

    ended = subprocess.run(
        [ONEX, "tree", "--check"],
        cwd=workspace,
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=bound,
    )

    assert ended.returncode == 1
    assert ended.stdout.count("does not exist\n") == 5000
