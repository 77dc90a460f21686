"""Run ids say when, what and at which commit (OVC-02)."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.runs.run_id import NO_COMMIT, find_commit, format_run_id, pipeline_id_of

SHAPE = re.compile(r"[0-9]{8}T[0-9]{6}Z__[A-Za-z0-9-]+__[a-f0-9]{7}")


def git(folder, *arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit, in a folder of its own."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "one")
    return folder


@given(
    st.integers(0, 4_000_000_000_000_000),
    st.from_regex(r"[a-z][a-z0-9_-]*(\.[a-z]+)+", fullmatch=True),
)
def test_every_run_id_has_the_shape(at_us, node_id):
    """Whatever the time and the node."""
    assert SHAPE.fullmatch(format_run_id(at_us, pipeline_id_of(node_id), NO_COMMIT))


def test_a_known_run_id():
    """The time is UTC and cut to the second."""
    assert (
        format_run_id(1_768_660_252_999_999, "P2-Backfill", "a1b2c3d")
        == "20260117T143052Z__P2-Backfill__a1b2c3d"
    )


def test_the_commit_is_what_git_says(repository):
    """On a branch, on a detached head, with packed references, in a work tree, in a subfolder."""
    wanted = git(repository, "rev-parse", "HEAD")[:7]
    inside = repository / "a" / "b"
    inside.mkdir(parents=True)
    found = [find_commit(str(inside))]
    git(repository, "pack-refs", "--all")
    found.append(find_commit(str(repository)))
    git(repository, "worktree", "add", "-q", "../tree", "-b", "other")
    found.append(find_commit(str(repository.parent / "tree")))
    git(repository, "checkout", "-q", "--detach")
    found.append(find_commit(str(repository)))

    assert found == [wanted] * 4


@pytest.mark.parametrize("head", [None, "", "ref: refs/heads/none", "nonsense", "a" * 39, "\udcff"])
def test_without_a_commit_it_is_zeros(tmp_path, head):
    """No repository, no commit yet, or files that say nothing: never an error."""
    if head is not None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git/HEAD").write_bytes(head.encode(errors="surrogateescape"))

    assert find_commit(str(tmp_path)) == NO_COMMIT
