"""`onex validate --against`: what changed is judged, all of it, or the gate says that it cannot."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.repositories import commit_all, git

from onex.core import lock, node
from onex.validate import history
from onex.validate.rules import RULES

BASE = Path(__file__).parents[3] / "tests/rules/_base"
OF_CHANGES = [rule.code for rule in RULES if rule.history]


@pytest.fixture
def active(tmp_path):
    """A workspace with one active node, committed."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    edit(tmp_path, "lifecycle: draft", "lifecycle: active")
    commit_all(tmp_path)
    return tmp_path


def edit(root, old, new):
    """Write ``new`` in place of ``old`` in the node's document, and lock it."""
    folder = root / "demo/clean"
    path = folder / "node.onex"
    path.write_text(path.read_text().replace(old, new))
    lock.write(node.load(os.fspath(folder)))


def codes(result):
    """The codes of the findings about changes, of the form json."""
    found = result.json
    return [row["code"] for row in found["findings"] if row["code"] in OF_CHANGES]


JSON = ("--output-format", "json")

# ONEX-M1-07, FAULTS T4
CALLS = {
    "nothing is judged that was not asked for": ((), []),
    "a reference is asked for": (("--against", "HEAD"), ["ONX505"]),
    "a node of it": (("demo.clean", "--against", "HEAD"), ["ONX505"]),
    "changed nodes alone": (("--changed",), []),
    "changed since one, judged since another": (
        ("--changed=HEAD", "--against", "HEAD~1"),
        ["ONX505"],
    ),
    "another rule": (("--against", "HEAD", "--select", "ONX506"), []),
}


@pytest.mark.parametrize("call", CALLS)
def test_when_changes_are_judged(call, active, onex):
    """With `--against` alone: the nodes that changed since a commit are not what changed for others."""
    commit_all(active)
    edit(active, "lifecycle: active", "lifecycle: draft")
    options, found = CALLS[call]

    assert codes(onex("validate", *options, *JSON)) == found


def test_what_was_compared_is_counted(active, onex):
    """A gate says what it looked at: how many nodes changed, and since when."""
    edit(active, "owner: data platform team", "owner: another team")
    result = onex("validate", "--against", "HEAD")
    assert (
        result.stdout == "1 node changed or gone since HEAD; 1 node checked: 0 errors, 0 warnings\n"
    )


def test_the_last_node_is_missed(active, onex):
    """That nothing is left to check is told by what is gone."""
    shutil.rmtree(active / "demo/clean")
    assert onex("tree", "--write").exit_code == 0

    assert codes(onex("validate", "--against", "HEAD", *JSON)) == ["ONX506"]


def test_a_broken_tree_makes_no_node_gone(active, onex):
    """What a `.tree` hides is the tree's fault, and told once."""
    (active / "demo/.tree").write_text("nodes: []\n")
    result = onex("validate", "--against", "HEAD", *JSON)

    assert result.exit_code == 1
    assert codes(result) == []


def test_a_folder_is_a_reference_too(active, onex, tmp_path_factory):
    """As for `onex diff`: another checkout of the tree."""
    other = tmp_path_factory.mktemp("other") / "tree"
    shutil.copytree(active, other, ignore=shutil.ignore_patterns(".git"))
    edit(active, "lifecycle: active", "lifecycle: draft")

    assert codes(onex("validate", "--against", other, *JSON)) == ["ONX505"]


def test_a_waiver_waives_and_is_not_called_unused(active, onex):
    """The owner accepts a change for a while; with the next commit it is past."""
    waiver = 'waivers:\n- {code: ONX505, reason: never released, expires: "2999-01-31"}\nlifecycle: draft'
    edit(active, "lifecycle: active", waiver)

    result = onex("validate", "--against", "HEAD", "--select", "ONX5")
    assert result.stdout.endswith("0 errors, 0 warnings, 1 waived\n")
    commit_all(active)
    result = onex("validate", "--against", "HEAD", "--select", "ONX5")
    assert result.stdout.endswith("0 errors, 0 warnings\n")


REFUSED = [
    (("--against", "nope"), "onex: nope: no such commit in .git\n"),
    (("--against", "--exec=x"), "onex: --exec=x: not a revision that is understood here\n"),
    (
        ("--select", "ONX507"),
        "onex: ONX507 judges a change; say since when with --against REF\n",
    ),
    (
        ("demo/../loose.onex", "--against", "HEAD"),
        "onex: --against takes nodes of a tree, and demo/../loose.onex stands in none\n",
    ),
    (
        ("--against", "HEAD", "--baseline", "b", "--write-baseline"),
        "onex: --write-baseline takes the whole workspace; ",
    ),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_what_cannot_be_judged_is_no_pass(options, message, active, onex):
    """A reference that is none, or one that is missing, is status 2."""
    (active / "loose.onex").write_text("a: 1\n")
    result = onex("validate", *options)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(message)


def test_a_shallow_clone_is_told_how_to_fetch(active, onex, tmp_path_factory, monkeypatch):
    """CI clones one commit; the one to compare with is not there."""
    commit_all(active)
    other = tmp_path_factory.mktemp("other")
    git(other, "clone", "-q", "--depth", "1", f"file://{active}", "shallow")
    monkeypatch.chdir(other / "shallow")
    result = onex("validate", "--against", "HEAD~1")

    assert result.exit_code == 2
    assert "`git fetch --depth=100 origin NAME` brings more" in result.stderr


@pytest.mark.parametrize("name", ["node.onex", "state_contract.json", ""])
def test_a_clone_without_contents_is_not_taken_for_another_past(name, active, onex):
    """A file or a folder that git does not have says nothing of what was there."""
    found = git(active, "rev-parse", f"HEAD:demo/clean/{name}".rstrip("/")).strip()
    (active / ".git/objects" / found[:2] / found[2:]).unlink()
    edit(active, "lifecycle: active", "lifecycle: draft")
    result = onex("validate", "--against", "HEAD")

    assert result.exit_code == 2
    assert "git does not have the content of " in result.stderr


def test_only_what_changed_is_reasoned_about(active, monkeypatch, onex):
    """Equal digests are enough; nothing is read, and no contract compared."""
    monkeypatch.setattr(history, "compare", lambda *_: pytest.fail("compared"))

    assert onex("validate", "--against", "HEAD").exit_code == 0


def test_lifecycle_holds_waivers(active, onex):
    """What `validate` waives keeps no node where it is; what is past its date does."""
    shutil.copytree(BASE, active, dirs_exist_ok=True)
    contract = active / "demo/clean/state_contract.json"
    contract.write_text(contract.read_text().replace('"cases": [', '"x-cases": ['))
    waiver = (
        'waivers:\n- {code: ONX405, reason: no data yet, expires: "2020-01-31"}\nlifecycle: draft'
    )
    edit(active, "lifecycle: draft", waiver)
    assert onex("lifecycle", "demo.clean", "active").exit_code == 1
    edit(active, "2020-01-31", "2999-01-31")

    assert onex("lifecycle", "demo.clean", "active").exit_code == 0
    assert onex("validate").exit_code == 0


def test_git_is_not_asked_without_a_reference(active, monkeypatch, onex):
    """A validation that judges no change starts no process."""
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("started"))

    assert onex("validate", "--preview").exit_code == 0
