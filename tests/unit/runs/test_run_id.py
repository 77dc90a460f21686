"""Run ids say when, what and at which commit (OVC-02)."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.runs.git import NO_COMMIT, find_git
from onex.runs.run_id import format_run_id, parse_run_id, pipeline_id_of

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


@given(
    st.integers(0, 4_000_000_000),
    st.from_regex(r"[A-Za-z0-9-]+", fullmatch=True),
    st.from_regex(r"[a-f0-9]{7}", fullmatch=True),
)
def test_what_a_run_id_says_can_be_read(second, pipeline_id, sha7):
    """Parsing is the inverse of formatting."""
    run_id = format_run_id(second * 1_000_000, pipeline_id, sha7)

    assert parse_run_id(run_id) == (second * 1_000_000, pipeline_id, sha7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20260117T143052Z",
        "20260230T000000Z__demo__a1b2c3d",
        "20260117T250000Z__demo__a1b2c3d",
        "20260117T143052Z__de_mo__a1b2c3d",
        "20260117T143052Z__demo__a1b2c3",
        "20260117T143052Z__demo__A1B2C3D",
        "20260117T143052Z____a1b2c3d",
        "20260117T143052Z__demo__a1b2c3d\n",
        "../20260117T143052Z__demo__a1b2c3d",
        "\u0662\u0660\u0662\u06660117T143052Z__demo__a1b2c3d",
    ],
)
def test_what_is_no_run_id_is_none(text):
    """The shape, and a moment that there was (OVC-02)."""
    assert parse_run_id(text) is None


def test_a_known_run_id():
    """The time is UTC and cut to the second."""
    assert (
        format_run_id(1_768_660_252_999_999, "P2-Backfill", "a1b2c3d")
        == "20260117T143052Z__P2-Backfill__a1b2c3d"
    )


def test_the_commit_is_what_git_says(repository):
    """On a branch, on a detached head, with packed references, in a work tree, in a subfolder."""
    sha = git(repository, "rev-parse", "HEAD")
    wanted = [{"sha": sha, "sha7": sha[:7], "ref": ref} for ref in ("main", "main", "other", None)]
    inside = repository / "a" / "b"
    inside.mkdir(parents=True)
    found = [find_git(str(inside))]
    git(repository, "pack-refs", "--all")
    found.append(find_git(str(repository)))
    git(repository, "worktree", "add", "-q", "../tree", "-b", "other")
    found.append(find_git(str(repository.parent / "tree")))
    git(repository, "checkout", "-q", "--detach")
    found.append(find_git(str(repository)))

    assert found == wanted


@pytest.mark.parametrize("head", [None, "", "ref: refs/heads/none", "nonsense", "a" * 39, "\udcff"])
def test_without_a_commit_it_is_zeros(tmp_path, head):
    """No repository, no commit yet, or files that say nothing: never an error."""
    if head is not None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git/HEAD").write_bytes(head.encode(errors="surrogateescape"))

    found = find_git(str(tmp_path))

    assert (found["sha"], found["sha7"]) == (None, NO_COMMIT)
