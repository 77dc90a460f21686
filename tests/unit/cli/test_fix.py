"""`onex validate --fix`: what it writes, what it shows, and what it leaves alone."""

import json
import os
import subprocess

import pytest
from tests.rules.test_rules import HERE, build

from onex.cli import fix
from onex.core.document import read_bytes
from onex.errors import OnexError

NODE = "demo/clean/node.onex"
BOTH = {".tree", "node.onex"}

MENDED = """\
--- demo/.tree
+++ demo/.tree
@@ -1 +1,2 @@
 entries:
+- clean/node.onex
--- demo/clean/node.onex
+++ demo/clean/node.onex
@@ -5,7 +5,7 @@
 uuid: "e5c98c46-3c23-5ddb-8a7c-6ea1f8b4a9e7"
 description: Trims white space from a text.
 owner: data platform team
-lifecyle: draft # soon
+lifecycle: draft # soon
 entrypoint:
   type: python
   target: node.py:run
"""


@pytest.fixture
def broken(tmp_path, onex):
    """A workspace in which a node is not listed, and has a key misspelt."""
    root = build(HERE / "_base", tmp_path)
    replace(root / NODE, "lifecycle: draft", "lifecycle: draft # soon")
    onex("lock")
    replace(root / NODE, "lifecycle:", "lifecyle:")
    (root / "demo/.tree").write_text("entries:\n")
    return root


@pytest.fixture
def waived(tmp_path):
    """A locked workspace whose node has two waivers, of which one waives nothing."""
    return build(HERE / "waiver_unused/fail/second_of_two", tmp_path)


def replace(path, old, new):
    """Edit a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def apply(root, diff):
    """Let git apply a diff."""
    command = ["git", "apply", "-p0"]
    subprocess.run(command, input=diff.encode(), check=True, cwd=root)


def content(root):
    """Every file and its bytes."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_fix(onex, broken):
    """What is safe is mended, with what that brings to light; what is left is shown."""
    before = onex("validate", "--output-format", "concise")
    assert before.stdout == (
        "demo/.tree:1:1: ONX306 [*] clean/node.onex exists, but is not listed here\n"
        "0 nodes checked: 1 error, 0 warnings (1 fixable with `--fix`)\n"
    )

    mended = onex("validate", "--fix")

    assert (mended.exit_code, mended.stderr) == (0, "")
    assert mended.stdout == "1 node checked: 0 errors, 0 warnings, 2 fixed\n"
    assert onex("validate").stdout == "1 node checked: 0 errors, 0 warnings\n"
    assert onex("lock", "--check").exit_code == 0


def test_diff_shows_what_fix_does_and_writes_nothing(onex, broken):
    """The diff is one that git applies, and comes to what --fix writes."""
    before = content(broken)

    for options in (["--diff"], ["--fix", "--diff"]):
        shown = onex("validate", *options)
        assert (shown.exit_code, shown.stdout) == (1, MENDED)
        assert shown.stderr == "2 files would change: 2 findings fixable\n"
    assert content(broken) == before

    apply(broken, shown.stdout)
    applied = content(broken)
    for path, data in before.items():
        path.write_bytes(data)
    onex("validate", "--fix")
    assert content(broken) == applied
    nothing = onex("validate", "--diff")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_diff_of_odd_files(onex, broken, eol):
    """A new file, other line ends and a missing one at the end are shown as git takes them."""
    (broken / "demo/.tree").unlink()
    text = (broken / NODE).read_text().removesuffix("\n").replace("\n", eol)
    (broken / NODE).write_text(text, newline="")

    shown = onex("validate", "--diff")

    assert "--- /dev/null\n+++ demo/.tree\n@@ -0,0 +1,2 @@\n+entries:\n" in shown.stdout
    apply(broken, shown.stdout)
    assert (broken / NODE).read_bytes() == text.replace("lifecyle", "lifecycle").encode()
    assert onex("validate", "--diff").stdout == ""


def test_unsafe_fixes_wait_to_be_asked_for(onex, tmp_path):
    """A lock is renewed only where --unsafe-fixes stands beside --fix; alone, it says how."""
    root = build(HERE / "lock_stale/fail/file_changed", tmp_path)
    before = content(root)

    left = onex("validate", "--fix", "--output-format", "concise")
    told = onex("validate", "--unsafe-fixes")

    assert content(root) == before
    assert left.stdout.endswith("1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)\n")
    assert "\n  unsafe fix: lock the node as it is\n" in told.stdout
    assert (left.exit_code, told.exit_code) == (1, 1)
    made = onex("validate", "--fix", "--unsafe-fixes")
    assert (made.exit_code, made.stdout) == (0, "1 node checked: 0 errors, 0 warnings, 1 fixed\n")
    assert onex("lock", "--check").exit_code == 0


def test_a_lock_that_fitted_fits_after_a_fix(onex, waived):
    """Who asks for an edit means it: the node stays locked, and runs."""
    assert onex("validate", "--fix").stdout.endswith("1 waived, 1 fixed\n")
    assert onex("lock", "--check").exit_code == 0


def test_a_lock_that_was_stale_stays_stale(onex, waived):
    """A safe fix does not settle what a person has to look at."""
    (waived / "demo/clean/node.py").write_text("def run(text):\n    return {'text': text}\n")

    left = onex("validate", "--fix", "--output-format", "concise")

    assert left.stdout.endswith("1 fixed (2 fixable with `--fix --unsafe-fixes`)\n")
    assert "node.py has changed since it was locked" in left.stdout
    assert "ONX513" not in left.stdout


def test_what_does_not_count_is_not_mended(onex, broken):
    """Rules that are not asked for, and what a baseline holds, are left alone."""
    before = content(broken)

    assert onex("validate", "--fix", "--select", "ONX1").exit_code == 0
    assert onex("validate", "--fix", "--ignore", "unlisted").exit_code == 0
    onex("validate", "--baseline", "held", "--write-baseline")
    assert onex("validate", "--fix", "--baseline", "held").exit_code == 0
    (broken / "held").unlink()

    assert content(broken) == before


def test_a_document_that_stands_alone(onex, tmp_path):
    """Files in no tree are mended, too; what they are not checked for stays."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.tree").write_text("entries:\n- b/\n- a/\n")

    mended = onex("validate", "--fix", "x/a.tree")

    assert mended.stdout == "1 `.tree` file checked: 0 errors, 0 warnings, 1 fixed\n"
    assert (tmp_path / "x/a.tree").read_text() == "entries:\n- a/\n- b/\n"


def test_modes_and_links_stay(onex, broken):
    """A file keeps its permissions; what a link leads to is not touched."""
    (broken / NODE).chmod(0o640)
    (broken / "demo/.tree").rename(broken / "real")
    (broken / "demo/.tree").symlink_to("../real")

    onex("validate", "--fix")
    assert (broken / "real").read_text() == "entries:\n"

    (broken / "demo/.tree").unlink()
    onex("validate", "--fix")
    assert (broken / NODE).stat().st_mode & 0o777 == 0o640
    assert "lifecycle: draft # soon" in (broken / NODE).read_text()


def test_all_or_nothing(onex, broken, monkeypatch):
    """When one file cannot be written, those before it are put back."""
    before, write, calls = content(broken), fix.write_atomic, []

    def fail(path, data, mode):
        calls.append(path)
        if len(calls) == 2:
            message = f"{path}: cannot be written: disk full"
            raise OnexError(message)
        write(path, data, mode)

    monkeypatch.setattr(fix, "write_atomic", fail)
    told = onex("validate", "--fix")

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "onex: demo/.tree: cannot be written: disk full\n"
    assert content(broken) == before


def test_a_new_file_is_taken_back(onex, broken, monkeypatch):
    """A file that was not there is not there after a failure either."""
    (broken / "demo/.tree").unlink()
    before, write = content(broken), fix.write_atomic

    def fail(path, data, mode):
        if path.endswith(".tree"):
            (broken / NODE).write_bytes(before[broken / NODE])
            message = "disk full"
            raise OnexError(message)
        write(path, data, mode)

    monkeypatch.setattr(fix, "write_atomic", fail)
    assert onex("validate", "--fix").exit_code == 2
    assert content(broken) == before


def test_a_file_that_changes_meanwhile_is_left_alone(onex, broken, monkeypatch):
    """What somebody saved while the fixes were worked out is not lost."""
    mend = fix.mend_all

    def slow(*arguments, **options):
        mended = mend(*arguments, **options)
        (broken / NODE).write_text("# mine\n")
        return mended

    monkeypatch.setattr(fix, "mend_all", slow)
    told = onex("validate", "--fix")

    assert told.exit_code == 2
    assert told.stderr == (
        "onex: demo/clean/node.onex: was changed meanwhile; nothing was written\n"
        "  help: run the command again\n"
    )
    assert (broken / NODE).read_text() == "# mine\n"
    assert (broken / "demo/.tree").read_text() == "entries:\n"


@pytest.mark.parametrize(
    "options",
    [
        ["--diff", "--output-format", "json"],
        ["--diff", "-o", "x"],
        ["--diff", "--baseline", "x", "--write-baseline"],
    ],
)
def test_options_that_do_not_go_together(onex, broken, options):
    """A diff is a diff, and goes nowhere else."""
    told = onex("validate", *options)

    assert told.exit_code == 2
    assert told.stderr.startswith("onex: --diff prints a diff; leave --output-format")


def test_looking_writes_nothing(onex, broken):
    """Without --fix no file changes, whatever is shown."""
    before = content(broken)

    for form in ("text", "json", "sarif", "rdjson"):
        onex("validate", "--unsafe-fixes", "--output-format", form)

    assert content(broken) == before


def test_programs_get_the_edits(onex, tmp_path):
    """JSON, SARIF and rdjson carry the same edit, each in its own way."""
    build(HERE / "unknown_key/fail/misspelt", tmp_path)
    (_, line) = next(
        (n, text)
        for n, text in enumerate(read_bytes(os.fspath(tmp_path / NODE)).decode().splitlines(), 1)
        if "lifecyle" in text
    )
    assert line.startswith("lifecyle")

    (found,) = onex("validate", "--output-format", "json").json["findings"]
    sarif = json.loads(onex("validate", "--output-format", "sarif").stdout)
    rdjson = json.loads(onex("validate", "--output-format", "rdjson").stdout)

    edit = {"line": 8, "column": 1, "end_line": 8, "end_column": 9, "text": "lifecycle"}
    assert found["fix"] == {
        "applicability": "safe",
        "message": "call it 'lifecycle'",
        "edits": [edit],
    }
    (change,) = sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert change == {
        "artifactLocation": {"uri": NODE},
        "replacements": [
            {
                "deletedRegion": {"startLine": 8, "startColumn": 1, "endLine": 8, "endColumn": 9},
                "insertedContent": {"text": "lifecycle"},
            }
        ],
    }
    assert rdjson["diagnostics"][0]["suggestions"] == [
        {
            "range": {"start": {"line": 8, "column": 1}, "end": {"line": 8, "column": 9}},
            "text": "lifecycle",
        }
    ]
