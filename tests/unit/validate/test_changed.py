"""Which nodes changed since a commit: all that did, and none that did not."""

import os

import pytest
from tests.repositories import commit_all, git

from onex.core import scan
from onex.core.workspace import Workspace
from onex.errors import UsageError
from onex.validate.changed import changed


@pytest.fixture
def root(tmp_path):
    """A workspace with three nodes, committed."""
    root = tmp_path / "w"
    for name in ("text/clean", "text/other", "third"):
        (root / "demo" / name).mkdir(parents=True)
        (root / "demo" / name / "node.onex").write_text(name)
        (root / "demo" / name / "node.py").touch()
    scan.write(os.fspath(root))
    commit_all(root)
    return root


def names(root, revision="HEAD"):
    """The nodes that changed."""
    workspace = Workspace(os.fspath(root))
    return [
        ".".join(ref.segments) for ref in changed(workspace.root, workspace.tree.nodes, revision)
    ]


CHANGES = {
    "nothing": (os.listdir, []),
    "document": (lambda root: (root / "demo/third/node.onex").write_text("x"), ["demo.third"]),
    "file": (lambda root: (root / "demo/text/clean/node.py").write_text("x"), ["demo.text.clean"]),
    "removed": (lambda root: (root / "demo/text/clean/node.py").unlink(), ["demo.text.clean"]),
    "added": (lambda root: (root / "demo/text/other/new").touch(), ["demo.text.other"]),
    "added_below": (
        lambda root: [
            (root / "demo/third/a/b").mkdir(parents=True),
            (root / "demo/third/a/b/c").touch(),
        ],
        ["demo.third"],
    ),
    "two": (
        lambda root: [
            (root / f"demo/{name}/node.py").write_text("x") for name in ("third", "text/clean")
        ],
        ["demo.third", "demo.text.clean"],
    ),
    "mode": (lambda root: (root / "demo/third/node.py").chmod(0o755), ["demo.third"]),
    "cache": (
        lambda root: [
            (root / "demo/third/__pycache__").mkdir(),
            (root / "demo/third/__pycache__/a.pyc").touch(),
        ],
        [],
    ),
    "elsewhere": (lambda root: [(root / "x").touch(), (root / "demo/README").touch()], []),
    "touched": (lambda root: os.utime(root / "demo/third/node.py", (1, 1)), []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changes(root, change):
    """A node is meant when a file of its folder is not as it was; times mean nothing."""
    make, found = CHANGES[change]
    make(root)

    assert names(root) == found


def test_staged_and_committed_changes_are_changes(root):
    """What counts is the file as it is against the commit, wherever the change has got to."""
    (root / "demo/third/node.py").write_text("x")
    git(root, "add", "-A")
    assert names(root) == ["demo.third"]

    git(root, "commit", "-q", "-m", "y")
    assert names(root) == []
    assert names(root, "HEAD~1") == ["demo.third"]
    assert names(root, "main~1") == ["demo.third"]


def test_ignored_files_are_no_change(root):
    """What git does not take in can be in no commit."""
    (root / ".gitignore").write_text("*.log\n")
    (root / "demo/third/a.log").touch()

    assert names(root) == []


def test_a_workspace_inside_a_repository(root):
    """Paths are those below the workspace, wherever it lies in its repository."""
    inner = root.parent / "outer"
    inner.mkdir()
    root.rename(inner / "w")
    root.mkdir()
    (inner / "w/.git").rename(inner / ".git")
    commit_all(inner)
    (inner / "w/demo/third/node.py").write_text("x")

    assert names(inner / "w") == ["demo.third"]


def test_no_such_commit_is_no_empty_answer(root):
    """A gate that could not look does not say that nothing changed."""
    with pytest.raises(UsageError, match="nope: git knows no such commit"):
        names(root, "nope")
