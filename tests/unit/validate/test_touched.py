"""Which nodes a commit touches: those that hold a named file, and those that lost one."""

import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repositories import commit_all, git

from onex.core import scan
from onex.core.index import TreeProblem
from onex.core.workspace import Workspace
from onex.errors import OnexError, UsageError
from onex.validate.touched import in_commit, touched

NODES = ("demo.text.clean", "demo.text.other", "demo.third")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A workspace with three nodes, committed; nobody changes it."""
    root = tmp_path_factory.mktemp("touched") / "w"
    for name in NODES:
        folder = root / name.replace(".", "/")
        folder.mkdir(parents=True)
        (folder / "node.onex").write_text(name)
        (folder / "node.py").touch()
    scan.write(os.fspath(root))
    commit_all(root)
    return root


@pytest.fixture
def mine(root, tmp_path):
    """A copy of the workspace, to be changed."""
    return shutil.copytree(root, tmp_path / "w")


def ids(root, *names, revision="HEAD"):
    """The nodes that are touched when ``names``, as seen from ``root``, are handed over."""
    refs = Workspace(os.fspath(root)).tree.nodes
    paths = [os.path.join(root, name) for name in names]
    return [".".join(ref.segments) for ref in touched(os.fspath(root), refs, paths, revision)]


NAMED = {
    "nothing": ((), []),
    "document": (["demo/third/node.onex"], ["demo.third"]),
    "folder": (["demo/third"], []),
    "deep": (["demo/third/a/b/c"], ["demo.third"]),
    "gone": (["demo/third/no/such"], ["demo.third"]),
    "twice": (["demo/third/a", "demo/third/b"], ["demo.third"]),
    "dots": (["demo/text/../third/a"], ["demo.third"]),
    "between": (["demo/text/README", ".tree", "demo/text/.tree"], []),
    "alike": (["demo/third.md", "demo/third2/a", "demo/text/clean.py"], []),
    "outside": (["../demo/third/a", "/etc/passwd", "/"], []),
    "order": (["demo/text/clean/a", "demo/third/a"], ["demo.third", "demo.text.clean"]),
    "strange": (["demo/third/\udcff\n --x", "-\x1b[2J"], ["demo.third"]),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_files(name, root):
    """A file stands for the node around it, whether it is there or not."""
    given_names, found = NAMED[name]

    assert ids(root, *given_names) == found


@given(
    names=st.lists(
        st.builds(
            "/".join,
            st.lists(
                st.sampled_from(["demo", "text", "clean", "other", "third", "x", "..", "node.py"]),
                min_size=1,
                max_size=5,
            ),
        )
    ),
    cut=st.integers(0, 5),
)
def test_parts_of_the_names_add_up_to_the_whole(names, cut, root):
    """However a hook splits the names over its calls, the same nodes are judged."""
    parts = ids(root, *names[:cut]) + ids(root, *names[cut:])

    assert sorted(set(parts)) == ids(root, *names)


def test_a_lost_file_is_found_without_its_name(mine):
    """No hook names what is gone."""
    (mine / "demo/third/node.py").unlink()
    assert ids(mine) == ["demo.third"]

    commit_all(mine)
    assert ids(mine) == []
    assert ids(mine, revision="HEAD~1") == ["demo.third"]


def test_a_first_commit_loses_nothing(mine):
    """There is nothing before it."""
    shutil.rmtree(mine / ".git")
    git(mine, "init", "-q")

    assert ids(mine, "demo/third/node.py") == ["demo.third"]


def test_without_git_there_is_no_answer(mine):
    """What could not be looked at did not pass."""
    shutil.rmtree(mine / ".git")

    with pytest.raises(OnexError, match="git cannot be read: fatal: not a git repository"):
        ids(mine, "demo/third/node.py")


def test_no_such_commit_is_no_empty_answer(mine):
    """The beginning of a range may be missing from a shallow clone."""
    with pytest.raises(UsageError, match="nope: git knows no such commit"):
        ids(mine, revision="nope")


@pytest.mark.parametrize(
    ("subject", "counts"),
    [
        (None, True),
        ("demo", True),
        ("demo/text/clean", True),
        ("demo/third/node.py", True),
        ("demo/new", False),
        ("demo/third/new.onex", False),
    ],
)
def test_problems_of_a_commit(subject, counts, mine):
    """What git does not track is in no commit, and holds none up."""
    for name in ("new", "third"):
        (mine / "demo" / name).mkdir(exist_ok=True)
        (mine / "demo" / name / "new.onex").touch()
    problem = TreeProblem(
        kind="unlisted", path="", message="", subject=subject and os.fspath(mine / subject)
    )

    assert in_commit(os.fspath(mine))(problem) is counts
