"""``onex fmt``: what it says, what it writes, and what it leaves alone."""

import json
import os
from pathlib import Path

import pytest

CLEAN = "demo/text/clean"
UGLY = b"\xef\xbb\xbfentries:\r\n  - text/\r\n"


@pytest.fixture
def ugly(onex, workspace: Path) -> Path:
    """A workspace of one locked node whose contract, document and index are out of form."""
    contract = workspace / CLEAN / "state_contract.json"
    contract.write_text(json.dumps(json.loads(contract.read_text())))
    assert onex("lock").exit_code == 0
    document = workspace / CLEAN / "node.onex"
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n"))
    (workspace / "demo/.tree").write_bytes(UGLY)
    return workspace


def test_what_onex_writes_is_in_form(onex, workspace):
    """A scaffolded node, its contract and its tree need no formatting."""
    result = onex("fmt", "--check")

    assert (result.exit_code, result.stdout) == (0, "5 files checked: 0 would change\n")


@pytest.mark.parametrize("template", ["cli", "noop", "scaffold"])
def test_what_templates_make_is_in_form(onex, workspace, template):
    """So are the nodes of every other template."""
    assert onex("scaffold", "demo.other", "--type", template).exit_code == 0

    assert onex("fmt", "--diff").stdout == ""


def test_check_writes_nothing(onex, ugly):
    """One line for each file that would change, and the count of those looked at."""
    before = {path: path.read_bytes() for path in ugly.rglob("*") if path.is_file()}

    result = onex("fmt", "--check")

    assert result.exit_code == 1
    assert result.stdout == (
        f"would format {CLEAN}/state_contract.json\n"
        f"would format {CLEAN}/node.onex\n"
        "would format demo/.tree\n"
        "would lock demo.text.clean\n"
        "5 files checked: 3 would change; run `onex fmt`\n"
    )
    assert {path: path.read_bytes() for path in ugly.rglob("*") if path.is_file()} == before


def test_true_lock_stays_true(onex, ugly):
    """A formatted contract has another digest, which is locked; modes stay (ONEX-M1-10)."""
    (ugly / CLEAN / "node.onex").chmod(0o600)

    result = onex("fmt")

    assert result.exit_code == 0
    assert result.stdout == (
        f"formatted {CLEAN}/state_contract.json\n"
        f"formatted {CLEAN}/node.onex\n"
        "formatted demo/.tree\n"
        "locked demo.text.clean\n"
        "5 files checked: 3 formatted\n"
    )
    assert onex("lock", "--check").exit_code == 0
    assert onex("fmt", "--check").exit_code == 0
    assert os.stat(ugly / CLEAN / "node.onex").st_mode & 0o777 == 0o600


def test_executable_contract_keeps_its_mark(onex, ugly):
    """The digest of an executable file says so."""
    (ugly / CLEAN / "state_contract.json").chmod(0o755)
    onex("lock")

    assert onex("fmt").exit_code == 0
    assert onex("lock", "--check").exit_code == 0


def test_stale_lock_stays_stale(onex, ugly):
    """Formatting vouches for nothing that nobody looked at."""
    with (ugly / CLEAN / "node.py").open("a") as file:
        file.write("# more\n")

    result = onex("fmt")

    assert "locked" not in result.stdout
    assert onex("lock", "--check").stdout.count("has changed since it was locked") == 2


def test_diff_is_a_patch(onex, ugly):
    """The diff alone is on standard output, line ends to be seen; exit 1 as with --check."""
    result = onex("fmt", "--diff", "demo/.tree")

    assert result.exit_code == 1
    assert result.stdout == (
        "--- demo/.tree\n+++ demo/.tree\n@@ -1,2 +1,2 @@\n"
        "-\\ufeffentries:\\r\n-  - text/\\r\n+entries:\n+- text/\n"
    )
    assert result.stderr == "1 file checked: 1 would change; run `onex fmt`\n"
    assert (ugly / "demo/.tree").read_bytes() == UGLY


def test_unreadable_file_is_left_alone(onex, ugly):
    """A finding with its place, and the others are formatted."""
    (ugly / CLEAN / "node.onex").write_text("a: 1\na: 2\n")

    result = onex("fmt")

    assert result.exit_code == 1
    assert result.stdout == (
        "formatted demo/.tree\n"
        f"{CLEAN}/node.onex:2:1: the key 'a' stands twice, on lines 1 and 2\n"
        "4 files checked: 1 formatted, 1 left alone\n"
    )
    assert (ugly / CLEAN / "node.onex").read_text() == "a: 1\na: 2\n"


@pytest.mark.parametrize("name", ["demo.text.clean", CLEAN, f"{CLEAN}/node.onex"])
def test_one_node(onex, ugly, name):
    """An id, a folder or a file means the files of that node."""
    result = onex("fmt", name)

    assert result.stdout.endswith("2 files checked: 2 formatted\n")
    assert (ugly / "demo/.tree").read_bytes() == UGLY


def test_contract_behind_a_link_is_not_written(onex, ugly):
    """A node holds plain files; what a link leads to is not the node's."""
    contract = ugly / CLEAN / "state_contract.json"
    other = ugly / "other.json"
    contract.rename(other)
    contract.symlink_to(other)
    before = other.read_bytes()

    result = onex("fmt", CLEAN)

    assert result.exit_code == 1
    assert f"{CLEAN}/state_contract.json:1:1: a symbolic link" in result.stdout
    assert other.read_bytes() == before


def test_folder_of_the_contract_behind_a_link_is_not_written(onex, ugly):
    """The same for a folder on the way to it."""
    folder = ugly / "elsewhere"
    folder.mkdir()
    (ugly / CLEAN / "state_contract.json").rename(folder / "c.json")
    (ugly / CLEAN / "sub").symlink_to(folder)
    document = ugly / CLEAN / "node.onex"
    text = document.read_text().replace(
        "state_contract: state_contract.json", "state_contract: sub/c.json"
    )
    document.write_text(text)
    before = (folder / "c.json").read_bytes()

    result = onex("fmt", CLEAN)

    assert result.exit_code == 1
    assert "is a symbolic link; a node holds plain files only" in result.stdout
    assert (folder / "c.json").read_bytes() == before


def test_nothing_to_check_is_no_success(onex):
    """A gate that looked at nothing does not pass."""
    onex("init", ".", "--owner", "a")

    result = onex("fmt", "--check")

    assert result.exit_code == 2
    assert "no nodes to format" in result.stderr


def test_gap_in_the_tree_is_said(onex, workspace):
    """Where the tree may hide nodes, not all was formatted."""
    (workspace / "demo/.tree").write_text("entries:\n- gone/\n- text/\n")

    result = onex("fmt", "--check")

    assert result.exit_code == 1
    assert "demo/.tree:2:3: gone/ does not exist" in result.stdout
